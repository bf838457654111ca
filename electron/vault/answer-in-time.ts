import type { Clock } from "../../shared/clock.ts";
import { untilAborted } from "../net/abortable.ts";

/** The outcome of `work`, or undefined where it takes longer than `limitMs` or `signal` aborts; what is late may still be done. */
export async function answerInTime<T>(work: Promise<T>, limitMs: number, clock: Clock, signal?: AbortSignal): Promise<T | undefined> {
  const late = new AbortController();
  const cancel = clock.after(limitMs, () => {
    late.abort();
  });
  try {
    return await untilAborted(work, signal === undefined ? late.signal : AbortSignal.any([late.signal, signal]));
  } finally {
    cancel();
  }
}
