import type { BridgeEvent } from "../../shared/bridge.ts";
import type { BridgeView } from "../../shared/bridge-view.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { BridgeOptions } from "../bridge/bridge.ts";
import type { HeadlessPorts } from "./headless.ts";

/** What this command needs of the running program. Nothing is lost: listeners are given before the work begins. */
export interface BridgePorts extends HeadlessPorts {
  readonly work: BridgeOptions["work"];
  readonly onBridge: (event: BridgeEvent) => void;
}

/** The running program. Disposing closes the stream and finishes what is in hand. */
export interface BridgeService extends AsyncDisposable {
  view(): BridgeView | null;
  /** The port of the health endpoint on this machine, where it is served. */
  healthPort(): number | null;
  /** Resolves when nothing is left to do. */
  idle(): Promise<void>;
}

/** Starts the program without a panel and with nothing but the bridge; a fault where it cannot begin. */
export type OpenBridge = (ports: BridgePorts) => Promise<Result<BridgeService, Fault>>;
