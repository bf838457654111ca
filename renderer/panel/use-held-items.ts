import { useRef, useState } from "react";
import type { Clock } from "../../shared/clock.ts";
import type { ListItem } from "./card-order.ts";
import { holdItems } from "./hold-items.ts";

/** After the agent asked for what waits, moving the pointer holds the list again only when this has passed. */
const LET_THROUGH_MS = 600;

interface HeldItems {
  readonly items: readonly ListItem[];
  readonly heldCount: number;
  readonly engaged: boolean;
  /** The pointer or the focus came onto the list, or moved on it. */
  readonly engage: () => void;
  /** Both have left. */
  readonly leave: () => void;
  /** Lets everything through once, at the agent's wish. */
  readonly letThrough: () => void;
}

/** The list as it may be drawn now: still while the agent is on it, see {@link holdItems}. */
export function useHeldItems(current: readonly ListItem[], known: readonly ListItem[], clock: Clock): HeldItems {
  const [frozen, setFrozen] = useState<readonly ListItem[] | null>(null);
  const letThroughAt = useRef(Number.NEGATIVE_INFINITY);
  const held = holdItems({ shown: frozen ?? current, current, known, engaged: frozen !== null });
  return {
    ...held,
    engaged: frozen !== null,
    engage: () => {
      if (clock.monotonic() - letThroughAt.current >= LET_THROUGH_MS) setFrozen((before) => before ?? current);
    },
    leave: () => setFrozen(null),
    letThrough: () => {
      letThroughAt.current = clock.monotonic();
      setFrozen(null);
    },
  };
}
