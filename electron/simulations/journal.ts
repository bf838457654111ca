import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { CaseResult } from "../../shared/simulation.ts";
import { createAppendFile } from "../files/append-file.ts";
import { createAppendQueue } from "../files/append-queue.ts";
import type { DiskTrouble } from "../files/background-writer.ts";
import { diskFault } from "../files/disk-fault.ts";
import { findJournal, journalHeader, type JournalKey, journalPath, pruneJournals } from "./journal-file.ts";

/** The record of a batch under way, from which it can be taken up after a crash (contract 5.3). */
export interface Journal extends AsyncDisposable {
  /** Notes a result. Never waits and never fails: a batch goes on without its journal. */
  append(result: CaseResult): void;
  /** Resolves when all that was noted is in the file; the fault if it is not. */
  flush(): Promise<Result<void, Fault>>;
  /** The batch ran to its end: deletes the file. Nothing is noted afterwards. */
  finish(): Promise<Result<void, Fault>>;
}

/** Results are noted together: what a crash takes with it is run again. */
const GATHER_MS = 50;
const MAX_WAITING_LINES = 100_000;
const MAX_WAITING_CHARS = 64_000_000;

/**
 * Opens the journal of a batch, one per suite and platform. With `resume`, what an interrupted batch left is kept and
 * added to, its torn last line cut off; otherwise it begins anew. `onTrouble` hears when the disk refuses later on.
 * The fault is of code `disk`. Disposing writes what is left and keeps the file; only `finish` deletes it.
 */
export async function openJournal(
  options: JournalKey & {
    readonly batchId: string;
    /** Milliseconds since the Unix epoch. */
    readonly startedAt: number;
    readonly resume: boolean;
    readonly clock: Clock;
    readonly onTrouble?: (trouble: DiskTrouble) => void;
  },
): Promise<Result<Journal, Fault>> {
  const { files, clock, resume } = options;
  const path = journalPath(options);
  const appendFile = createAppendFile(files, { sync: true });
  const begun = await begin(options, path, resume);
  if (!begun.ok) return begun;

  const queue = createAppendQueue({
    clock,
    write: (batch) => appendFile.append(batch.path, batch.bytes),
    onTrouble: options.onTrouble ?? ((): void => {}),
    gatherMs: GATHER_MS,
    maxLines: MAX_WAITING_LINES,
    maxChars: MAX_WAITING_CHARS,
  });
  return ok({
    append(result) {
      queue.push(path, JSON.stringify(result));
    },
    flush: () => queue.flush(),
    async finish() {
      await queue[Symbol.asyncDispose]();
      return attempt(() => files.remove(path), `removing ${path}`);
    },
    [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose](),
  });
}

async function begin(
  options: JournalKey & { readonly batchId: string; readonly startedAt: number },
  path: string,
  resume: boolean,
): Promise<Result<void, Fault>> {
  const { files, directory } = options;
  const left = resume ? await findJournal(options) : ok(null);
  if (!left.ok) return left;
  const found = left.value;
  return attempt(async () => {
    await files.makeDirectory(directory);
    if (found === null) await files.replace(path, `${journalHeader(options, options)}\n`);
    else await files.truncate(path, found.soundBytes);
    await pruneJournals(options);
  }, `writing ${path}`);
}

async function attempt(action: () => Promise<void>, doing: string): Promise<Result<void, Fault>> {
  try {
    await action();
    return ok(undefined);
  } catch (error) {
    return err(diskFault(error, doing));
  }
}
