import type { z } from "zod";

/**
 * A section whose addresses follow from one base key: the base may be left out only where every address is given.
 * The check runs beside all others, also when another value of the section is wrong, so that one reading tells all.
 */
export function needsBase<T extends z.core.$ZodShape>(fields: z.ZodObject<T, z.core.$strict>, base: string, addresses: readonly string[]) {
  return fields.refine((section) => base in section || addresses.every((key) => key in section), {
    when: (payload) => isRecord(payload.value),
    path: [base],
    error: `a value (or ${addresses.join(" and ")} in its place)`,
  });
}

/** A plain object, as JSON gives it. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
