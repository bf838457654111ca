import { hash } from "node:crypto";
import { z } from "zod";

/** What `prev` holds in the very first line (contract 6). */
const CHAIN_START = "0".repeat(64);
export const HEAD_FILE = "audit-head.json";

const DAY_FILE = /^audit-\d{4}-\d{2}-\d{2}\.jsonl$/;

const digestSchema = z.string().regex(/^[0-9a-f]{64}$/, "not a SHA-256 in hex");

/** A line of the audit file (contract 6). */
const entrySchema = z.strictObject({
  seq: z.number().int().positive(),
  prev: digestSchema,
  timestamp: z.iso.datetime({ precision: 3 }),
  event: z.string().min(1),
  data: z.record(z.string(), z.unknown()),
});

const linkSchema = z.strictObject({ seq: z.number().int().nonnegative(), hash: digestSchema });

/** A place in the chain: the number and hash of a line; number 0 stands before the first line. */
export type Link = Readonly<z.infer<typeof linkSchema>>;
export type Entry = Readonly<z.infer<typeof entrySchema>>;

/** What `audit-head.json` says of the last line. */
export type Head =
  | { readonly kind: "known"; readonly link: Link }
  | { readonly kind: "missing" }
  | { readonly kind: "damaged" };

/** The start of every chain. */
export const firstLink: Link = { seq: 0, hash: CHAIN_START };

/** SHA-256 in hex of a line without its line break. */
export function hashLine(line: string | Uint8Array): string {
  return hash("sha256", line, "hex");
}

/** The name of the file that holds the lines of a UTC day; `at` in ms since the Unix epoch. */
export function dayFile(at: number): string {
  return `audit-${new Date(at).toISOString().slice(0, 10)}.jsonl`;
}

/** The day files among the names of a directory, oldest first. */
export function dayFiles(names: readonly string[]): readonly string[] {
  return names.filter((name) => DAY_FILE.test(name)).toSorted();
}

/** Reads a line of the file: the entry, or what is wrong with it in words. */
export function readEntry(line: Uint8Array): { readonly ok: true; readonly entry: Entry } | { readonly ok: false; readonly reason: string } {
  const json = parseJson(Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString("utf8"));
  if (!json.ok) return { ok: false, reason: "the line is not JSON" };
  const parsed = entrySchema.safeParse(json.value);
  if (parsed.success) return { ok: true, entry: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, reason: `the line is not an audit entry: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}` };
}

/** The content of `audit-head.json` for a place in the chain. */
export function headText(link: Link): string {
  return `${JSON.stringify({ seq: link.seq, hash: link.hash })}\n`;
}

/** Reads the content of `audit-head.json`; `null` stands for a file that is not there. */
export function readHead(text: string | null): Head {
  if (text === null) return { kind: "missing" };
  const json = parseJson(text);
  const parsed = linkSchema.safeParse(json.ok ? json.value : undefined);
  return parsed.success ? { kind: "known", link: parsed.data } : { kind: "damaged" };
}

function parseJson(text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}
