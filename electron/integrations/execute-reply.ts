import { promisify, TextDecoder } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";
import type { Fault } from "../../shared/fault.ts";
import type { JsonValue } from "../../shared/integration.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/** The limit of a reply, both as it comes and decoded. */
export const MAX_REPLY_BYTES = 5_000_000;
/** What is asked for in `Accept-Encoding`: what `decodeBody` can undo. */
export const ACCEPTED_CODINGS = "gzip, deflate, br";
const MAX_CODINGS = 3;
/** Deeper than any real reply, and shallow enough for everything that walks through it afterwards. */
const MAX_DEPTH = 256;
const MAX_SHOWN = 60;

type Undo = (bytes: Buffer) => Promise<Buffer>;

const limit = { maxOutputLength: MAX_REPLY_BYTES } as const;
const undoGzip = promisify(gunzip);
const undoBrotli = promisify(brotliDecompress);
const undoZlib = promisify(inflate);
const undoRaw = promisify(inflateRaw);

/** The library stops as soon as the limit is passed, so a small bomb never becomes a large one. */
const undoings: ReadonlyMap<string, Undo> = new Map<string, Undo>([
  ["gzip", (bytes) => undoGzip(bytes, limit)],
  ["x-gzip", (bytes) => undoGzip(bytes, limit)],
  ["br", (bytes) => undoBrotli(bytes, limit)],
  // Some servers send the bare stream; the zlib form begins with method 8 (RFC 1950).
  ["deflate", (bytes) => ((bytes[0] ?? 0) % 16 === 8 ? undoZlib(bytes, limit) : undoRaw(bytes, limit))],
]);

/** The fields of a reply that say how its bytes are to be read. */
export interface ReplyForm {
  readonly host: string;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
}

/** A reply's bytes without their content codings. Faults: `reply-too-large`, `malformed-reply`. */
export async function decodeBody(bytes: Buffer, form: ReplyForm): Promise<Result<Buffer, Fault>> {
  const codings = (form.contentEncoding ?? "")
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (codings.length > MAX_CODINGS) return err(malformed(form, `found ${codings.length} content codings, allowed: ${MAX_CODINGS}`));
  let decoded = bytes;
  for (const coding of codings.toReversed()) {
    const undo = undoings.get(coding);
    if (undo === undefined) return err(malformed(form, `found the content coding ${shown(coding)}, allowed: ${ACCEPTED_CODINGS}`));
    // Servers that name a coding and send nothing mean nothing.
    if (decoded.length === 0) break;
    try {
      decoded = await undo(decoded);
    } catch (error) {
      if (error instanceof RangeError && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") return err(tooLarge(form.host));
      return err(malformed(form, `what it sent is no ${shown(coding)}`));
    }
  }
  return ok(decoded);
}

/**
 * A reply's text by the charset of its content type, utf-8 unless given; a byte order mark comes before what the type
 * says. Fault: `malformed-reply` for a charset that is unknown and for bytes that it does not have.
 */
export function decodeText(bytes: Buffer, form: ReplyForm): Result<string, Fault> {
  const named = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(form.contentType ?? "")?.[1];
  const charset = markedCharset(bytes) ?? named ?? "utf-8";
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch {
    return err(malformed(form, `found the charset ${shown(charset)}, which is unknown; allowed: utf-8, utf-16, iso-8859-1, windows-1252 and others of the web`));
  }
  try {
    return ok(decoder.decode(bytes));
  } catch {
    return err(malformed(form, `what it sent is no ${shown(charset)}`));
  }
}

/**
 * A reply's text as JSON; nothing at all is null. JSON by its content type, or without one by itself. A key `__proto__`
 * stays what it is in JSON, a key of the object like any other: nothing is inherited from it.
 * Fault: `malformed-reply`.
 */
export function readJson(text: string, form: ReplyForm): Result<JsonValue, Fault> {
  if (text.trim() === "") return ok(null);
  const type = form.contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "" && !/^(?:application|text)\/json$|^[\w.-]+\/[\w.+-]+\+json$/.test(type)) return err(malformed(form, `found the content type ${shown(type)}, allowed: application/json`));
  if (isTooDeep(text)) return err(malformed(form, `found JSON that is nested more than ${MAX_DEPTH} deep`));
  try {
    // What JSON.parse gives is by its definition a JSON value.
    const value: JsonValue = JSON.parse(text);
    return ok(value);
  } catch {
    return err(malformed(form, type === "" ? "it sent no JSON, and names no content type" : "what it sent is no JSON"));
  }
}

/** The fault of a reply beyond the limit. */
export function tooLarge(host: string): Fault {
  return { kind: "contract", code: "reply-too-large", detail: `${host} sent more than ${MAX_REPLY_BYTES / 1_000_000} MB` };
}

function markedCharset(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
}

/** Counted ahead of parsing, since the parser takes any depth and whoever walks through the result does not. */
function isTooDeep(text: string): boolean {
  if (text.length <= MAX_DEPTH) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) at = endOfString(text, at);
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return false;
}

/** Where the string that begins at `start` ends; the text's end where it does not. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === 0x5c) escapes += 1;
    if (escapes % 2 === 0) return at;
  }
  return text.length;
}

function shown(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, "?").slice(0, MAX_SHOWN);
}

function malformed(form: ReplyForm, found: string): Fault {
  return { kind: "contract", code: "malformed-reply", detail: `${form.host}: ${found}` };
}
