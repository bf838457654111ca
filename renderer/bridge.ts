import type { Clock } from "../shared/clock.ts";
import type { CommandName } from "../shared/command-names.ts";
import type { Fault } from "../shared/fault.ts";
import type { CommandInput, CommandOutput, UpdatesPush } from "../shared/panel.ts";
import type { Result } from "../shared/result.ts";
import { connectDesktop, type DesktopApi } from "./desktop-bridge.ts";
import { connectSocket, type OpenSocket } from "./socket-bridge.ts";

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

export interface BridgePorts {
  /** `window.callside` where the preload script put it, else undefined. */
  readonly desktop: DesktopApi | undefined;
  /** Opens a socket to `/panel` on the page's own origin. */
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** Connects to whichever host shows this page: the desktop's preload functions, else the loopback socket. */
export function connectBridge(ports: BridgePorts): Bridge {
  return ports.desktop === undefined ? connectSocket(ports) : connectDesktop(ports.desktop);
}
