import { createStore, type StoreApi } from "zustand/vanilla";
import type { Fault } from "../../shared/fault.ts";
import type { InteractionRecord } from "../../shared/history.ts";
import type { HistoryActions } from "../history-actions.ts";

/** The interaction that is read, or is being opened. `utteranceId`: the line to begin at; null: the beginning. */
export type Reading =
  | { readonly kind: "none" }
  | { readonly kind: "opening"; readonly interactionId: string }
  | { readonly kind: "open"; readonly interactionId: string; readonly utteranceId: string | null; readonly record: InteractionRecord }
  | { readonly kind: "failed"; readonly interactionId: string; readonly utteranceId: string | null; readonly fault: Fault };

export interface RecordReader {
  readonly store: StoreApi<Reading>;
  readonly open: (interactionId: string, utteranceId: string | null) => void;
  readonly close: () => void;
}

/** Opens past interactions; the one that was asked for last is shown, whenever the others come. */
export function createRecordReader(actions: Pick<HistoryActions, "open">): RecordReader {
  const store = createStore<Reading>(() => ({ kind: "none" }));
  let newest = 0;
  return {
    store,
    open(interactionId, utteranceId) {
      newest += 1;
      const mine = newest;
      store.setState({ kind: "opening", interactionId }, true);
      void (async () => {
        const answer = await actions.open(interactionId);
        if (mine !== newest) return;
        store.setState(answer.ok ? { kind: "open", interactionId, utteranceId, record: answer.value } : { kind: "failed", interactionId, utteranceId, fault: answer.error }, true);
      })();
    },
    close() {
      newest += 1;
      store.setState({ kind: "none" }, true);
    },
  };
}
