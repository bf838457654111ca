import { chmodSync, existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { newerVersionFault } from "../files/file-version.ts";
import { migrate, versionOf } from "../files/migrate.ts";
import { migrations } from "./inbox-schema.ts";

const OWNER_ONLY_FILE = 0o600;
/** Another program may look into the file for a moment; another bridge stays. */
const LOCK_WAIT_MS = 250;
/** The log of changes is folded into the file from this size on, and is cut where a large transaction has made it longer. */
const LOG_PAGES = 1_000;
const LOG_BYTES = 8 * 1024 * 1024;

/** Thrown for a file that SQLite can open but that is broken inside. */
export class InboxDamage extends Error {}

/**
 * Opens the inbox's file, making it (for its owner alone) and its tables where they are missing, and holds it against
 * every other opener until it is closed. A file of a newer version is refused (`newer-file`) and left untouched. Throws
 * SQLite's error where it cannot be opened or is held, and {@link InboxDamage} where it is damaged inside.
 *
 * The file is never opened by other means than SQLite: closing it would let go of every lock that this process has on it
 * (POSIX), those of a bridge at work in it too.
 */
export function openInboxDatabase(file: string, connect: (file: string) => DatabaseSync = connectTo): Result<DatabaseSync, Fault> {
  const known = migrations.length;
  const newer = newerVersionFault("the inbox", file, versionAsStored(file), known);
  if (newer !== null) return err(newer);
  const database = connect(file);
  try {
    chmodSync(file, OWNER_ONLY_FILE);
    // Before anything is read: the first look takes the lock then, and it is held until the file is closed.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    const { journal_mode: mode } = journalRow.parse(database.prepare("PRAGMA journal_mode = WAL").get());
    if (mode !== "wal") throw new Error(`the disk under ${file} bears no write-ahead log (SQLite keeps to ${mode})`);
    // Known only now where the version stands in the log of changes still.
    const refused = newerVersionFault("the inbox", file, versionOf(database), known);
    if (refused !== null) {
      database.close();
      return err(refused);
    }
    // Every transaction is on the disk when it is done (on macOS only with `fullfsync`); what is erased is overwritten, and
    // no words go to temporary files.
    database.exec(
      `PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA secure_delete = ON;
       PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = ${LOG_PAGES}; PRAGMA journal_size_limit = ${LOG_BYTES}`,
    );
    if (database.prepare("PRAGMA quick_check(1)").get()?.["quick_check"] !== "ok") throw new InboxDamage(`${file} is damaged`);
    migrate(database, migrations);
    return ok(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

const journalRow = z.object({ journal_mode: z.string() });

function connectTo(file: string): DatabaseSync {
  return new DatabaseSync(file, { timeout: LOCK_WAIT_MS });
}

/** The version in the file itself, read without touching or locking anything; 0 where opening will say what is wrong. */
function versionAsStored(file: string): number {
  if (!existsSync(file)) return 0;
  const address = pathToFileURL(file);
  address.searchParams.set("immutable", "1");
  try {
    using database = new DatabaseSync(address, { readOnly: true });
    return versionOf(database);
  } catch {
    return 0;
  }
}
