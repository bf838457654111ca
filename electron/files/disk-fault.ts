import type { Fault } from "../../shared/fault.ts";

const WORDS: Readonly<Record<string, string>> = {
  ENOSPC: "no space is left on the disk",
  EDQUOT: "the disk quota is used up",
  EIO: "the disk reported an error",
  EROFS: "the disk is read-only",
  EACCES: "access was denied",
  EPERM: "access was denied",
  ENOENT: "there is no such file or directory",
  ENOTDIR: "a part of the path is not a directory",
  EISDIR: "it is a directory",
  EMFILE: "too many files are open",
  EBUSY: "the file is in use",
};

/** The code of an operating system error (`ENOSPC`), or `undefined` for anything else that was thrown. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** What went wrong on the disk, as a fault: `doing` says at what ("writing /var/audit.jsonl"). */
export function diskFault(error: unknown, doing: string): Fault {
  const code = systemCode(error);
  const found = code === undefined ? (error instanceof Error ? error.message : String(error)) : (WORDS[code] ?? "the disk refused");
  return { kind: "transport", code: "disk", detail: `${doing}: ${found}${code === undefined ? "" : ` (${code})`}` };
}
