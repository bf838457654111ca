import { isDeepStrictEqual } from "node:util";

/** A part of the program that is made anew when what it is made from changes. */
export interface Slot<K, T> extends AsyncDisposable {
  /** The part as it stands; null while there is none. */
  current(): T | null;
  /** Makes the part from `from`, closing the one before; nothing happens where `from` is what it was made from. */
  make(from: K): Promise<void>;
  /** Opens once more from what it was last made from, where there is no part now. */
  retry(): Promise<void>;
}

/**
 * Holds one part. Changes are carried out one after the other, and the old part is closed before the new one opens:
 * both may want the same file or port. `open` gives null where the part is off or cannot be had. Where `open` or a closing
 * throws, which is a bug, that change rejects and the ones after it are carried out all the same.
 */
export function createSlot<K, T extends AsyncDisposable>(open: (from: K) => Promise<T | null>): Slot<K, T> {
  let current: T | null = null;
  let madeFrom: { readonly from: K } | null = null;
  let turn: Promise<void> = Promise.resolve();
  let closed = false;

  const change = async (from: K): Promise<void> => {
    if (closed || (madeFrom !== null && isDeepStrictEqual(madeFrom.from, from))) return;
    // Not what it was made from until it has been: after a failure the same may be asked for again.
    madeFrom = null;
    await empty();
    current = await open(from);
    madeFrom = { from };
  };
  const again = async (): Promise<void> => {
    if (!closed && current === null && madeFrom !== null) current = await open(madeFrom.from);
  };
  const empty = async (): Promise<void> => {
    const leaving = current;
    current = null;
    await leaving?.[Symbol.asyncDispose]();
  };
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };

  return {
    current: () => current,
    make: (from) => inTurn(() => change(from)),
    retry: () => inTurn(again),
    async [Symbol.asyncDispose]() {
      closed = true;
      await inTurn(empty);
    },
  };
}
