import { jsonContent } from "./import-openapi-body.ts";
import { typeOf } from "./import-openapi-example.ts";
import type { ApiOperation } from "./import-openapi-operations.ts";
import { child, keyed, listed, type Located, resolveRef } from "./import-openapi-source.ts";

/** Keys under which services commonly put what was asked for, the outer ones first. */
const WRAPPERS = ["data", "result", "results", "items", "records", "entries", "content", "payload", "response", "hits", "rows", "value", "values"] as const;
const MAX_STEPS = 3;
const MAX_PARTS = 50;

/** A JMESPath to what the reply is about, by its schema: `data.items`. Null where the reply itself seems to be it. */
export function suggestExtract(root: Located, { at }: ApiOperation): string | null {
  const responses = child(at, "responses");
  for (const status of ["200", "201", "2XX"]) {
    const response = resolveRef(root, child(responses, status));
    const media = response.ok ? jsonContent(child(response.value, "content")) : null;
    if (media !== null) return pathInto(root, child(media, "schema"));
  }
  return null;
}

function pathInto(root: Located, schema: Located): string | null {
  const steps: string[] = [];
  let here = schema;
  while (steps.length < MAX_STEPS) {
    const inner = propertiesOf(root, here, MAX_PARTS);
    const name = wrapperOf(inner.map(([key]) => key));
    const next = inner.find(([key]) => key === name)?.[1];
    const target = next === undefined ? null : resolveRef(root, next);
    if (name === null || target === null || !target.ok || !isComposite(target.value)) break;
    steps.push(/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name));
    here = target.value;
  }
  return steps.length === 0 ? null : steps.join(".");
}

/** The only property, or the first that commonly wraps others. */
function wrapperOf(names: readonly string[]): string | null {
  if (names.length === 1) return names[0] ?? null;
  return WRAPPERS.find((wrapper) => names.includes(wrapper)) ?? null;
}

/** The properties of a schema and of all that it is composed of; `parts` bounds how far that is followed. */
function propertiesOf(root: Located, given: Located, parts: number): readonly (readonly [string, Located])[] {
  const schema = resolveRef(root, given);
  if (!schema.ok || parts <= 0) return [];
  const composed = listed(child(schema.value, "allOf"));
  return [...keyed(child(schema.value, "properties")), ...composed.flatMap((part) => propertiesOf(root, part, Math.floor(parts / (composed.length + 1))))];
}

function isComposite(schema: Located): boolean {
  const type = typeOf(schema);
  return type === "object" || type === "array" || child(schema, "allOf").value !== undefined;
}
