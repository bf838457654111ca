import { useRef, useState } from "react";
import type { Clock } from "../../shared/clock.ts";
import { holdMatters, type Matter } from "./matters.ts";

/** After the new ones were asked for, moving the pointer holds the list again only when this has passed. */
const LET_THROUGH_MS = 600;

interface HeldMatters {
  readonly matters: readonly Matter[];
  /** So many are new and wait. */
  readonly held: number;
  /** The pointer or the focus came onto the list, or moved on it. */
  readonly engage: () => void;
  readonly leave: () => void;
  /** Lets the new ones in. */
  readonly letThrough: () => void;
}

/** The list as it may be drawn now, see {@link holdMatters}. `which`: what is asked for; another question is answered anew. */
export function useHeldMatters(current: readonly Matter[], which: string, clock: Clock): HeldMatters {
  const [frozen, setFrozen] = useState<{ readonly which: string; readonly ids: readonly string[] } | null>(null);
  const letThroughAt = useRef(Number.NEGATIVE_INFINITY);
  const shown = frozen?.which === which ? frozen.ids : null;
  return {
    ...holdMatters(shown, current),
    engage: () => {
      if (clock.monotonic() - letThroughAt.current < LET_THROUGH_MS) return;
      setFrozen((known) => (known?.which === which ? known : { which, ids: current.map(({ id }) => id) }));
    },
    leave: () => setFrozen(null),
    letThrough: () => {
      letThroughAt.current = clock.monotonic();
      setFrozen(null);
    },
  };
}
