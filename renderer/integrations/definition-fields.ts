import type { JsonValue } from "../../shared/integration.ts";
import type { Draft } from "../../shared/integration-view.ts";
import { fieldAt, isMap } from "./draft-fields.ts";

/**
 * The fields of a definition in their order, with what holds where nothing is written (shared/integration.ts, which the
 * page does not load; a test holds the two together). Null: it has to be written.
 */
export const fieldDefaults = {
  name: null,
  description: "A REST service that the bot asks.",
  status: "ACTIVE",
  bot_id: null,
  "config.url": null,
  "config.method": "POST",
  "config.auth_type": "bearer",
  "config.auth_header_name": "Authorization",
  "config.headers": {},
  "config.request_mapping": {},
  "config.response_mapping.extract": "*",
  "config.response_mapping.normalize": "none",
  "config.timeout_seconds": 30,
  "config.secret": "EXTERNAL_API_KEY",
} as const satisfies Readonly<Record<string, JsonValue>>;

export type FieldName = keyof typeof fieldDefaults;

/** What can be chosen. */
export const fieldChoices = {
  status: ["ACTIVE", "INACTIVE"],
  "config.method": ["GET", "POST", "PUT", "PATCH", "DELETE"],
  "config.auth_type": ["bearer", "api_key", "basic", "none"],
  "config.response_mapping.normalize": ["none", "flatten", "map_keys"],
} as const satisfies Readonly<Partial<Record<FieldName, readonly string[]>>>;

/** The registry trims these. */
const TRIMMED: ReadonlySet<string> = new Set(["name", "bot_id", "config.url"]);

const names = Object.entries(fieldDefaults);

export function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(fieldDefaults, name);
}

/** The field that a problem is shown at: the one that its path names or leads into; null where it concerns the whole. */
export function fieldOfProblem(path: string): FieldName | null {
  if (isFieldName(path)) return path;
  const end = Math.max(path.lastIndexOf("."), path.lastIndexOf("["));
  return end <= 0 ? null : fieldOfProblem(path.slice(0, end));
}

/** The id of a field's control on the page. */
export function fieldId(name: FieldName): string {
  return `int-${name.replaceAll(/[._]/gu, "-")}`;
}

/** What is written in a field, or what holds without it. */
export function valueOf(draft: Draft, name: FieldName): JsonValue {
  return fieldAt(draft, name.split(".")) ?? fieldDefaults[name];
}

/** The same as text, for a field that takes text. */
export function textOf(draft: Draft, name: FieldName): string {
  const value = valueOf(draft, name);
  if (value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A draft as it would be registered: in the order of the schema, with all that holds by default. What is unknown comes last. */
export function withDefaults(draft: Draft): Draft {
  const full: Record<string, JsonValue> = {};
  for (const [name, otherwise] of names) {
    const written = fieldAt(draft, name.split("."));
    const value = written ?? otherwise;
    if (value === null) continue;
    put(full, name.split("."), typeof value === "string" && TRIMMED.has(name) ? value.trim() : value);
  }
  return withRest(full, draft);
}

function put(into: Record<string, JsonValue>, [step = "", ...rest]: readonly string[], value: JsonValue): void {
  if (rest.length === 0) {
    into[step] = value;
    return;
  }
  const there = into[step];
  const inner: Record<string, JsonValue> = isMap(there) ? there : {};
  into[step] = inner;
  put(inner, rest, value);
}

function withRest(full: Draft, written: Draft): Draft {
  const rest = Object.entries(written).map(([key, value]): readonly [string, JsonValue] => {
    const known = full[key];
    if (known === undefined) return [key, value];
    return [key, isMap(known) && isMap(value) && key !== "headers" && key !== "request_mapping" ? withRest(known, value) : known];
  });
  return { ...full, ...Object.fromEntries(rest) };
}
