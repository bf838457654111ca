import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { diskFault } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";

const LOCK_FILE = "audit.lock";
const PID_FILE = "audit.pid";
const SQLITE_BUSY = 5;
/** A verifier that looks in holds the file for microseconds; it must not make a writer give up. */
const READER_WAIT_MS = 100;

/**
 * Takes the right to write to an audit directory, until disposed of or until this process ends, however it ends.
 * A lock of the operating system, reached through an empty SQLite file because Node offers no other: one that a dead
 * process left cannot exist, whereas a process id that is written down may belong to another program after a restart.
 * The id stands beside it (`audit.pid`) only so that the refusal can name the holder.
 */
export async function takeWriterLock(
  files: FilePort,
  directory: string,
  pid: number,
): Promise<Result<AsyncDisposable, Fault>> {
  const pidFile = join(directory, PID_FILE);
  let lock: DatabaseSync;
  try {
    lock = new DatabaseSync(join(directory, LOCK_FILE), { timeout: READER_WAIT_MS });
  } catch (error) {
    return err(diskFault(error, `locking ${directory}`));
  }
  try {
    lock.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    return err(isBusy(error) ? await heldByAnother(files, directory, pidFile) : diskFault(error, `locking ${directory}`));
  }
  await files.replace(pidFile, `${pid}\n`).catch(() => undefined);
  return ok({
    async [Symbol.asyncDispose]() {
      await files.remove(pidFile).catch(() => undefined);
      lock.close();
    },
  });
}

/** Whether some process writes to this audit directory now. Only reads; a directory without a lock file has no writer. */
export function isBeingWritten(directory: string): boolean {
  try {
    using lock = new DatabaseSync(join(directory, LOCK_FILE), { readOnly: true, timeout: 0 });
    lock.prepare("SELECT count(*) FROM sqlite_schema").get();
    return false;
  } catch (error) {
    return isBusy(error);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
}

async function heldByAnother(files: FilePort, directory: string, pidFile: string): Promise<Fault> {
  const pid = await files.readText(pidFile).catch(() => null);
  const holder = pid !== null && /^\d+\s*$/.test(pid) ? `process ${pid.trim()}` : "another process";
  return {
    kind: "refused",
    code: "not-allowed",
    detail: `${holder} writes to the audit directory ${directory} already, and an audit file has one writer: close that one, or set another audit.directory`,
  };
}
