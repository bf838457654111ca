import { join } from "node:path";
import { createReadStream } from "node:fs";
import { diskFault } from "../files/disk-fault.ts";
import { nodeFiles } from "../files/node-files.ts";
import { dayFiles, firstLink, hashLine, HEAD_FILE, readEntry, readHead, type Head, type Link } from "./chain.ts";
import { HEAD_MISSING } from "./resume.ts";
import { isBeingWritten } from "./writer-lock.ts";

const CHUNK_BYTES = 1024 * 1024;
const LINE_BREAK = 0x0a;

/**
 * `broken`: the first place where the chain does not hold; `file` is a name within the directory, `line` counts from 1.
 * `unreadable`: nothing can be said, as the directory is not there or cannot be read.
 */
export type AuditVerdict =
  | { readonly kind: "whole"; readonly entries: number }
  | { readonly kind: "broken"; readonly file: string; readonly line: number; readonly reason: string }
  | { readonly kind: "unreadable"; readonly reason: string };

type Broken = Extract<AuditVerdict, { kind: "broken" }>;

interface Walk {
  readonly head: Head;
  link: Link;
  file: string;
  /** Lines seen in `file`. */
  line: number;
}

/**
 * Checks the chain of an audit directory from its first line to what `audit-head.json` knows of the last (contract 6).
 * Only reads, in a stream, so files may be of any size, and may be run while a writer is at work: then an unfinished
 * last line is that writer's. Without a writer it is reported as broken; the next start mends it and records that.
 * An empty directory is whole, with no entries.
 */
export async function verifyAudit(directory: string): Promise<AuditVerdict> {
  try {
    // The head first: lines may be added meanwhile, and what it knows must be in the files that are read afterwards.
    const head = readHead(await nodeFiles.readText(join(directory, HEAD_FILE)));
    const names = dayFiles(await nodeFiles.list(directory));
    const walk: Walk = { head, link: firstLink, file: names.at(0) ?? HEAD_FILE, line: 0 };
    for (const [index, name] of names.entries()) {
      walk.file = name;
      walk.line = 0;
      const broken = await walkFile(directory, walk, index === names.length - 1);
      if (broken !== null) return broken;
    }
    return atEnd(walk, names.length);
  } catch (error) {
    return { kind: "unreadable", reason: diskFault(error, `reading ${directory}`).detail };
  }
}

async function walkFile(directory: string, walk: Walk, isLast: boolean): Promise<Broken | null> {
  const rest: Uint8Array[] = [];
  const stream = createReadStream(join(directory, walk.file), { highWaterMark: CHUNK_BYTES });
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) continue;
    let start = 0;
    for (let at = chunk.indexOf(LINE_BREAK); at >= 0; at = chunk.indexOf(LINE_BREAK, start)) {
      const piece = chunk.subarray(start, at);
      const broken = takeLine(walk, rest.length === 0 ? piece : Buffer.concat([...rest.splice(0), piece]));
      if (broken !== null) return broken;
      start = at + 1;
    }
    if (start < chunk.length) rest.push(chunk.subarray(start));
  }
  if (rest.length === 0 || (isLast && isBeingWritten(directory))) return null;
  walk.line += 1;
  return brokenAt(
    walk,
    isLast
      ? "the last line has no end, as after a power cut: the next start mends it and records that it did"
      : "the last line of the day has no end",
  );
}

function takeLine(walk: Walk, bytes: Uint8Array): Broken | null {
  walk.line += 1;
  const read = readEntry(bytes);
  if (!read.ok) return brokenAt(walk, read.reason);
  const { seq, prev, event } = read.entry;
  const expected = walk.link.seq + 1;
  if (seq > expected) {
    const missing = seq - 1 === expected ? `entry ${expected} is` : `entries ${expected} to ${seq - 1} are`;
    return brokenAt(walk, `${missing} missing before this line (seq ${seq})`);
  }
  if (seq < expected) return brokenAt(walk, `seq ${seq} stands where ${expected} should: lines were inserted, repeated or put in another order`);
  if (prev !== walk.link.hash) {
    return brokenAt(walk, seq === 1 ? "prev of the very first line is not 64 zeros" : "prev is not the hash of the line before, so that line or this one was changed");
  }
  if (event === HEAD_MISSING) {
    return brokenAt(walk, `${HEAD_FILE} was missing or damaged when a writer started here: whether lines were removed before can not be known`);
  }
  walk.link = { seq, hash: hashLine(bytes) };
  const { head } = walk;
  return head.kind === "known" && head.link.seq === seq && head.link.hash !== walk.link.hash
    ? brokenAt(walk, `the line is not the one that ${HEAD_FILE} knows, so one of them was changed`)
    : null;
}

function atEnd(walk: Walk, fileCount: number): AuditVerdict {
  const { head, link } = walk;
  if (head.kind === "known") {
    if (head.link.seq <= link.seq) return { kind: "whole", entries: link.seq };
    walk.line += 1;
    return brokenAt(walk, `the file ends with seq ${link.seq}, but ${HEAD_FILE} knows of seq ${head.link.seq}: the tail was removed`);
  }
  if (head.kind === "missing" && fileCount === 0) return { kind: "whole", entries: 0 };
  return { kind: "broken", file: HEAD_FILE, line: 1, reason: `the file is ${head.kind}, so whether the tail was removed can not be known` };
}

function brokenAt(walk: Walk, reason: string): Broken {
  return { kind: "broken", file: walk.file, line: Math.max(walk.line, 1), reason };
}
