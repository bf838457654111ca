import type { CommandName } from "../shared/command-names.ts";
import type { Fault } from "../shared/fault.ts";
import type { CommandInput, CommandOutput, UpdatesPush } from "../shared/panel.ts";
import type { Result } from "../shared/result.ts";

/** Whether the program behind the panel can be heard. `lost` until it is heard again. */
export type HostState = "connected" | "lost";

/** The panel's one way to main. */
export interface Bridge extends AsyncDisposable {
  /** Gives a command of `commandTable` and resolves with main's answer; a lost host is a `transport` fault. */
  call<N extends CommandName>(name: N, input: CommandInput<N>): Promise<Result<CommandOutput<N>, Fault>>;
  /** Hears every push in the order in which it came; returns what stops it. */
  onUpdates(listener: (push: UpdatesPush) => void): () => void;
  /** Hears the host come and go. After each `connected` the panel asks for a new snapshot. */
  onHost(listener: (state: HostState) => void): () => void;
}
