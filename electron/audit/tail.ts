import { join } from "node:path";
import { assertNever } from "../../shared/assert-never.ts";
import { systemCode } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";
import { dayFiles, readEntry } from "./chain.ts";
import { linesFromEnd } from "./lines-from-end.ts";
import { resume, type Evidence } from "./resume.ts";
import { isBeingWritten } from "./writer-lock.ts";

/**
 * The end of the chain: `empty` where nothing was written yet, `whole` with number and time (ms since the Unix epoch) of
 * the last line, `torn` where the last line is unfinished and nobody is writing (the next start mends it), `contradicted`
 * where the files and what is remembered of them disagree.
 */
export type AuditTail =
  | { readonly kind: "empty" }
  | { readonly kind: "whole"; readonly seq: number; readonly at: number | null }
  | { readonly kind: "torn"; readonly file: string }
  | { readonly kind: "contradicted"; readonly words: string };

/**
 * Looks at the end of an audit directory; only reads, also while a writer is at work. The whole chain is the business of
 * `audit verify`, which takes long. Rejects with the operating system's error, and when `signal` aborts.
 */
export async function auditTail(files: FilePort, directory: string, signal: AbortSignal): Promise<AuditTail> {
  const read: FilePort["read"] = (path, position, length) => {
    signal.throwIfAborted();
    return files.read(path, position, length);
  };
  const reading: FilePort = { ...files, read };
  const first = await look(reading, directory);
  // A writer that went on between the two readings looks like a contradiction: it is none the second time.
  return first.kind === "contradicted" || first.kind === "torn" ? look(reading, directory) : first;
}

async function look(files: FilePort, directory: string): Promise<AuditTail> {
  const names = await namesIn(files, directory);
  if (names.length === 0) return { kind: "empty" };
  const { link, evidence, mend } = await resume(files, directory);
  const contradiction = evidence.find(({ event }) => event !== "audit_repaired");
  if (contradiction !== undefined) return { kind: "contradicted", words: wordsOf(contradiction.event) };
  if (mend !== null && !isBeingWritten(directory)) return { kind: "torn", file: mend.file };
  return { kind: "whole", seq: link.seq, at: await lastTime(files, directory, names) };
}

async function namesIn(files: FilePort, directory: string): Promise<readonly string[]> {
  try {
    return dayFiles(await files.list(directory));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw error;
  }
}

async function lastTime(files: FilePort, directory: string, names: readonly string[]): Promise<number | null> {
  for (const name of names.toReversed()) {
    for await (const line of linesFromEnd(files, join(directory, name))) {
      const read = readEntry(line.bytes);
      if (read.ok) return Date.parse(read.entry.timestamp);
    }
  }
  return null;
}

function wordsOf(event: Evidence["event"]): string {
  switch (event) {
    case "audit_tail_missing":
      return "the last lines are missing";
    case "audit_tail_changed":
      return "the last line is another than was written";
    case "audit_head_missing":
      return "audit-head.json is missing or damaged";
    case "audit_repaired":
      return "the last line was unfinished";
    default:
      return assertNever(event);
  }
}
