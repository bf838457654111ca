import { useEffect, useRef, useState } from "react";
import { useActions, useServices } from "../panel-context.tsx";
import type { CardItem } from "./card-order.ts";

/** How long a dismissed card can be taken back where it stood. */
const UNDO_MS = 8_000;

interface Dismissals {
  /** The cards that were dismissed a moment ago, the latest last. */
  readonly recent: ReadonlySet<string>;
  /** The height in px that a card had when it was dismissed; null where it was not, or before this panel. */
  readonly heightOf: (id: string) => number | null;
  readonly dismiss: (item: CardItem, height: number) => void;
  readonly undo: (item: CardItem) => void;
}

/** Dismissing with a moment to think again. */
export function useDismissals(): Dismissals {
  const { clock } = useServices();
  const actions = useActions();
  const [recent, setRecent] = useState<ReadonlySet<string>>(new Set());
  const heights = useRef(new Map<string, number>());
  const timers = useRef(new Map<string, () => void>());

  useEffect(() => {
    const waiting = timers.current;
    return () => {
      for (const cancel of waiting.values()) cancel();
    };
  }, []);

  const forget = (id: string): void => {
    timers.current.get(id)?.();
    timers.current.delete(id);
    setRecent((known) => new Set([...known].filter((one) => one !== id)));
  };
  return {
    recent,
    heightOf: (id) => heights.current.get(id) ?? null,
    dismiss(item, height) {
      const { id } = item.suggestion;
      heights.current.set(id, height);
      setRecent((known) => new Set([...known, id]));
      timers.current.set(id, clock.after(UNDO_MS, () => forget(id)));
      actions.record(item, "dismissed");
    },
    undo(item) {
      forget(item.suggestion.id);
      actions.record(item, "dismissed", true);
    },
  };
}
