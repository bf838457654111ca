import type { Fault } from "../../shared/fault.ts";
import { diskFault, systemCode } from "./disk-fault.ts";

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const WORDS: ReadonlyMap<number, string> = new Map([
  [5, "another program has locked the file"],
  [6, "another program has locked the file"],
  [8, "the file is read-only"],
  [10, "the disk reported an error"],
  [11, "the file is damaged"],
  [13, "no space is left on the disk"],
  [14, "the file cannot be opened"],
  [26, "the file is no SQLite database"],
]);
const DAMAGED: ReadonlySet<number> = new Set([11, 26]);

function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return null;
  return error.errcode % 256;
}

/** Whether an error says that the file itself is broken, so that trying again is of no use. */
export function isDamage(error: unknown): boolean {
  return DAMAGED.has(resultCode(error) ?? -1);
}

/** What went wrong in the database, as a fault. */
export function sqliteFault(error: unknown, doing: string): Fault {
  const code = resultCode(error);
  const words = code === null ? undefined : WORDS.get(code);
  if (words === undefined || systemCode(error) !== "ERR_SQLITE_ERROR") return diskFault(error, doing);
  return { kind: "transport", code: "disk", detail: `${doing}: ${words} (SQLite ${code})` };
}
