import { isDeepStrictEqual } from "node:util";

/** The paths (`assist.minConfidence`) at which two configurations differ, two levels deep; never a value. */
export function changedKeys(previous: object, next: object): readonly string[] {
  return differing(previous, next).flatMap(([key, before, after]) =>
    isRecord(before) && isRecord(after) ? differing(before, after).map(([inner]) => `${key}.${inner}`) : [key],
  );
}

function differing(previous: object, next: object): readonly (readonly [key: string, before: unknown, after: unknown])[] {
  const before = new Map<string, unknown>(Object.entries(previous));
  const after = new Map<string, unknown>(Object.entries(next));
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((key) => !isDeepStrictEqual(before.get(key), after.get(key)))
    .map((key) => [key, before.get(key), after.get(key)]);
}

function isRecord(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
