/** What keeps something from being written, as far as a person can do something about it. */
export type DiskHindrance = "full" | "locked" | "denied" | "other";

const CODES: Readonly<Record<string, DiskHindrance>> = {
  ENOSPC: "full",
  EDQUOT: "full",
  "SQLite 13": "full",
  EBUSY: "locked",
  "SQLite 5": "locked",
  "SQLite 6": "locked",
  EACCES: "denied",
  EPERM: "denied",
  EROFS: "denied",
  "SQLite 8": "denied",
};

/** Read off the code that `diskFault` and `sqliteFault` put behind their words; the last one, as a path may look like one too. */
export function diskHindrance(detail: string): DiskHindrance {
  const code = [...detail.matchAll(/\((E[A-Z]+|SQLite \d+)\)/gu)].at(-1)?.[1] ?? "";
  return CODES[code] ?? "other";
}
