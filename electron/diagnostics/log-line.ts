import { z } from "zod";

/** Fields of a line that are words of ours or of a machine; any other text is left out. Numbers and truths are told of every field. */
const TOLD_TEXTS: ReadonlySet<string> = new Set(["reason", "kind", "detail", "hop", "level", "words", "host", "why", "part", "parts", "code", "state", "name", "version"]);
/** Cut after redaction: half a secret is not known as one. */
const MAX_TEXT = 500;

const valueSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A line of the log as it is told to others. */
export const toldLineSchema = z.object({
  timestamp: z.string(),
  level: z.string(),
  event: z.string(),
  fields: z.record(z.string(), valueSchema).exactOptional(),
});

export type ToldLine = z.infer<typeof toldLineSchema>;

const lineSchema = z.looseObject({ timestamp: z.iso.datetime(), level: z.enum(["debug", "info", "warn", "error"]), event: z.string() });

/** Reads a line of the log and keeps what may be told, through `redact`; null where it is no line of ours. */
export function readLogLine(text: string, redact: (text: string) => string): ToldLine | null {
  const parsed = lineSchema.safeParse(jsonOf(text));
  if (!parsed.success) return null;
  const { timestamp, level, event, ...rest } = parsed.data;
  const fields = Object.fromEntries(Object.entries(rest).flatMap(([name, value]) => {
    const told = tell(name, value, redact);
    return told === undefined ? [] : [[redact(name), told]];
  }));
  const line = { timestamp, level, event: redact(event).slice(0, MAX_TEXT) };
  return Object.keys(fields).length === 0 ? line : { ...line, fields };
}

function tell(name: string, value: unknown, redact: (text: string) => string): string | number | boolean | null | undefined {
  if (typeof value === "number" || typeof value === "boolean" || value === null) return value;
  if (!TOLD_TEXTS.has(name)) return undefined;
  if (typeof value === "string") return redact(value).slice(0, MAX_TEXT);
  return Array.isArray(value) ? redact(value.filter((one) => typeof one === "string").join(", ")).slice(0, MAX_TEXT) : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
