const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?$/;
/** The last moment that a `Date` can hold. */
const MAX_EPOCH_MS = 8.64e15;

/**
 * The moment that a platform's timestamp names, in whole ms since the Unix epoch: ISO 8601 (UTC where it names no
 * zone, contract 0) or a number of ms. Anything else, impossible dates included, is undefined.
 */
export function parseTimestamp(value: unknown): number | undefined {
  if (typeof value === "number") return value > 0 && value <= MAX_EPOCH_MS ? Math.trunc(value) : undefined;
  if (typeof value !== "string" || value.length > 35) return undefined;
  if (!ISO.test(value)) return undefined;
  // A zone is the one thing that a sign or a Z can stand for after the date.
  const zoned = value.endsWith("Z") || value.at(-6) === "+" || value.at(-6) === "-";
  const at = Date.parse(zoned ? value : `${value}Z`);
  return Number.isNaN(at) ? undefined : at;
}
