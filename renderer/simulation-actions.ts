import type { Fault } from "../shared/fault.ts";
import type { CommandInput, CommandOutput } from "../shared/panel.ts";
import type { Result } from "../shared/result.ts";
import type { CaseDetails, ExportFormat } from "../shared/simulation-view.ts";
import type { Bridge } from "./bridge.ts";

/** What a supervisor can do with simulations. Every answer comes back to the caller, who says a refusal where it was asked for. */
export interface SimulationActions {
  /** Sends one part of a suite file; the last one makes main read it. */
  readonly load: (part: CommandInput<"simulations.load">) => Promise<Result<null, Fault>>;
  readonly example: () => Promise<Result<null, Fault>>;
  /** `repeat`: how often a failing case is run at most, 1 to 10. */
  readonly run: (which: "all" | "failed" | "resume", repeat: number) => Promise<Result<null, Fault>>;
  readonly cancel: () => Promise<Result<null, Fault>>;
  readonly details: (testId: string) => Promise<Result<CaseDetails, Fault>>;
  readonly pin: (pinned: boolean) => Promise<Result<null, Fault>>;
  /** Gives the whole path of the file that was written. */
  readonly export: (format: ExportFormat) => Promise<Result<CommandOutput<"simulations.export">, Fault>>;
}

/** Binds the actions to main. */
export function createSimulationActions(bridge: Bridge): SimulationActions {
  return {
    load: (part) => bridge.call("simulations.load", part),
    example: () => bridge.call("simulations.example", {}),
    run: (which, repeat) => bridge.call("simulations.run", { which, repeat }),
    cancel: () => bridge.call("simulations.cancel", {}),
    details: (testId) => bridge.call("simulations.case", { testId }),
    pin: (pinned) => bridge.call("simulations.pin", { pinned }),
    export: (format) => bridge.call("simulations.export", { format }),
  };
}
