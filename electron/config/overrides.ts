import { isRecord } from "./needs.ts";

/** A value that comes before the file: from the environment, the command line, or the machine's policy. */
export interface Override {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly source: "env" | "flag" | "machine";
  /** The variable, the flag, or the place of the policy, as a person would look for it. */
  readonly origin: string;
}

/** A deep copy of `value` with the overrides set, in their order. Values that are no objects where a key is to be set stay. */
export function applyOverrides(value: unknown, overrides: readonly Override[]): unknown {
  return overrides.reduce((result, override) => setAt(result, override.path, override.value), value);
}

/** A copy of `target` with `value` at `path`, keys in their order; objects on the way are made, anything else in the way is left alone. */
export function setAt(target: unknown, path: readonly string[], value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (target !== undefined && !isRecord(target)) return target;
  const entries = Object.entries(target ?? {});
  const known = entries.findIndex(([name]) => name === key);
  const inner: [string, unknown] = [key, setAt(entries[known]?.[1], rest, value)];
  // Built from entries, because assigning to a key called __proto__ would set no key at all.
  return Object.fromEntries(known < 0 ? [...entries, inner] : entries.with(known, inner));
}

/** The override that decides the value at `path`, or one inside it: the last one given. */
export function overrideOf(path: readonly PropertyKey[], overrides: readonly Override[]): Override | undefined {
  return overrides.findLast((override) => {
    const shorter = Math.min(path.length, override.path.length);
    return override.path.slice(0, shorter).every((part, index) => part === path[index]);
  });
}
