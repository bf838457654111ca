import { useEffect, useRef, useState } from "react";
import { useActions, useServices } from "../panel-context.tsx";
import type { CardItem } from "./card-order.ts";

/** How long a dismissed card can be taken back where it stood. */
const UNDO_MS = 8_000;

interface Dismissals {
  /** Cards dismissed a moment ago, by id, with the height in px that they had; the latest last. */
  readonly recent: ReadonlyMap<string, number>;
  readonly dismiss: (item: CardItem, height: number) => void;
  readonly undo: (item: CardItem) => void;
}

/** Dismissing with a moment to think again. */
export function useDismissals(): Dismissals {
  const { clock } = useServices();
  const actions = useActions();
  const [recent, setRecent] = useState<ReadonlyMap<string, number>>(new Map());
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
    setRecent((known) => new Map([...known].filter(([one]) => one !== id)));
  };
  return {
    recent,
    dismiss(item, height) {
      const { id } = item.suggestion;
      setRecent((known) => new Map([...known, [id, height]]));
      timers.current.set(id, clock.after(UNDO_MS, () => forget(id)));
      actions.record(item, "dismissed");
    },
    undo(item) {
      forget(item.suggestion.id);
      actions.record(item, "dismissed", true);
    },
  };
}
