import type { JsonValue } from "../../shared/simulation.ts";

/** The values of one row of a table of variations, by placeholder. */
export type RowValues = ReadonlyMap<string, string | number | boolean>;

/** Fills the placeholders of one row, and keeps which of them were used, and which were asked for and are not there. */
export interface Filler {
  text(template: string): string;
  value(template: JsonValue): JsonValue;
  readonly used: ReadonlySet<string>;
  readonly missing: ReadonlySet<string>;
}

const PLACEHOLDER = /\{([A-Za-z_]\w*)\}/g;
const ONLY_PLACEHOLDER = /^\{([A-Za-z_]\w*)\}$/;

/** Whether a key can be the name of a placeholder. */
export function isPlaceholderName(key: string): boolean {
  return ONLY_PLACEHOLDER.test(`{${key}}`);
}

/**
 * A filler for one row. `{name}` in a text is replaced by the value of that name; a text that is nothing but `{name}`
 * takes the value as it is, so that numbers stay numbers. What was filled in is not looked at again. Other braces are text.
 */
export function createFiller(values: RowValues): Filler {
  const used = new Set<string>();
  const missing = new Set<string>();

  const take = (name: string): string | number | boolean | null => {
    const value = values.get(name);
    if (value === undefined) missing.add(name);
    else used.add(name);
    return value ?? null;
  };
  const text = (template: string): string => template.replaceAll(PLACEHOLDER, (whole, name: string) => String(take(name) ?? whole));
  const value = (template: JsonValue): JsonValue => {
    if (typeof template === "string") {
      const name = ONLY_PLACEHOLDER.exec(template)?.[1];
      return name === undefined ? text(template) : (take(name) ?? template);
    }
    if (template === null || typeof template !== "object") return template;
    if (isList(template)) return template.map(value);
    return Object.fromEntries(Object.entries(template).map(([key, inner]) => [key, value(inner)]));
  };

  return { text, value, used, missing };
}

/** In YAML `{name}` without quotes is a map with a name and nothing: the names of those, wherever they stand in a value. */
export function unquotedPlaceholders(value: JsonValue): readonly string[] {
  if (value === null || typeof value !== "object") return [];
  if (isList(value)) return value.flatMap(unquotedPlaceholders);
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && only[1] === null && isPlaceholderName(only[0])) return [only[0]];
  return entries.flatMap(([, inner]) => unquotedPlaceholders(inner));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
