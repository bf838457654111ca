import { closeSync, openSync, readSync } from "node:fs";
import type { Fault } from "../../shared/fault.ts";

/** Where `user_version` stands in the header of an SQLite file (sqlite.org/fileformat.html), and how long that is. */
const VERSION_OFFSET = 60;
const HEADER_BYTES = 100;

/**
 * The version that an SQLite file bears (`PRAGMA user_version`), read without SQLite, because opening alone may leave
 * files beside it. 0 for one that is new, empty, not there or not readable: opening it says what is wrong.
 */
export function versionInHeader(file: string): number {
  try {
    const handle = openSync(file, "r");
    try {
      const header = Buffer.alloc(HEADER_BYTES);
      const read = readSync(handle, header, 0, HEADER_BYTES, 0);
      return read === HEADER_BYTES && header.toString("latin1", 0, 15) === "SQLite format 3" ? header.readUInt32BE(VERSION_OFFSET) : 0;
    } finally {
      closeSync(handle);
    }
  } catch {
    return 0;
  }
}

/** The refusal of a file (`what` names its content: "the history") of a version that this program does not know; null where it does. */
export function newerVersionFault(what: string, file: string, found: number, known: number): Fault | null {
  if (found <= known) return null;
  return {
    kind: "refused",
    code: "not-allowed",
    detail: `${what} ${file} is of version ${found}, and this Callside knows versions up to ${known}: update Callside, or move the file away to begin a new one`,
  };
}
