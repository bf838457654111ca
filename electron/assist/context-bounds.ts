/** Plain JSON data, as `JSON.parse` makes it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** No platform's context is deeper; code behind this one may walk it recursively. */
export const MAX_CONTEXT_DEPTH = 32;
/** Values of all kinds, over all levels. */
const MAX_CONTEXT_VALUES = 10_000;

/** An object of JSON: not null, not a list. */
export function isPlainObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Whether a context stays within its bounds. Walks with a stack of its own, so depth costs nothing but the answer.
 * Members named `__proto__` (which `JSON.parse` makes as plain ones) are taken out on the way: whoever copies a
 * context by assignment must not be able to change a prototype with it.
 */
export function measureContext(context: JsonObject): "within" | "too deep" | "too large" {
  let level: object[] = [context];
  let values = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > MAX_CONTEXT_DEPTH) return "too deep";
    const next: object[] = [];
    for (const one of level) {
      if (Object.hasOwn(one, "__proto__")) Reflect.deleteProperty(one, "__proto__");
      for (const value of Array.isArray(one) ? one : Object.values(one)) {
        values += 1;
        if (values > MAX_CONTEXT_VALUES) return "too large";
        if (typeof value === "object" && value !== null) next.push(value);
      }
    }
    level = next;
  }
  return "within";
}
