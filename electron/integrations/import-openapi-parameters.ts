import type { JsonValue } from "../../shared/integration.ts";
import { whyOurHeader } from "./definition-headers.ts";
import { isSecretHeader } from "./definition-secrets.ts";
import type { ImportedAuth } from "./import-draft.ts";
import { givenExample, schemaExample } from "./import-openapi-example.ts";
import type { ApiOperation } from "./import-openapi-operations.ts";
import { child, type Findings, isLocatedMap, listed, type Located, type LocatedMap, resolved, textAt } from "./import-openapi-source.ts";

export interface Parameters {
  /** Values of places in the path, by name, as they are written there. */
  readonly places: ReadonlyMap<string, string>;
  /** Parts of the query: `name=value`. */
  readonly query: readonly string[];
  readonly headers: ReadonlyMap<string, string>;
  /** A header that is required and holds credentials. */
  readonly auth: ImportedAuth | null;
  /** Names of path parameters that have no value, of which a problem was told. */
  readonly unfilled: ReadonlySet<string>;
}

const MAX_NAMED = 20;

/** These are set by other means, whatever a document says of them. */
const IGNORED_HEADERS: ReadonlySet<string> = new Set(["accept", "content-type", "authorization"]);

/**
 * Puts the parameters of an operation, and those of its path, in their places: required ones with the values of their
 * examples and defaults, since nothing else fills them in. Optional ones are left out, with a note.
 */
export function readParameters(root: Located, operation: ApiOperation, findings: Findings): Parameters {
  const places = new Map<string, string>();
  const query: string[] = [];
  const headers = new Map<string, string>();
  const unfilled = new Set<string>();
  const optional: string[] = [];
  let auth: ImportedAuth | null = null;

  for (const parameter of allParameters(root, operation, findings)) {
    const name = textAt(child(parameter, "name")) ?? "";
    const where = textAt(child(parameter, "in")) ?? "";
    const refuse = (message: string): void => {
      findings.problems.push({ path: parameter.path, spot: "value", message });
      if (where === "path") unfilled.add(name);
    };
    if (where !== "path" && child(parameter, "required").value !== true) {
      if (!(where === "header" && IGNORED_HEADERS.has(name.toLowerCase()))) optional.push(name);
      continue;
    }
    if (where === "header" && IGNORED_HEADERS.has(name.toLowerCase())) continue;
    if (where === "header" && isSecretHeader(name)) {
      auth ??= { type: "api_key", header: name, of: `the value of the header ${name}` };
      continue;
    }
    if (where === "header" && whyOurHeader(name) !== null) {
      findings.notes.push(`Left out: the header ${name}, since ${whyOurHeader(name) ?? ""}.`);
      continue;
    }
    if (where !== "path" && where !== "query" && where !== "header") {
      refuse(`found the required parameter ${name} in ${where === "" ? "no place" : where}; allowed: in path, query or header`);
      continue;
    }
    const value = givenExample(root, parameter) ?? schemaExample(root, child(parameter, "schema"));
    if (value === undefined) {
      refuse(`found the required parameter ${name} (in ${where}) without a value, and nothing fills it in later; allowed: one with an example or a default`);
      continue;
    }
    const texts = partsOf(value, parameter);
    if (texts === null) {
      refuse(`found the required parameter ${name} (in ${where}) with a value or a style that cannot be written; allowed: a single value or a list, in style simple or form`);
      continue;
    }
    findings.notes.push(`The parameter ${name} (in ${where}) is always ${JSON.stringify(value).slice(0, 100)}.`);
    if (where === "path") places.set(name, texts.map(encodeURIComponent).join(","));
    else if (where === "header") headers.set(name, texts.join(","));
    else query.push(...queryOf(name, texts, parameter));
  }
  if (optional.length > 0) findings.notes.push(`Left out: the optional parameters ${optional.slice(0, MAX_NAMED).join(", ")}${optional.length > MAX_NAMED ? " …" : ""}.`);
  return { places, query, headers, auth, unfilled };
}

/** An operation's own parameter comes before that of its path. */
function allParameters(root: Located, { at, item }: ApiOperation, findings: Findings): readonly LocatedMap[] {
  const found = new Map<string, LocatedMap>();
  for (const given of [...listed(child(item, "parameters")), ...listed(child(at, "parameters"))]) {
    const parameter = resolved(root, given, findings);
    if (parameter === null || !isLocatedMap(parameter)) continue;
    found.set(`${textAt(child(parameter, "in")) ?? ""} ${textAt(child(parameter, "name")) ?? ""}`, parameter);
  }
  return [...found.values()];
}

/** The texts of a single value or a list; null for what has no plain form. */
function partsOf(value: JsonValue, parameter: Located): readonly string[] | null {
  const style = textAt(child(parameter, "style"));
  if (style !== null && style !== "simple" && style !== "form") return null;
  const list = Array.isArray(value) ? value : [value];
  return list.every((one) => typeof one === "string" || typeof one === "number" || typeof one === "boolean") ? list.map(String) : null;
}

/** A list is the name over and over, or one text with commas where `explode` is false. */
function queryOf(name: string, texts: readonly string[], parameter: Located): readonly string[] {
  const key = encodeURIComponent(name);
  const values = texts.map(encodeURIComponent);
  return child(parameter, "explode").value === false ? [`${key}=${values.join(",")}`] : values.map((one) => `${key}=${one}`);
}
