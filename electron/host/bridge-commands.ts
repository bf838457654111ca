import type { Answerer } from "../../shared/bridge.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";

/**
 * What the panel can ask of the bridge (shared/panel.ts), behind the schema. Each resolves when it has been kept, so that
 * a crash does not take it back; how it goes on comes as updates. Faults: `not-found-here` (no such conversation, delivery
 * or letter, or not in that state any more), `disk`.
 */
export interface BridgeCommands {
  answerer(conversationId: string, answerer: Answerer): Promise<Result<null, Fault>>;
  /** Gives the delivery's id. */
  send(conversationId: string, text: string): Promise<Result<string, Fault>>;
  undo(deliveryId: string): Promise<Result<null, Fault>>;
  sendAgain(deliveryId: string): Promise<Result<null, Fault>>;
  settle(deliveryId: string, arrived: boolean): Promise<Result<null, Fault>>;
  /** Gives how many are worked again. */
  replay(ids: readonly string[] | null): Promise<Result<number, Fault>>;
  discard(ids: readonly string[]): Promise<Result<null, Fault>>;
}
