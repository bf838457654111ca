import { configJsonSchema } from "./json-schema.ts";
import { schemaNode } from "./describe-value.ts";
import type { LooseValue } from "./machine-reading.ts";

/** A registry writes lists also as values that are named 1, 2, 3 in a key of the list's name. */
const NUMBERED = /^\d{1,6}$/;

/** One key of the configuration with its value as JSON would have it. */
export interface NamedValue {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Single values as the configuration's schema means them: 0 and 1 where it takes true or false, JSON in texts where it
 * takes no text, numbered entries as one list in their order. What does not fit stays as it is, and is refused later.
 */
export function namedValues(values: readonly LooseValue[]): readonly NamedValue[] {
  const schema = configJsonSchema();
  const typeAt = (path: readonly string[]): string | undefined => schemaNode(schema, path)?.type;
  const single: NamedValue[] = [];
  const lists = new Map<string, { readonly path: readonly string[]; readonly entries: (readonly [place: number, entry: unknown])[] }>();
  for (const { path, value } of values) {
    const parent = path.slice(0, -1);
    const last = path.at(-1) ?? "";
    if (!NUMBERED.test(last) || typeAt(parent) !== "array") {
      single.push({ path, value: meant(value, typeAt(path)) });
      continue;
    }
    const name = parent.join(".");
    const list = lists.get(name) ?? { path: parent, entries: [] };
    lists.set(name, list);
    list.entries.push([Number(last), value]);
  }
  const gathered = [...lists.values()].map(({ path, entries }) => ({
    path,
    value: entries.toSorted(([a], [b]) => a - b).map(([, entry]) => entry),
  }));
  return [...single, ...gathered];
}

function meant(value: LooseValue["value"], type: string | undefined): unknown {
  if (type === "boolean" && (value === 0 || value === 1)) return value === 1;
  if (typeof value !== "string" || type === "string") return value;
  try {
    const read: unknown = JSON.parse(value);
    return read;
  } catch {
    return value;
  }
}
