import { z } from "zod";
import { err, ok, type Result } from "../../shared/result.ts";

/** The most bytes and phrases that a list may have. */
export const MAX_LIST_BYTES = 2_000_000;
const MAX_PHRASES = 20_000;
const MAX_PHRASE_LENGTH = 500;
/** The first line of a list that is plain text. */
const HEADER = /^#\s*callside-phrases\s+(?<version>\d+)\s+serial\s+(?<serial>\d{1,15})\s*$/;
const VERSION = 1;

/** What a list says. A later list has a higher serial number. */
export interface PhraseContent {
  readonly serial: number;
  readonly phrases: readonly string[];
}

const jsonSchema = z.strictObject({
  version: z.literal(VERSION),
  serial: z.int().nonnegative(),
  phrases: z.array(z.string()),
});

/**
 * Reads a list: JSON `{version: 1, serial, phrases[]}`, or text whose first line is `# callside-phrases 1 serial N`, with a
 * phrase in every line that is not empty and does not begin with `#`. The serial number is within what is signed: an
 * older list with a right signature is still an older list. In the error, what is wrong, without any of its phrases.
 */
export function readPhraseList(bytes: Uint8Array): Result<PhraseContent, string> {
  if (bytes.length > MAX_LIST_BYTES) return err(`${bytes.length} bytes; allowed: at most ${MAX_LIST_BYTES}`);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return err("bytes that are no UTF-8");
  }
  const read = /^\s*[[{]/.test(text) ? readJson(text) : readLines(text);
  if (!read.ok) return read;
  const phrases = [...new Set(read.value.phrases.map((phrase) => phrase.trim()))];
  if (phrases.length > MAX_PHRASES) return err(`${phrases.length} phrases; allowed: at most ${MAX_PHRASES}`);
  const wrong = phrases.findIndex((phrase) => phrase === "" || phrase.length > MAX_PHRASE_LENGTH);
  if (wrong >= 0) return err(`phrase ${wrong + 1} with ${phrases[wrong]?.length ?? 0} characters; allowed: 1 to ${MAX_PHRASE_LENGTH}`);
  return ok({ serial: read.value.serial, phrases });
}

function readJson(text: string): Result<PhraseContent, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err("a text that is no JSON");
  }
  const read = jsonSchema.safeParse(value);
  if (read.success) return ok(read.data);
  const [issue] = read.error.issues;
  return err(`${issue?.path.map(String).join(".") || "the list"}: ${issue?.code.replaceAll("_", " ") ?? "another form"}; allowed: {version: ${VERSION}, serial, phrases[]}`);
}

function readLines(text: string): Result<PhraseContent, string> {
  const [first = "", ...rest] = text.split(/\r?\n/);
  const header = HEADER.exec(first)?.groups;
  if (header === undefined || Number(header["version"]) !== VERSION) return err(`a first line that is not "# callside-phrases ${VERSION} serial NUMBER"`);
  return ok({ serial: Number(header["serial"]), phrases: rest.filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#")) });
}
