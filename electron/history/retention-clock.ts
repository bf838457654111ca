import { z } from "zod";
import type { Clock } from "../../shared/clock.ts";
import type { FilePort } from "../files/file-port.ts";

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;
/** A weekend with a day off is no leap; and so much at most goes too early by a clock that is wrong. */
export const LEAP_MS = 4 * DAY_MS;
/** How long the program has to have run with a clock that leapt ahead before it is believed, over all its runs. */
export const PROOF_MS = DAY_MS;
/** A platform's clock that is no further from ours agrees with it. */
const AGREEMENT_MS = HOUR_MS;
const LOOK_MS = HOUR_MS;

/** `seenAt`: the newest time that was believed. `wait`: since when, by the clock, one is not, and how long the program has run with it. */
const stateSchema = z.strictObject({
  seenAt: z.number(),
  wait: z.strictObject({ since: z.number(), ranMs: z.number() }).nullable(),
});
type State = z.infer<typeof stateSchema>;

/** Nothing is removed, because the clock leapt ahead from `last` to `now`; or that is over. Times in ms since the Unix epoch. */
export type ClockDoubt = { readonly kind: "clock-doubted"; readonly last: number; readonly now: number } | { readonly kind: "clock-believed" };

export interface RetentionClockOptions {
  /** Where what was seen of the clock is kept. */
  readonly file: string;
  readonly files: Pick<FilePort, "readText" | "replace">;
  readonly clock: Clock;
  readonly onDoubt: (doubt: ClockDoubt) => void;
  /** What had to wait may be removed now. */
  readonly onBelieved: () => void;
}

/** Whether the clock is to be believed when it says that something is too old: what is removed is gone for good. */
export interface RetentionClock extends AsyncDisposable {
  mayRemove(): Promise<boolean>;
  /** How far a platform's clock is ahead of ours, in ms. */
  hear(aheadMs: number): void;
}

/**
 * A clock that is more than four days ahead of the newest time that was believed, and of what this run has lasted since, is not believed before a platform's
 * clock agrees with it to an hour, or the program has run a day with it. Where nothing is known of before, it is. A disk
 * that refuses to keep what was seen is no trouble of its own: the history beside it tells that.
 */
export function createRetentionClock({ file, files, clock, onDoubt, onBelieved }: RetentionClockOptions): RetentionClock {
  let state: State | null = null;
  let agreed = false;
  /** When `seenAt` held, or was read, by the time that does not leap. */
  let seenFrom = clock.monotonic();
  let countedAt = clock.monotonic();
  let told = false;
  let cancelLook = (): void => {};
  let saving: Promise<unknown> = Promise.resolve();
  let closed = false;

  const load = async (): Promise<State> => {
    if (state !== null) return state;
    const kept = await readState(files, file);
    if (state !== null) return state;
    seenFrom = clock.monotonic();
    state = agreed || kept === null ? { seenAt: clock.now(), wait: null } : kept;
    return state;
  };
  /** How far the clock is ahead of what was believed and what has passed since, as far as this run knows. */
  const leapFrom = (seenAt: number): number => clock.now() - seenAt - (clock.monotonic() - seenFrom);
  const save = (next: State): void => {
    state = next;
    const text = `${JSON.stringify(next)}\n`;
    saving = saving.then(() => files.replace(file, text)).catch(() => undefined);
  };
  /** The wait with what has passed of it; anew where the clock was set back meanwhile. */
  const counted = (wait: State["wait"], now: number): NonNullable<State["wait"]> => {
    const ranMs = clock.monotonic() - countedAt;
    countedAt = clock.monotonic();
    return wait === null || now < wait.since ? { since: now, ranMs: 0 } : { since: wait.since, ranMs: wait.ranMs + ranMs };
  };
  const believe = (seenAt: number): void => {
    cancelLook();
    seenFrom = clock.monotonic();
    save({ seenAt, wait: null });
    if (!told) return;
    told = false;
    onDoubt({ kind: "clock-believed" });
  };
  const mayRemove = async (): Promise<boolean> => {
    const { seenAt, wait: before } = await load();
    const now = clock.now();
    if (leapFrom(seenAt) <= LEAP_MS) {
      believe(Math.max(now, seenAt));
      return true;
    }
    const wait = counted(before, now);
    if (wait.ranMs >= PROOF_MS) {
      believe(now);
      return true;
    }
    save({ seenAt, wait });
    cancelLook();
    if (!closed) cancelLook = clock.after(LOOK_MS, () => void look());
    if (!told) onDoubt({ kind: "clock-doubted", last: seenAt, now });
    told = true;
    return false;
  };
  const look = async (): Promise<void> => {
    if (await mayRemove()) onBelieved();
  };

  return {
    mayRemove,
    hear(aheadMs) {
      if (Math.abs(aheadMs) > AGREEMENT_MS) return;
      agreed = true;
      if (state === null) return;
      if (state.wait === null) {
        // Not written every time: the next look does that.
        seenFrom = clock.monotonic();
        state = { seenAt: clock.now(), wait: null };
        return;
      }
      believe(clock.now());
      onBelieved();
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      cancelLook();
      if (state !== null) {
        const { seenAt, wait } = state;
        const now = clock.now();
        if (wait !== null) save({ seenAt, wait: counted(wait, now) });
        else if (leapFrom(seenAt) <= LEAP_MS) save({ seenAt: Math.max(now, seenAt), wait });
      }
      await saving;
    },
  };
}

async function readState(files: RetentionClockOptions["files"], file: string): Promise<State | null> {
  try {
    return stateSchema.parse(JSON.parse((await files.readText(file)) ?? ""));
  } catch {
    return null;
  }
}
