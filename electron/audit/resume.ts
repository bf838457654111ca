import { join } from "node:path";
import type { FilePort } from "../files/file-port.ts";
import { dayFiles, firstLink, hashLine, HEAD_FILE, readEntry, readHead, type Entry, type Head, type Link } from "./chain.ts";
import { linesFromEnd, type FileLine } from "./lines-from-end.ts";

/**
 * How a writer goes on where the last one stopped.
 * `link` is what the next line follows; `latest` the newest day file, which no line may go behind; `mend` what is to be
 * done to its end first; `evidence` what the next line must tell before anything else.
 */
export interface Resumption {
  readonly link: Link;
  readonly latest: string | null;
  readonly mend: Mend | null;
  readonly evidence: readonly Evidence[];
}

/** `cut`: the file ends inside a line. `terminate`: only the line break is missing, or the rest is evidence. */
export type Mend =
  | { readonly kind: "cut"; readonly file: string; readonly size: number; readonly bytesRemoved: number }
  | { readonly kind: "terminate"; readonly file: string };

export interface Evidence {
  readonly event: "audit_repaired" | "audit_tail_missing" | "audit_tail_changed" | "audit_head_missing";
  readonly data: Readonly<Record<string, unknown>>;
}

/** The event that tells of a lost `audit-head.json`: whether lines were removed before it can never be known. */
export const HEAD_MISSING = "audit_head_missing" satisfies Evidence["event"];

interface ChainLine {
  readonly file: string;
  readonly line: FileLine;
}

interface Tail {
  readonly file: string | null;
  /** The last whole line: its place in the chain, or null if there is none or it is no entry. */
  readonly link: Link | null;
  readonly damaged: boolean;
  readonly mend: Mend | null;
}

/**
 * Looks at the end of the chain in a directory; changes nothing. Rejects with the operating system's error.
 *
 * Where the files and the head contradict each other, somebody removed or changed lines after they were written (the
 * head is only written once the lines are safe on the disk, so a power cut cannot do that). The chain then goes on from
 * the head, not from what is left of the file: the break stays in the files, and `verify` finds it ever after. A head
 * that is behind the files is the trace of a crash between the two and is fine if its line is there unchanged.
 */
export async function resume(files: FilePort, directory: string): Promise<Resumption> {
  const names = dayFiles(await files.list(directory));
  const head = readHead(await files.readText(join(directory, HEAD_FILE)));
  const tail = await readTail(files, directory, names, head);
  const repaired = repairedEvidence(tail.mend);
  const contradiction = await contradictionOf(files, directory, names, head, tail);
  const fromFiles = tail.link ?? firstLink;
  return {
    link:
      contradiction !== null && head.kind === "known"
        ? { seq: Math.max(head.link.seq, fromFiles.seq), hash: head.link.hash }
        : fromFiles,
    latest: names.at(-1) ?? null,
    mend: tail.mend,
    evidence: [...(contradiction === null ? [] : [contradiction]), ...repaired],
  };
}

async function readTail(files: FilePort, directory: string, names: readonly string[], head: Head): Promise<Tail> {
  const lines = linesOfChain(files, directory, names);
  const newest = (await lines.next()).value;
  if (newest === undefined) return { file: null, link: null, damaged: false, mend: null };
  if (newest.line.terminated) return endingWith(newest, null);
  const before = (await lines.next()).value;
  const link = before === undefined ? firstLink : (linkOf(before.line)?.link ?? null);
  const mend = mendTorn(newest, link, head);
  if (follows(newest.line, link)) return endingWith(newest, mend);
  return before === undefined ? { file: newest.file, link: null, damaged: false, mend } : endingWith(before, mend);
}

function endingWith({ file, line }: ChainLine, mend: Mend | null): Tail {
  const link = linkOf(line)?.link ?? null;
  return { file, link, damaged: link === null, mend };
}

async function* linesOfChain(files: FilePort, directory: string, names: readonly string[]): AsyncGenerator<ChainLine, undefined, undefined> {
  for (const file of names.toReversed()) {
    for await (const line of linesFromEnd(files, join(directory, file))) yield { file, line };
  }
  return undefined;
}

/** The torn line is kept where it is whole, or where the head says that it once was: then it is evidence. */
function mendTorn({ file, line }: ChainLine, before: Link | null, head: Head): Mend {
  const promised = head.kind === "known" && head.link.seq > (before?.seq ?? 0);
  if (promised || follows(line, before)) return { kind: "terminate", file };
  return { kind: "cut", file, size: line.start, bytesRemoved: line.bytes.length };
}

/** Whether a line that only lacks its line break is whole and in its place: then nothing is lost by keeping it. */
function follows(line: FileLine, before: Link | null): boolean {
  const entry = linkOf(line)?.entry;
  return entry !== undefined && before !== null && entry.seq === before.seq + 1 && entry.prev === before.hash;
}

function linkOf(line: FileLine): { readonly entry: Entry; readonly link: Link } | null {
  const read = readEntry(line.bytes);
  return read.ok ? { entry: read.entry, link: { seq: read.entry.seq, hash: hashLine(line.bytes) } } : null;
}

function repairedEvidence(mend: Mend | null): readonly Evidence[] {
  if (mend === null) return [];
  const bytesRemoved = mend.kind === "cut" ? mend.bytesRemoved : 0;
  return [{ event: "audit_repaired", data: { file: mend.file, bytesRemoved, lineBreakAdded: mend.kind === "terminate" } }];
}

async function contradictionOf(
  files: FilePort,
  directory: string,
  names: readonly string[],
  head: Head,
  tail: Tail,
): Promise<Evidence | null> {
  if (head.kind !== "known") {
    const untouched = tail.file === null && head.kind === "missing";
    return untouched ? null : { event: HEAD_MISSING, data: { found: head.kind, lastSeqFound: tail.link?.seq ?? 0 } };
  }
  const lastSeq = tail.link?.seq ?? 0;
  if (tail.damaged) return changed(tail.file, head.link.seq, "the last line is not an audit entry");
  if (head.link.seq > lastSeq) {
    return { event: "audit_tail_missing", data: { file: tail.file, lastSeqFound: lastSeq, lastSeqWritten: head.link.seq } };
  }
  const found = await hashAt(files, directory, names, head.link.seq);
  if (found === head.link.hash) return null;
  return changed(tail.file, head.link.seq, found === null ? "the line is not in its place" : "the line is another one");
}

function changed(file: string | null, seq: number, reason: string): Evidence {
  return { event: "audit_tail_changed", data: { file, seq, reason } };
}

/** The hash of the line of number `seq`, looking back from the end; null where the numbers do not lead to it. */
async function hashAt(files: FilePort, directory: string, names: readonly string[], seq: number): Promise<string | null> {
  if (seq === 0) return firstLink.hash;
  let expected: number | null = null;
  for await (const { line } of linesOfChain(files, directory, names)) {
    const link = linkOf(line)?.link ?? null;
    if (link === null && !line.terminated) continue;
    if (link === null || (expected !== null && link.seq !== expected)) return null;
    if (link.seq === seq) return link.hash;
    expected = link.seq - 1;
  }
  return null;
}
