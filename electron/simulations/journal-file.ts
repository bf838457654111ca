import { createHash } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type CaseResult, caseResultSchema, type Suite } from "../../shared/simulation.ts";
import { diskFault, systemCode } from "../files/disk-fault.ts";
import type { FilePort } from "../files/file-port.ts";

/** Which journal: of what suite, run on what (the platform's address: results of another bot are another's). */
export interface JournalKey {
  readonly files: FilePort;
  readonly directory: string;
  readonly suite: Suite;
  readonly target: string;
}

/** What an interrupted batch left behind. `results` in the order in which they came, each case once. */
export interface Interrupted {
  readonly batchId: string;
  /** Milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly results: readonly CaseResult[];
}

/** A journal as it lies on the disk; `soundBytes` is where its last whole line ends. */
interface Found extends Interrupted {
  readonly soundBytes: number;
}

const NAME = /^simulations-[0-9a-f]{32}\.jsonl$/u;
/** Journals of suites that were changed since, or never taken up again. */
const MAX_JOURNALS = 10;
const MAX_HEADER_BYTES = 4_096;

const headerSchema = z.strictObject({ journal: z.literal(1), digest: z.string(), batchId: z.string(), startedAt: z.number() });

/** Where the journal of this suite on this platform lies: another suite, or a changed one, has another. */
export function journalPath(key: JournalKey): string {
  return join(key.directory, `simulations-${digestOf(key).slice(0, 32)}.jsonl`);
}

/** The line that a journal begins with. */
export function journalHeader(key: JournalKey, batch: { readonly batchId: string; readonly startedAt: number }): string {
  const { batchId, startedAt } = batch;
  return JSON.stringify({ journal: 1, digest: digestOf(key), batchId, startedAt } satisfies z.infer<typeof headerSchema>);
}

/**
 * What an interrupted batch of this suite left, or null where there is nothing to take up; changes nothing. A torn last
 * line is left out, and so is what cannot be read or is of no case of the suite: such cases are run again.
 * Errors: `disk`.
 */
export async function readJournal(key: JournalKey): Promise<Result<Interrupted | null, Fault>> {
  const found = await findJournal(key);
  if (!found.ok || found.value === null) return found;
  const { batchId, startedAt, results } = found.value;
  return ok(results.length === 0 ? null : { batchId, startedAt, results });
}

/** As `readJournal`, for whoever goes on writing; a journal without any result is one too. */
export async function findJournal(key: JournalKey): Promise<Result<Found | null, Fault>> {
  const path = journalPath(key);
  let text: string | null;
  try {
    text = await key.files.readText(path);
  } catch (error) {
    return err(diskFault(error, `reading ${path}`));
  }
  if (text === null) return ok(null);
  const sound = text.slice(0, text.lastIndexOf("\n") + 1);
  const [first = "", ...lines] = sound.split("\n");
  const header = headerSchema.safeParse(parseLine(first));
  if (!header.success || header.data.digest !== digestOf(key)) return ok(null);
  const { batchId, startedAt } = header.data;
  return ok({ batchId, startedAt, results: readResults(lines, key.suite), soundBytes: Buffer.byteLength(sound) });
}

/** Removes all but the newest journals in the directory. What cannot be looked at stays. */
export async function pruneJournals({ files, directory }: Pick<JournalKey, "files" | "directory">): Promise<void> {
  const names = (await files.list(directory).catch(onlyMissing)).filter((name) => NAME.test(name));
  if (names.length <= MAX_JOURNALS) return;
  const aged = await Promise.all(names.map(async (name) => ({ path: join(directory, name), startedAt: await startOf(files, join(directory, name)) })));
  const old = aged.toSorted((one, other) => other.startedAt - one.startedAt).slice(MAX_JOURNALS);
  await Promise.all(old.map(({ path }) => files.remove(path)));
}

function readResults(lines: readonly string[], suite: Suite): readonly CaseResult[] {
  const ids = new Set(suite.cases.map(({ test_id: testId }) => testId));
  const results = new Map<string, CaseResult>();
  for (const line of lines) {
    const result = caseResultSchema.safeParse(parseLine(line));
    // A case that was run again after an error has two lines, and the later one counts.
    if (result.success && ids.has(result.data.testId)) results.set(result.data.testId, result.data);
  }
  return [...results.values()];
}

async function startOf(files: FilePort, path: string): Promise<number> {
  const head = Buffer.from(await files.read(path, 0, MAX_HEADER_BYTES)).toString("utf8");
  const header = headerSchema.safeParse(parseLine(head.split("\n", 1)[0] ?? ""));
  return header.success ? header.data.startedAt : 0;
}

function onlyMissing(error: unknown): readonly string[] {
  if (systemCode(error) === "ENOENT") return [];
  throw error;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function digestOf({ suite, target }: JournalKey): string {
  return createHash("sha256").update(JSON.stringify([target, suite])).digest("hex");
}
