import { join } from "node:path";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { createAppendFile } from "../files/append-file.ts";
import { createAppendQueue, type Batch } from "../files/append-queue.ts";
import type { DiskTrouble } from "../files/background-writer.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";
import { nodeFiles } from "../files/node-files.ts";
import { dayFile, hashLine, HEAD_FILE, headText, type Link } from "./chain.ts";
import { resume, type Mend, type Resumption } from "./resume.ts";
import { takeWriterLock } from "./writer-lock.ts";

/** How long a line may wait for others before it is written and synced. What a crash can cost. */
const GATHER_MS = 100;
/** The same for a line that can wait: writing and syncing costs more processor time than all that it tells of. */
const PATIENCE_MS = 5 * 60_000;
/** How much is kept while the disk refuses. */
const MAX_LINES = 50_000;
const MAX_CHARS = 64 * 1024 * 1024;

export interface AuditOptions {
  /** Where the day files are; made if it is missing. */
  readonly directory: string;
  readonly clock: Clock;
  readonly onTrouble: (trouble: DiskTrouble) => void;
  readonly files?: FilePort;
  /** Told to a second writer, so that a person can find this one. */
  readonly pid?: number;
}

/** The audit file of all systems (contract 6). Disposing writes what is queued and gives the directory free. */
export interface Audit extends AsyncDisposable {
  /**
   * Adds a line of `event` with `data`, JSON that tells no secret and nothing that a person said (contract 0).
   * Never throws and never waits; the line is on the disk about 100 ms later, or once the disk takes it. A `patient` one
   * goes there with the next line that is not, or after five minutes: a crash may cost it, and never another.
   */
  record(event: string, data: Readonly<Record<string, unknown>>, urgency?: "soon" | "patient"): void;
  /** Writes what was recorded so far, now; the fault if the disk refuses (the lines stay queued). */
  flush(): Promise<Result<void, Fault>>;
}

/**
 * Opens the audit directory as its one writer and goes on with its chain; see {@link resume} for what it mends and tells.
 *
 * While the disk refuses, up to 50,000 lines are kept in order and written when it recovers; what comes beyond that is
 * never chained, so the chain stays whole, and one line `audit_lines_lost` says how many there were.
 * Timestamps are the clock's own, also when it is set back; the day file is then still the latest one, because the chain
 * runs through the files in the order of their names.
 *
 * Fails with `not-allowed` where another process writes here, and with `disk` where the directory cannot be used.
 */
export async function openAudit(options: AuditOptions): Promise<Result<Audit, Fault>> {
  const { directory, files = nodeFiles, pid = process.pid } = options;
  try {
    await files.makeDirectory(directory);
  } catch (error) {
    return err(diskFault(error, `opening the audit directory ${directory}`));
  }
  const lock = await takeWriterLock(files, directory, pid);
  if (!lock.ok) return lock;
  try {
    const resumption = await resume(files, directory);
    // With no lines yet, the head is written first: from then on, lines without a head mean that it was removed.
    if (resumption.latest === null && resumption.evidence.length === 0) {
      await files.replace(join(directory, HEAD_FILE), headText(resumption.link));
    }
    if (resumption.mend !== null) await applyMend(files, directory, resumption.mend);
    return ok(createAudit({ ...options, files }, resumption, lock.value));
  } catch (error) {
    await lock.value[Symbol.asyncDispose]();
    return err(diskFault(error, `opening the audit directory ${directory}`));
  }
}

async function applyMend(files: FilePort, directory: string, mend: Mend): Promise<void> {
  const path = join(directory, mend.file);
  if (mend.kind === "cut") {
    await files.truncate(path, mend.size);
    return;
  }
  const added = await createAppendFile(files, { sync: true }).append(path, Uint8Array.of());
  if (!added.ok) throw new Error(added.error.detail);
}

function createAudit(
  { directory, clock, onTrouble, files }: AuditOptions & { readonly files: FilePort },
  resumption: Resumption,
  lock: AsyncDisposable,
): Audit {
  const appendFile = createAppendFile(files, { sync: true });
  let link: Link = resumption.link;
  let written: Link = resumption.link;
  let latest = resumption.latest ?? "";
  let lost = 0;
  /** The place in the chain of each queued line, oldest first: which of them ends a batch is not known beforehand. */
  const ends: Link[] = [];

  const queue = createAppendQueue({
    clock,
    gatherMs: GATHER_MS,
    patienceMs: PATIENCE_MS,
    maxLines: MAX_LINES,
    maxChars: MAX_CHARS,
    async write(batch: Batch) {
      const outcome = await appendFile.append(join(directory, batch.path), batch.bytes);
      if (outcome.ok) written = ends.splice(0, batch.lines).at(-1) ?? written;
      return outcome;
    },
    async finish() {
      try {
        await files.replace(join(directory, HEAD_FILE), headText(written));
        return ok(undefined);
      } catch (error) {
        return err(diskFault(error, `writing ${join(directory, HEAD_FILE)}`));
      }
    },
    onTrouble(trouble) {
      if (trouble.kind === "recovered") tellLost();
      onTrouble(trouble);
    },
  });

  const chain = (event: string, data: string, urgency: "soon" | "patient" = "soon"): boolean => {
    const now = clock.now();
    const day = dayFile(now);
    const file = day > latest ? day : latest;
    const seq = link.seq + 1;
    const timestamp = new Date(now).toISOString();
    const line = `{"seq":${seq},"prev":"${link.hash}","timestamp":"${timestamp}","event":${JSON.stringify(event)},"data":${data}}`;
    if (!queue.push(file, line, urgency)) return false;
    latest = file;
    link = { seq, hash: hashLine(line) };
    ends.push(link);
    return true;
  };

  const tellLost = (): void => {
    if (lost > 0 && chain("audit_lines_lost", JSON.stringify({ count: lost }))) lost = 0;
  };

  const record: Audit["record"] = (event, data, urgency) => {
    if (!chain(event, textOf(data), urgency)) lost += 1;
  };

  for (const { event, data } of resumption.evidence) record(event, data);

  return {
    record,
    flush: () => queue.flush(),
    async [Symbol.asyncDispose]() {
      // Twice: a first success tells how many lines were lost before it, and that is a line too.
      await queue.flush();
      await queue[Symbol.asyncDispose]();
      await lock[Symbol.asyncDispose]();
    },
  };
}

/** `data` as JSON now, before its owner changes it; what is no JSON (a cycle, a bigint) is told, not thrown. */
function textOf(data: Readonly<Record<string, unknown>>): string {
  try {
    const text = JSON.stringify(data);
    return text.startsWith("{") ? text : JSON.stringify({ value: data });
  } catch {
    return '{"unserialisable":true}';
  }
}
