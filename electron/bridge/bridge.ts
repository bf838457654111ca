import type { Answerer, BridgeEvent } from "../../shared/bridge.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { Withheld } from "../../shared/suggestion.ts";
import type { Network } from "../net/network.ts";

/** Where Genesys and the bot are, and who we are there. The secrets go into their requests and nowhere else. */
export interface BridgePlatform {
  readonly tokenUrl: string;
  readonly socketUrl: string;
  readonly apiUrl: string;
  /** The token's audience (contract 0). */
  readonly audience: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly dialogUrl: string;
  readonly dialogKey: string;
}

/** What may change while it runs. */
export interface BridgeRules {
  /** Whether a text may go to a customer: null, or the rule that stops it (contract 3.4). */
  readonly judge: (text: string) => Withheld | null;
  /** Where policy stops an answer: the conversation is the agent's, or this text is sent instead. */
  readonly stopped: { readonly kind: "agent" } | { readonly kind: "hand-over"; readonly text: string };
}

export interface BridgeOptions {
  readonly platform: BridgePlatform;
  /** With an id, only conversations whose events name this agent are answered; others are dropped before they are kept. */
  readonly agentId: string | null;
  readonly stateDirectory: string;
  readonly rules: BridgeRules;
  readonly concurrency: number;
  /** How long after its request a reply may still come to be in the conversation, ms; 10 s unless given. */
  readonly settleMs?: number;
  readonly heartbeatMs: number;
  /** What a message's level is judged by (contract 3.4), in ms. */
  readonly elevatedMs: number;
  readonly criticalMs: number;
  /** `replay`: no stream; the dead letters are worked off. */
  readonly work: "serve" | "replay";
  readonly network: Network;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newId: () => string;
  readonly onState: (state: ConnectionState) => void;
  readonly onEvent: (event: BridgeEvent) => void;
}

/** How much there is to do. `oldestAt`: receipt of the oldest, ms since the Unix epoch. */
export interface BridgeLoad {
  readonly waiting: number;
  readonly working: number;
  readonly oldestAt: number | null;
}

/**
 * The bridge at work, until it is disposed: that closes the stream first, then finishes what is in hand (15 s at most);
 * what waits stays in the inbox for the next start.
 */
export interface Bridge extends AsyncDisposable {
  retryNow(): void;
  lastHeardAt(): number | null;
  resumePoint(): number | null;
  load(): BridgeLoad;
  apply(rules: BridgeRules): void;
  /** Resolves when nothing is left to do (dead and uncertain ones apart). */
  idle(): Promise<void>;
  answerer(conversationId: string, answerer: Answerer): Promise<Result<null, Fault>>;
  send(conversationId: string, text: string): Promise<Result<string, Fault>>;
  undo(deliveryId: string): Promise<Result<null, Fault>>;
  sendAgain(deliveryId: string): Promise<Result<null, Fault>>;
  settle(deliveryId: string, arrived: boolean): Promise<Result<null, Fault>>;
  replay(ids: readonly string[] | null): Promise<Result<number, Fault>>;
  discard(ids: readonly string[]): Promise<Result<null, Fault>>;
}

/**
 * Opens the bridge (contract 3). The fault: `disk` where the state directory cannot be used, `in-use` where another
 * bridge works on it. What the inbox holds from before (dead letters, uncertain replies) is told as events first.
 */
export type OpenBridge = (options: BridgeOptions) => Promise<Result<Bridge, Fault>>;
