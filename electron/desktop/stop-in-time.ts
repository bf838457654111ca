import { wait, type Clock } from "../../shared/clock.ts";

export interface StopOptions {
  readonly clock: Clock;
  /** How long all of it may take, in milliseconds. */
  readonly budgetMs: number;
  /** Aborts when the person asks a second time: they mean it. */
  readonly hurry: AbortSignal;
  /** The parts that are not closed yet. */
  readonly stillOpen: () => readonly string[];
  /** Hears what was still open when the waiting ended. */
  readonly onLeft: (why: "late" | "hurried", parts: readonly string[]) => void;
  /** Hears what closing threw. */
  readonly onBug: (bug: unknown) => void;
}

/**
 * Closes the program, and does not wait longer than the budget for it: the process ends afterwards either way. Resolves
 * when all is closed, the budget is spent, or the person asked again; never rejects.
 */
export async function stopInTime(close: () => PromiseLike<void>, { clock, budgetMs, hurry, stillOpen, onLeft, onBug }: StopOptions): Promise<void> {
  const closed = new AbortController();
  const closing = (async () => {
    try {
      await close();
    } catch (bug) {
      onBug(bug);
    } finally {
      closed.abort();
    }
  })();
  await Promise.race([closing, wait(clock, budgetMs, AbortSignal.any([closed.signal, hurry]))]);
  if (!closed.signal.aborted) onLeft(hurry.aborted ? "hurried" : "late", stillOpen());
}
