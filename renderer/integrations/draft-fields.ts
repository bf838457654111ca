import type { JsonValue } from "../../shared/integration.ts";
import type { Draft } from "../../shared/integration-view.ts";

type JsonMap = { [key: string]: JsonValue };

export function isMap(value: JsonValue | undefined): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stands at a path of a draft; undefined where nothing does. Only what is the draft's own is found. */
export function fieldAt(draft: Draft, path: readonly string[]): JsonValue | undefined {
  let at: JsonValue | undefined = draft;
  for (const step of path) at = isMap(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  return at;
}

/** The draft with another value at a path; undefined takes it away. What is no map on the way there becomes one. */
export function withField(draft: Draft, path: readonly string[], value: JsonValue | undefined): Draft {
  const [step, ...rest] = path;
  if (step === undefined) return draft;
  if (rest.length === 0) return value === undefined ? without(draft, step) : { ...draft, [step]: value };
  const inner = fieldAt(draft, [step]);
  return { ...draft, [step]: withField(isMap(inner) ? inner : {}, rest, value) };
}

function without(map: JsonMap, key: string): JsonMap {
  return Object.fromEntries(Object.entries(map).filter(([name]) => name !== key));
}

/** The map with the pairs that are given, in their order; a later pair of the same name takes the place of an earlier one. */
export function mapOf(pairs: readonly (readonly [name: string, value: JsonValue])[]): JsonMap {
  return Object.fromEntries(pairs);
}
