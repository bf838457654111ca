import type { AssistEvent } from "../../shared/assist-event.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import type { UpdatePayload } from "../assist/parse-frame.ts";
import { openBridge } from "../bridge/open-bridge.ts";
import { createBridgeDesk, type BridgeDesk, type BridgeDeskOptions } from "./bridge-desk.ts";
import { createBridgeInteractions } from "./bridge-interactions.ts";
import { createBridgeNotices } from "./bridge-notices.ts";
import { createListeners } from "./listeners.ts";
import type { Records } from "./records.ts";

export interface BridgeBenchOptions extends Omit<BridgeDeskOptions, "open" | "onEvent"> {
  readonly records: Pick<Records, "bridge">;
  readonly onBug: (bug: unknown) => void;
  /** Hands what was said to agent assist; false where that does not run. */
  readonly hear: (payload: UpdatePayload) => boolean;
  /** Hears of interactions and utterances where agent assist does not. */
  readonly emit: (event: AssistEvent) => void;
}

/** The bridge with all that follows from it: what is kept, interactions, notices, and whoever listens. */
export interface BridgeBench extends BridgeDesk {
  onEvent(listener: (event: BridgeEvent) => void): void;
}

/** Binds the Genesys bridge into the program. Disposing closes it first, and then what hears of it. */
export function createBridgeBench(options: BridgeBenchOptions): BridgeBench {
  const { clock, notices, records, hear, emit } = options;
  const listeners = createListeners<[event: BridgeEvent]>(options.onBug);
  const closing = new AsyncDisposableStack();
  const interactions = closing.use(createBridgeInteractions({ clock, agentId: () => desk.agentId(), hear, emit }));
  const desk = closing.use(
    createBridgeDesk({
      ...options,
      open: openBridge,
      onConnection: (state) => {
        trouble.state(state);
        options.onConnection(state);
      },
      onEvent: (event) => {
        listeners.tell(event);
      },
    }),
  );
  const trouble = createBridgeNotices(notices, () => desk.view());

  // First, so that what is told to a person has been kept before; then the interaction that further listeners speak of.
  listeners.add((event) => {
    records.bridge(event);
  });
  listeners.add((event) => {
    interactions.take(event);
  });
  listeners.add((event) => {
    trouble.event(event);
  });

  return {
    ...desk,
    onEvent: (listener) => {
      listeners.add(listener);
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}
