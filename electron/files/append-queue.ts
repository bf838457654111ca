import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";

const FIRST_RETRY_MS = 250;
const LAST_RETRY_MS = 5_000;
/** A batch starts to be written as soon as it has this many characters, without waiting for the timer. */
const START_CHARS = 64 * 1024;
/** While a write is under way lines gather up to this size, so that a fast source costs few writes. */
const BATCH_CHARS = 1024 * 1024;

/** Lines that are written in one go, each with its line break. */
export interface Batch {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly lines: number;
}

/**
 * What a person should know of a file that is written in the background. `failing` is told once when writing begins to
 * fail, and once more if so much has gathered that lines are lost; `recovered` when all that was kept is written.
 */
export type DiskTrouble =
  | { readonly kind: "failing"; readonly detail: string; readonly lost: number }
  | { readonly kind: "recovered"; readonly lost: number };

export interface AppendQueueOptions {
  readonly clock: Clock;
  /** Writes a batch wholly or not at all. Called again with the same batch until it succeeds. */
  readonly write: (batch: Batch) => Promise<Result<void, Fault>>;
  /** Called after each batch that was written; tried again until it succeeds, without holding up further batches. */
  readonly finish?: () => Promise<Result<void, Fault>>;
  readonly onTrouble: (trouble: DiskTrouble) => void;
  /** How long a line waits for others before it is written, in ms. */
  readonly gatherMs: number;
  /** Lines beyond either bound are refused: the newest go, so that what is kept stays in one piece. */
  readonly maxLines: number;
  readonly maxChars: number;
}

export interface AppendQueue extends AsyncDisposable {
  /** Queues a line (without line break) for a file; `false` if it was refused because memory is full. Never waits. */
  push(path: string, line: string): boolean;
  /** Tries to write all that was pushed so far, now; the fault if that failed. Lines stay queued then. */
  flush(): Promise<Result<void, Fault>>;
}

/**
 * Lines that are written in order, in the background, in batches; kept and tried again while the disk refuses.
 * Disposing makes one last attempt and tells what could not be written.
 */
export function createAppendQueue(options: AppendQueueOptions): AppendQueue {
  const { clock, write, finish, onTrouble, gatherMs, maxLines, maxChars } = options;
  const sealed: Batch[] = [];
  const open = { path: "", text: "", lines: 0 };
  let sealedLines = 0;
  let sealedBytes = 0;
  let finishDue = false;
  let running: Promise<Result<void, Fault>> | null = null;
  let cancelTimer: (() => void) | null = null;
  let retryMs = FIRST_RETRY_MS;
  let failing = false;
  let lost = 0;
  let pushed = 0;
  let settled = 0;
  let closed = false;

  const seal = (): void => {
    if (open.lines === 0) return;
    const bytes = Buffer.from(open.text);
    sealed.push({ path: open.path, bytes, lines: open.lines });
    sealedLines += open.lines;
    sealedBytes += bytes.length;
    open.text = "";
    open.lines = 0;
  };

  const dropTimer = (): void => {
    cancelTimer?.();
    cancelTimer = null;
  };

  const fail = (detail: string): void => {
    failing = true;
    onTrouble({ kind: "failing", detail, lost });
  };

  const recover = (): void => {
    retryMs = FIRST_RETRY_MS;
    if (!failing) return;
    failing = false;
    const missed = lost;
    lost = 0;
    onTrouble({ kind: "recovered", lost: missed });
  };

  const writeOne = async (batch: Batch): Promise<Result<void, Fault>> => {
    const outcome = await write(batch);
    if (!outcome.ok) return outcome;
    sealed.shift();
    sealedLines -= batch.lines;
    sealedBytes -= batch.bytes.length;
    settled += batch.lines;
    finishDue = finish !== undefined;
    return outcome;
  };

  const drain = async (): Promise<Result<void, Fault>> => {
    for (;;) {
      if (sealed.length === 0) seal();
      const batch = sealed[0];
      if (batch !== undefined) {
        const outcome = await writeOne(batch);
        if (!outcome.ok) return outcome;
      }
      if (finishDue && finish !== undefined) {
        const outcome = await finish();
        if (!outcome.ok) return outcome;
        finishDue = false;
      }
      if (sealed.length === 0 && open.lines === 0) return ok(undefined);
    }
  };

  const attempt = async (): Promise<Result<void, Fault>> => {
    const outcome = await drain();
    running = null;
    if (outcome.ok) recover();
    else if (!closed) {
      // The timer first: what is told may make the listener push.
      dropTimer();
      cancelTimer = clock.after(retryMs, begin);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      if (!failing) fail(outcome.error.detail);
    }
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

  const refuse = (): false => {
    lost += 1;
    if (lost === 1) fail("more has gathered than memory may hold: newer lines are lost until the disk takes them");
    return false;
  };

  const makeRoom = (path: string, chars: number): boolean => {
    if (sealedLines + open.lines >= maxLines || sealedBytes + open.text.length + chars > maxChars) return false;
    if (open.lines > 0 && (open.path !== path || open.text.length >= BATCH_CHARS)) seal();
    return true;
  };

  return {
    push(path, line) {
      if (closed) return false;
      if (!makeRoom(path, line.length)) return refuse();
      open.path = path;
      open.text += `${line}\n`;
      open.lines += 1;
      pushed += 1;
      if (running !== null) return true;
      if (open.text.length >= START_CHARS && !failing) begin();
      else cancelTimer ??= clock.after(gatherMs, begin);
      return true;
    },
    async flush() {
      const target = pushed;
      for (;;) {
        const outcome = await run();
        if (!outcome.ok || (settled >= target && !finishDue)) return outcome;
      }
    },
    async [Symbol.asyncDispose]() {
      if (closed) return;
      closed = true;
      if (running !== null) await running;
      dropTimer();
      const outcome = await drain();
      if (outcome.ok) recover();
      else {
        lost += sealedLines + open.lines;
        fail(`${outcome.error.detail}; ${lost} lines could not be written before the end`);
      }
    },
  };
}
