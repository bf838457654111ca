import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";
import type { PlatformMessage } from "./genesys-stream.ts";
import type { Inbox, Step, TakenMessage } from "./inbox.ts";
import { DISK_RETRY_MS, type StorageWatch } from "./storage-watch.ts";

/** How many arrivals are kept in memory while the disk does not take them, and how many characters of them. */
export const MAX_ARRIVALS = 10_000;
const MAX_ARRIVED_LENGTH = 50_000_000;
/** How many are given to the disk at a time; it writes together what is given together. */
const MAX_OUTSTANDING = 1_000;

/** A message as it arrived. `point`: the resume point that holds once it is kept. `arrivedAt`: monotonic ms. */
export interface Arrival {
  readonly message: PlatformMessage;
  readonly taken: TakenMessage;
  readonly step: Step;
  readonly point: number | null;
  readonly arrivedAt: number;
}

type Waiting =
  | { readonly kind: "message"; readonly arrival: Arrival; result: Result<"new" | "known", Fault> | null; attempts: number }
  | { readonly kind: "point"; readonly point: number };

export interface Taking {
  message(arrival: Arrival): void;
  /** Nothing to take, but the resume point moves. */
  point(point: number): void;
  /** Up to where all that came is on the disk. */
  resumePoint(): number | null;
  waiting(): number;
  /** Drops what is not with the disk yet: it comes again after the resume point. */
  drop(): void;
  /** Resolves when the disk has answered all that it was given. */
  settled(): Promise<void>;
  /** Takes nothing more. */
  stop(): void;
}

/**
 * Takes arrivals into the inbox in their order (contract 3.6): `onTaken` is told in that order, when a message is on the
 * disk. Many are with the disk at the same time; the resume point never passes one that is not kept, so that a crash
 * loses nothing. While the disk refuses, what comes waits here and is tried again; where that grows too long
 * `onOverflow` is told once, and `onRoom` when all of it has been taken.
 */
export function createTaking(options: {
  readonly inbox: Pick<Inbox, "take" | "resume" | "find">;
  readonly clock: Clock;
  readonly storage: StorageWatch;
  /** What the inbox knew when it was opened. */
  readonly resumePoint: number | null;
  readonly onTaken: (arrival: Arrival, outcome: "new" | "known") => void;
  readonly onOverflow: () => void;
  readonly onRoom: () => void;
}): Taking {
  const { inbox, clock, storage } = options;
  let queue: Waiting[] = [];
  let given: Waiting[] = [];
  let length = 0;
  /** All before it is kept; the same on the disk. */
  let safe = options.resumePoint;
  let written = options.resumePoint;
  let refused = false;
  let overflowing = false;
  let stopped = false;
  let writingPoint: Promise<void> | null = null;
  let cancel = (): void => {};
  let idle: (() => void)[] = [];

  const pump = (): void => {
    const mayGive = (): boolean => !stopped && !refused && given.length < MAX_OUTSTANDING;
    for (let next = mayGive() ? queue.shift() : undefined; next !== undefined; next = mayGive() ? queue.shift() : undefined) {
      // Where nothing is on its way before it, its own point is safe together with it.
      const alone = given.length === 0;
      given.push(next);
      if (next.kind === "message") void give(next, alone);
    }
    advance();
  };

  const give = async (one: Extract<Waiting, { readonly kind: "message" }>, alone: boolean): Promise<void> => {
    if (one.result?.ok === true) return;
    const { taken, step, point } = one.arrival;
    const carried = alone ? (point ?? safe) : safe;
    one.result = null;
    one.attempts += 1;
    const result = await inbox.take(taken, step, carried);
    storage.outcome(result);
    one.result = result.ok && result.value === "known" && one.attempts > 1 ? await reread(taken) : result;
    if (result.ok && carried !== null) written = carried;
    advance();
  };

  /** The first attempt may have been kept although it seemed to fail; then it is new all the same. */
  const reread = async (taken: TakenMessage): Promise<Result<"new" | "known", Fault>> => {
    const found = await inbox.find(taken.id);
    if (!found.ok) return found;
    return ok(found.value?.receivedAt === taken.receivedAt ? "new" : "known");
  };

  /** Tells what is done at the head; where the head was refused, waits until all have been answered, and tries them again. */
  const advance = (): void => {
    for (let head = given[0]; head !== undefined; head = given[0]) {
      if (head.kind === "message") {
        if (head.result === null) return;
        if (!head.result.ok) {
          tryAgain();
          return;
        }
        length -= head.arrival.taken.text.length;
        safe = head.arrival.point ?? safe;
      } else safe = head.point;
      given.shift();
      if (head.kind === "message" && head.result?.ok === true) options.onTaken(head.arrival, head.result.value);
    }
    if (queue.length > 0 && !refused && !stopped) {
      pump();
      return;
    }
    writePoint();
    if (overflowing && queue.length === 0) {
      overflowing = false;
      options.onRoom();
    }
    tellIdle();
  };

  const tryAgain = (): void => {
    if (given.some((one) => one.kind === "message" && one.result === null)) return;
    queue = [...given, ...queue];
    given = [];
    refused = true;
    tellIdle();
    cancel();
    cancel = clock.after(DISK_RETRY_MS, () => {
      refused = false;
      pump();
    });
  };

  const writePoint = (): void => {
    if (safe === null || safe === written || writingPoint !== null || refused) return;
    const point = safe;
    writingPoint = (async (): Promise<void> => {
      const result = await inbox.resume(point);
      storage.outcome(result);
      writingPoint = null;
      if (result.ok) {
        written = point;
        if (given.length === 0) writePoint();
      } else if (!stopped) {
        cancel();
        cancel = clock.after(DISK_RETRY_MS, pump);
      }
      tellIdle();
    })();
  };

  const tellIdle = (): void => {
    if (given.length > 0 || writingPoint !== null) return;
    const waiters = idle;
    idle = [];
    for (const one of waiters) one();
  };

  const enqueue = (one: Waiting): void => {
    if (stopped) return;
    queue.push(one);
    if (!overflowing && (queue.length > MAX_ARRIVALS || length > MAX_ARRIVED_LENGTH)) {
      overflowing = true;
      options.onOverflow();
    }
    pump();
  };

  return {
    message(arrival) {
      length += arrival.taken.text.length;
      enqueue({ kind: "message", arrival, result: null, attempts: 0 });
    },
    point(point) {
      enqueue({ kind: "point", point });
    },
    resumePoint: () => safe,
    waiting: () => queue.length + given.length,
    drop() {
      queue = queue.filter((one) => one.kind === "message" && one.attempts > 0);
      length = [...queue, ...given].reduce((sum, one) => sum + (one.kind === "message" ? one.arrival.taken.text.length : 0), 0);
    },
    settled() {
      if (given.length === 0 && writingPoint === null) return Promise.resolve();
      return new Promise((resolve) => {
        idle.push(resolve);
      });
    },
    stop() {
      stopped = true;
      cancel();
    },
  };
}
