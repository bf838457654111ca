import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { ok, type Result } from "../../shared/result.ts";
import { createBackgroundWriter, type DiskTrouble, type Urgency } from "./background-writer.ts";

/** A batch starts to be written as soon as it has this many characters, without waiting for more. */
const START_CHARS = 64 * 1024;
/**
 * Lines are put into bytes in pieces of this size: a text of a whole batch, made of thousands of small ones, would long
 * have left the processor's caches and the young generation by then, and costs several times as much.
 */
const PIECE_CHARS = 16 * 1024;
/** While a write is under way lines gather up to this size, so that a fast source costs few writes. */
const BATCH_CHARS = 1024 * 1024;

/** Lines that are written in one go, each with its line break. */
export interface Batch {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly lines: number;
}

export interface AppendQueueOptions {
  readonly clock: Clock;
  /** Writes a batch wholly or not at all. Called again with the same batch until it succeeds. */
  readonly write: (batch: Batch) => Promise<Result<void, Fault>>;
  /** Called after each batch that was written; tried again until it succeeds, without holding up further batches. */
  readonly finish?: () => Promise<Result<void, Fault>>;
  readonly onTrouble: (trouble: DiskTrouble) => void;
  /** How long a line waits for others before it is written, in ms. */
  readonly gatherMs: number;
  /** The same for lines that can wait; `gatherMs` unless given. */
  readonly patienceMs?: number;
  /** Lines beyond either bound are refused: the newest go, so that what is kept stays in one piece. */
  readonly maxLines: number;
  readonly maxChars: number;
}

export interface AppendQueue extends AsyncDisposable {
  /**
   * Queues a line (without line break) for a file; `false` if it was refused because memory is full. Never waits.
   * A `patient` line is written with the next one that is not, or after `patienceMs`.
   */
  push(path: string, line: string, urgency?: Exclude<Urgency, "now">): boolean;
  /** Tries to write all that was pushed so far, now; the fault if that failed. Lines stay queued then. */
  flush(): Promise<Result<void, Fault>>;
}

/**
 * Lines that are written in order, in the background, in batches; kept and tried again while the disk refuses.
 * Disposing makes one last attempt and tells what could not be written.
 */
export function createAppendQueue(options: AppendQueueOptions): AppendQueue {
  const { write, finish, maxLines, maxChars } = options;
  const sealed: Batch[] = [];
  let path = "";
  let pieces: Buffer[] = [];
  let pieceBytes = 0;
  let text = "";
  let lines = 0;
  let sealedLines = 0;
  let sealedBytes = 0;
  let finishDue = false;

  const cutPiece = (): void => {
    const piece = Buffer.from(text);
    pieces.push(piece);
    pieceBytes += piece.length;
    text = "";
  };

  const seal = (): void => {
    if (lines === 0) return;
    cutPiece();
    sealed.push({ path, bytes: Buffer.concat(pieces), lines });
    sealedLines += lines;
    sealedBytes += pieceBytes;
    pieces = [];
    pieceBytes = 0;
    lines = 0;
  };

  const writeOne = async (batch: Batch): Promise<Result<void, Fault>> => {
    const outcome = await write(batch);
    if (!outcome.ok) return outcome;
    sealed.shift();
    sealedLines -= batch.lines;
    sealedBytes -= batch.bytes.length;
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
      if (sealed.length === 0 && lines === 0) return ok(undefined);
    }
  };

  const writer = createBackgroundWriter({ ...options, drain, remaining: () => sealedLines + lines });

  return {
    push(toPath, line, urgency = "soon") {
      if (writer.closed()) return false;
      if (sealedLines + lines >= maxLines || sealedBytes + pieceBytes + text.length + line.length > maxChars) {
        writer.lose();
        return false;
      }
      if (lines > 0 && (path !== toPath || pieceBytes + text.length >= BATCH_CHARS)) seal();
      path = toPath;
      text += `${line}\n`;
      lines += 1;
      if (text.length >= PIECE_CHARS) cutPiece();
      writer.wake(pieceBytes + text.length >= START_CHARS ? "now" : urgency);
      return true;
    },
    flush: () => writer.flush(),
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}
