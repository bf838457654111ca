import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;

/**
 * What a person should know of something that is written in the background. `failing` is told once when writing begins
 * to fail, and once more when so much has gathered that some is lost; `recovered` when all that was kept is written.
 * `lost` counts what could not be kept in this spell.
 */
export type DiskTrouble =
  | { readonly kind: "failing"; readonly detail: string; readonly lost: number }
  | { readonly kind: "recovered"; readonly lost: number };

export interface BackgroundWriterOptions {
  readonly clock: Clock;
  /** How long something waits for more to be written with it, in ms. */
  readonly gatherMs: number;
  /** The same for what can wait; `gatherMs` unless given. */
  readonly patienceMs?: number;
  /** Writes all that is queued, in order; what failed stays queued, and the call is repeated later. */
  readonly drain: () => Promise<Result<void, Fault>>;
  /** How many things are queued. */
  readonly remaining: () => number;
  readonly onTrouble: (trouble: DiskTrouble) => void;
}

/** `now`: not at all. `soon`: for `gatherMs`. `patient`: for `patienceMs`, or until something else is written. */
export type Urgency = "now" | "soon" | "patient";

/** When to write: gathers, tries again with growing pauses, and tells trouble once. What to write is the owner's. */
export interface BackgroundWriter extends AsyncDisposable {
  /** Something was queued, and how long it may wait for more. */
  wake(urgency: Urgency): void;
  /** Something could not be queued, because memory is full. */
  lose(): void;
  /** Tries to write all that is queued, now; the fault if that failed. */
  flush(): Promise<Result<void, Fault>>;
  /** Whether disposing has begun: nothing may be queued any more. */
  closed(): boolean;
}

/** Makes a writer. Disposing makes one last attempt and tells how much could not be written; no timer is left. */
export function createBackgroundWriter(options: BackgroundWriterOptions): BackgroundWriter {
  const { clock, gatherMs, patienceMs = gatherMs, drain, remaining, onTrouble } = options;
  let running: Promise<Result<void, Fault>> | null = null;
  let cancelTimer: (() => void) | null = null;
  /** Whether the timer is for what can wait. */
  let patient = false;
  let retryMs = FIRST_RETRY_MS;
  let failing = false;
  let lost = 0;
  let closing: Promise<void> | null = null;

  const dropTimer = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    patient = false;
  };

  const fail = (detail: string): void => {
    failing = true;
    onTrouble({ kind: "failing", detail, lost });
  };

  const recover = (): void => {
    retryMs = FIRST_RETRY_MS;
    if (!failing) return;
    const missed = lost;
    failing = false;
    lost = 0;
    onTrouble({ kind: "recovered", lost: missed });
  };

  const attempt = async (): Promise<Result<void, Fault>> => {
    const outcome = await drain();
    running = null;
    if (outcome.ok) recover();
    else if (closing === null) {
      dropTimer();
      cancelTimer = clock.after(retryMs, begin);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      if (!failing) fail(outcome.error.detail);
    }
    // Something may have been queued between the drain's last look and here.
    if (outcome.ok && remaining() > 0 && closing === null) cancelTimer ??= clock.after(gatherMs, begin);
    return outcome;
  };

  const run = (): Promise<Result<void, Fault>> => {
    dropTimer();
    running ??= attempt();
    return running;
  };

  const begin = (): void => {
    void run();
  };

  const close = async (): Promise<void> => {
    if (running !== null) await running;
    dropTimer();
    const outcome = await drain();
    if (outcome.ok) {
      recover();
      return;
    }
    lost += remaining();
    if (lost > 0) fail(`${outcome.error.detail}; ${lost} could not be written before the end`);
  };

  return {
    wake(urgency) {
      if (running !== null || closing !== null) return;
      if (urgency === "now" && !failing) {
        begin();
        return;
      }
      if (patient && urgency !== "patient") dropTimer();
      if (cancelTimer !== null) return;
      patient = urgency === "patient";
      cancelTimer = clock.after(patient ? patienceMs : gatherMs, begin);
    },
    lose() {
      lost += 1;
      if (lost === 1) fail("more has gathered than memory may hold: what comes now is lost until the disk takes it");
    },
    async flush() {
      // A run under way may have taken its last look, or failed, before the caller's turn; one that begins now has not.
      if (running !== null) await running;
      return closing === null ? run() : ok(undefined);
    },
    closed: () => closing !== null,
    [Symbol.asyncDispose]() {
      closing ??= close();
      return closing;
    },
  };
}
