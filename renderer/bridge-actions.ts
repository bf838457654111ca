import type { Answerer } from "../shared/bridge.ts";
import type { Fault } from "../shared/fault.ts";
import type { CommandOutput } from "../shared/panel.ts";
import type { Result } from "../shared/result.ts";
import type { Bridge } from "./bridge.ts";

/** What a person can do with bridged conversations. Every answer comes back to the caller, who says a refusal where it was asked for. */
export interface BridgeActions {
  /** Take over (`agent`) or hand back (`bot`). */
  readonly answerer: (interactionId: string, answerer: Answerer) => Promise<Result<null, Fault>>;
  /** Sends a text after the time in which it can be taken back. `suggestionId`: the card that it comes from, or null. */
  readonly send: (interactionId: string, text: string, suggestionId: string | null) => Promise<Result<CommandOutput<"bridge.send">, Fault>>;
  /** Takes back what is still held. */
  readonly undo: (deliveryId: string) => Promise<Result<null, Fault>>;
  readonly sendAgain: (deliveryId: string) => Promise<Result<null, Fault>>;
  /** What a person found out about a message whose fate was not known. */
  readonly settle: (deliveryId: string, arrived: boolean) => Promise<Result<null, Fault>>;
  /** Works dead letters again, `null`: all of them. */
  readonly replay: (ids: readonly string[] | null) => Promise<Result<CommandOutput<"bridge.replay">, Fault>>;
  readonly discard: (ids: readonly string[]) => Promise<Result<null, Fault>>;
}

/** Binds the actions to main. */
export function createBridgeActions(bridge: Bridge): BridgeActions {
  return {
    answerer: (interactionId, answerer) => bridge.call("bridge.answerer", { interactionId, answerer }),
    send: (interactionId, text, suggestionId) => bridge.call("bridge.send", { interactionId, text, ...(suggestionId === null ? {} : { suggestionId }) }),
    undo: (deliveryId) => bridge.call("bridge.undo", { deliveryId }),
    sendAgain: (deliveryId) => bridge.call("bridge.send-again", { deliveryId }),
    settle: (deliveryId, arrived) => bridge.call("bridge.settle", { deliveryId, arrived }),
    replay: (ids) => bridge.call("bridge.replay", { ids: ids === null ? null : [...ids] }),
    discard: (ids) => bridge.call("bridge.discard", { ids: [...ids] }),
  };
}
