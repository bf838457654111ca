import { diagnosticsSchema, type Diagnostics } from "./diagnostics.ts";

const MAX_BYTES = 5 * 1024 * 1024;

/** Said at the top of the file, for whoever is about to send it. */
const READ_ME =
  "What Callside knows of its own state. It was left out or struck out: what was said and suggested, names, secrets, and whole addresses. Read it through before you send it.";

export interface DiagnosticsTextOptions {
  /** Ms since the Unix epoch. */
  readonly writtenAt: number;
  /** Takes secrets, personal data and the person at this machine out of a text. */
  readonly redact: (text: string) => string;
  readonly maxBytes?: number;
}

/**
 * The file's text: what the schema lets through, each text in it redacted once more, as JSON that a person can read.
 * Where that is over the limit, older lines of the log are left out, then older crashes, and that is said in the file.
 */
export function diagnosticsText(given: Diagnostics, { writtenAt, redact, maxBytes = MAX_BYTES }: DiagnosticsTextOptions): string {
  let safe = diagnosticsSchema.parse(given);
  for (;;) {
    const text = textOf(safe, writtenAt, redact);
    const over = Buffer.byteLength(text) - maxBytes;
    const smaller = over <= 0 ? null : smallerBy(safe, over);
    if (smaller === null) return text;
    safe = smaller;
  }
}

/** With less in it, by what is missed least; null where nothing is left to leave out. */
function smallerBy(safe: Diagnostics, bytes: number): Diagnostics | null {
  const { lines, cut } = safe.log;
  if (lines.length > 0) {
    const drop = linesOver(lines, bytes);
    return { ...safe, log: { cut: cut + drop, lines: lines.slice(drop) } };
  }
  if (safe.crashes.length > 0) return { ...safe, crashes: safe.crashes.slice(0, -1) };
  return safe.metrics.length > 0 ? { ...safe, metrics: [] } : null;
}

function textOf(safe: Diagnostics, writtenAt: number, redact: (text: string) => string): string {
  return `${JSON.stringify({ readMe: READ_ME, format: 1, writtenAt: new Date(writtenAt).toISOString(), ...redactTexts(safe, redact) }, null, 2)}\n`;
}

/** How many of the oldest lines take up so many bytes. */
function linesOver(lines: Diagnostics["log"]["lines"], bytes: number): number {
  let gone = 0;
  let index = 0;
  for (; index < lines.length && gone < bytes; index += 1) gone += Buffer.byteLength(JSON.stringify(lines[index]));
  return index;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u;

function redactTexts(safe: Diagnostics, redact: (text: string) => string): object {
  return Object.fromEntries(Object.entries(safe).map(([name, part]) => [name, walk(part, redact)]));
}

/** Names of fields stay: they are the schema's, but for those of log lines, which were redacted when they were read. */
function walk(value: unknown, redact: (text: string) => string): unknown {
  // A time is nobody's, and its digits are not to be taken for a number that somebody has.
  if (typeof value === "string") return TIME.test(value) ? value : redact(value);
  if (Array.isArray(value)) return value.map((one) => walk(one, redact));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, walk(field, redact)]));
}
