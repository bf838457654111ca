import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { MachineRule } from "./machine-rules.ts";

/** The last values that could be read, as they are kept in the data folder. */
const keptSchema = z.strictObject({
  version: z.literal(1),
  keptAt: z.number(),
  rules: z.array(z.strictObject({ path: z.array(z.string()).min(1), value: z.json(), origin: z.string(), reason: z.string() })),
});

/** What was read last, of every place, and when (ms since the epoch). */
export interface KeptPolicy {
  readonly keptAt: number;
  readonly rules: readonly Extract<MachineRule, { readonly kind: "set" }>[];
}

/** Reads what was kept; null where nothing was, or nothing that can be used. */
export function readKept(text: string | null): KeptPolicy | null {
  if (text === null) return null;
  try {
    const read = keptSchema.safeParse(JSON.parse(text));
    if (!read.success) return null;
    return { keptAt: read.data.keptAt, rules: read.data.rules.map((rule) => ({ kind: "set" as const, ...rule })) };
  } catch {
    return null;
  }
}

/** The text to keep; null where it would say what is kept already, so that its time stays that of the reading. */
export function keptText(rules: KeptPolicy["rules"], before: KeptPolicy | null, now: number): string | null {
  if (isDeepStrictEqual(before?.rules ?? [], rules)) return null;
  return `${JSON.stringify({ version: 1, keptAt: now, rules: rules.map(({ kind: _kind, ...rule }) => rule) }, null, 2)}\n`;
}
