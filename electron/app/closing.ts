import { wait, type Clock } from "../../shared/clock.ts";

/** How long closing may take where a person waits for it; milliseconds. */
export interface ClosingLimits {
  /** How long one part is waited for before the next begins to close beside it. */
  readonly partMs: number;
  /** How long all that work are waited for before what keeps their records closes. */
  readonly workMs: number;
}

export interface ClosingOptions {
  readonly clock: Clock;
  /** Null: each part is waited for, however long it finishes what it has in hand. */
  readonly limits: ClosingLimits | null;
  /** Hears once which parts were not waited for any longer, before what keeps the records closes. */
  readonly onLate: (parts: readonly string[]) => void;
}

/** The parts of a program, closed in the reverse of the order in which they were made. */
export interface Closing extends AsyncDisposable {
  /** A part that works. */
  use<T extends AsyncDisposable>(name: string, part: T): T;
  /** A part that keeps what the others tell: it is closed once they are closed or their time is over. */
  keep<T extends AsyncDisposable>(name: string, part: T): T;
  defer(name: string, close: () => void): void;
  /** The parts that are not closed yet, the first to be closed first. */
  open(): readonly string[];
}

interface Part {
  readonly name: string;
  readonly keeps: boolean;
  readonly close: () => PromiseLike<void> | void;
}

/**
 * Closes parts in order. With limits, one that hangs holds up neither the goodbyes of the others nor the records: it
 * goes on closing by itself, and whoever ends the process ends it. A part that throws does not keep the next from
 * closing; what was thrown is thrown at the end.
 */
export function createClosing({ clock, limits, onLate }: ClosingOptions): Closing {
  const parts: Part[] = [];
  const open = new Set<Part>();
  const bugs: unknown[] = [];

  const add = (part: Part): void => {
    parts.unshift(part);
    open.add(part);
  };
  const close = async (part: Part): Promise<void> => {
    try {
      await part.close();
    } catch (bug) {
      bugs.push(bug);
    } finally {
      open.delete(part);
    }
  };
  const openOf = (some: readonly Part[]): readonly string[] => some.filter((part) => open.has(part)).map(({ name }) => name);

  const closeWithin = async ({ partMs, workMs }: ClosingLimits): Promise<void> => {
    const began = clock.monotonic();
    const left = (): number => Math.max(0, workMs - (clock.monotonic() - began));
    const works = parts.filter(({ keeps }) => !keeps);
    const closings: Promise<void>[] = [];
    for (const part of works) {
      const closing = close(part);
      closings.push(closing);
      await within(clock, Math.min(partMs, left()), closing);
    }
    await within(clock, left(), Promise.all(closings));
    const late = openOf(works);
    if (late.length > 0) onLate(late);
    for (const part of parts) if (part.keeps) await close(part);
  };

  return {
    use(name, part) {
      add({ name, keeps: false, close: () => part[Symbol.asyncDispose]() });
      return part;
    },
    keep(name, part) {
      add({ name, keeps: true, close: () => part[Symbol.asyncDispose]() });
      return part;
    },
    defer(name, closePart) {
      add({ name, keeps: false, close: closePart });
    },
    open: () => openOf(parts),
    async [Symbol.asyncDispose]() {
      if (limits === null) for (const part of parts) await close(part);
      else await closeWithin(limits);
      if (bugs.length > 1) throw new AggregateError(bugs, "several parts could not be closed");
      if (bugs.length === 1) throw bugs[0];
    },
  };
}

/** Resolves when `work`, which does not reject, has ended or the time is over. */
async function within(clock: Clock, ms: number, work: Promise<unknown>): Promise<void> {
  if (ms === 0) return;
  const ended = new AbortController();
  await Promise.race([work, wait(clock, ms, ended.signal)]);
  ended.abort();
}
