import { z } from "zod";
import type { JsonValue } from "../../shared/integration.ts";
import { child, type Findings, isLocatedMap, keyed, listed, type Located, resolveRef } from "./import-openapi-source.ts";

/** Schemas may hold each other without end. */
const MAX_DEPTH = 8;
const MAX_SCHEMAS = 2_000;

const json = z.json();

/** The example that stands beside a schema: `example`, or the first of `examples` that has a value here. */
export function givenExample(root: Located, at: Located): JsonValue | undefined {
  const single = child(at, "example");
  if (single.value !== undefined) return plain(single.value);
  for (const [, example] of keyed(child(at, "examples"))) {
    const target = resolveRef(root, example);
    const value = target.ok ? child(target.value, "value").value : undefined;
    if (value !== undefined) return plain(value);
  }
  return undefined;
}

/** What a schema itself says a value is or may be: const, example, the first of examples, default. */
export function schemaExample(root: Located, given: Located): JsonValue | undefined {
  const schema = resolveRef(root, given);
  if (!schema.ok) return undefined;
  for (const value of [child(schema.value, "const").value, child(schema.value, "example").value, child(child(schema.value, "examples"), 0).value, child(schema.value, "default").value]) {
    if (value !== undefined) return plain(value);
  }
  return undefined;
}

/**
 * A value by a schema: its examples where it has them, else the required properties with empty values, the others only
 * with an example of their own. What cannot be followed is left out, with a note. Undefined: nothing can be said.
 */
export function skeleton(root: Located, schema: Located, findings: Findings): JsonValue | undefined {
  let schemas = 0;

  const build = (given: Located, depth: number): JsonValue | undefined => {
    schemas += 1;
    if (depth > MAX_DEPTH || schemas > MAX_SCHEMAS) return undefined;
    const target = resolveRef(root, given);
    if (!target.ok) {
      findings.notes.push(`Left out: ${target.error.message.split("; allowed: ")[0]?.replace(/^found /, "") ?? ""}.`);
      return undefined;
    }
    const at = target.value;
    const example = schemaExample(root, at);
    if (example !== undefined) return example;
    const choice = child(child(at, "enum"), 0).value;
    if (choice !== undefined) return plain(choice);
    const parts = listed(child(at, "allOf"));
    if (parts.length > 0) return merged([...parts, { ...at, value: without(at.value, "allOf") }], depth);
    for (const key of ["oneOf", "anyOf"]) {
      const first = listed(child(at, key))[0];
      if (first !== undefined) return build(first, depth + 1);
    }
    return byType(at, depth);
  };

  const merged = (parts: readonly Located[], depth: number): JsonValue | undefined => {
    const values = parts.map((part) => build(part, depth + 1)).filter((value) => value !== undefined);
    const maps = values.filter((value) => typeof value === "object" && value !== null && !Array.isArray(value));
    return maps.length === 0 ? values[0] : Object.assign({}, ...maps);
  };

  const byType = (at: Located, depth: number): JsonValue | undefined => {
    switch (typeOf(at)) {
      case "object":
        return properties(at, depth);
      case "array": {
        const least = child(at, "minItems").value;
        const item = typeof least === "number" && least > 0 ? build(child(at, "items"), depth + 1) : undefined;
        return item === undefined ? [] : [item];
      }
      case "string":
        return "";
      case "integer":
      case "number": {
        const least = child(at, "minimum").value;
        return typeof least === "number" ? least : 0;
      }
      case "boolean":
        return false;
      case "null":
        return null;
      case null:
      default:
        return undefined;
    }
  };

  const properties = (at: Located, depth: number): JsonValue => {
    const required = new Set(listed(child(at, "required")).map(({ value }) => value));
    const out = new Map<string, JsonValue>();
    for (const [name, given] of keyed(child(at, "properties"))) {
      schemas += 1;
      if (schemas > MAX_SCHEMAS) break;
      const target = resolveRef(root, given);
      if (target.ok && child(target.value, "readOnly").value === true) continue;
      const value = required.has(name) ? build(given, depth + 1) : schemaExample(root, given);
      if (value !== undefined) out.set(name, value);
    }
    return Object.fromEntries(out);
  };

  return build(schema, 0);
}

/** The type of a schema, of several the first that is not null; by its other keys where it says nothing. */
export function typeOf(schema: Located): string | null {
  const { value } = child(schema, "type");
  if (typeof value === "string") return value;
  if (Array.isArray(value)) {
    const first: unknown = value.find((one) => one !== "null") ?? "null";
    return typeof first === "string" ? first : null;
  }
  if (isLocatedMap(child(schema, "properties"))) return "object";
  return isLocatedMap(child(schema, "items")) ? "array" : null;
}

function without(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).filter(([one]) => one !== key)) : value;
}

function plain(value: unknown): JsonValue | undefined {
  const parsed = json.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
