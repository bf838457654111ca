/** JSON as engines of today parse it: a reviver is told the text that a number was read from. */
interface SourceAwareJson {
  parse(text: string, reviver?: (key: string, value: unknown, context?: { readonly source?: string }) => unknown): unknown;
}

const json: SourceAwareJson = JSON;

/** A run of digits that may be larger than a number can hold exactly. */
const LONG_NUMBER = /[:[,\s]-?\d{16}/;

/**
 * `JSON.parse`, but whole numbers too large to be exact are given as the text that they were written as, where they are
 * members named in `names`: two ids of 20 digits must not become one. Throws as `JSON.parse` does.
 */
export function parseExact(text: string, names: ReadonlySet<string>): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  return json.parse(text, (key, value, context) => {
    if (typeof value !== "number" || Number.isSafeInteger(value) || !names.has(key)) return value;
    const source = context?.source ?? "";
    return /^-?\d+$/.test(source) ? source : value;
  });
}
