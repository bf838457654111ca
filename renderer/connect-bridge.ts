import type { Clock } from "../shared/clock.ts";
import type { Bridge } from "./bridge.ts";
import { connectDesktop, type DesktopApi } from "./desktop-bridge.ts";
import { connectSocket, type OpenSocket } from "./socket-bridge.ts";

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
