import type { z } from "zod";
import { nearestKey } from "../../shared/nearest-key.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { describeAllowed, describeFound, NOTHING, schemaNode } from "./describe-value.ts";
import { formatPath } from "./format-path.ts";
import { configJsonSchema } from "./json-schema.ts";
import type { JsonDocument, JsonPlace } from "./json-text.ts";
import { isRecord } from "./needs.ts";
import type { Override } from "./overrides.ts";
import { overrideOf } from "./overrides.ts";

/** What was refused, and where its values came from. `secrets` are never repeated. */
interface ReportParts {
  readonly raw: unknown;
  readonly overrides: readonly Override[];
  readonly document: JsonDocument;
  readonly origin: string | undefined;
  readonly secrets: readonly string[];
}

/** Says what a schema refused in words: each problem with its place, what was found there and what is allowed. */
export function createReport({ raw, overrides, document, origin, secrets }: ReportParts) {
  const schema = configJsonSchema();

  const problem = (path: readonly PropertyKey[], found: string, allowed: string): ConfigProblem => {
    const name = formatPath(path);
    const override = overrideOf(path, overrides);
    const place = placeOf(document, path);
    // An override deeper down speaks for this path only where the file does not have it.
    if (override !== undefined && (override.path.length <= path.length || place.steps < path.length)) {
      return { path: name, found, allowed, source: override.source, origin: override.origin };
    }
    if (origin === undefined) return { path: name, found, allowed };
    return { path: name, found, allowed, source: "file", origin, ...(place.at === undefined ? {} : { place: place.at }) };
  };

  const unknownKey = (path: readonly PropertyKey[], key: string): ConfigProblem => {
    const known = Object.keys(schemaNode(schema, path)?.properties ?? {}).filter((one) => one !== "$schema");
    const near = nearestKey(key, known);
    const elsewhere = near === null ? nearInOtherSections(schema, key) : null;
    const meant = near === null ? elsewhere : formatPath([...path, near]);
    const hint = meant === null ? "" : `did you mean ${meant}? `;
    return problem([...path, key], "an unknown key", `${hint}known here: ${known.join(", ")}`);
  };

  const issue = (one: z.core.$ZodIssue): readonly ConfigProblem[] => {
    if (one.code === "unrecognized_keys") return one.keys.map((key) => unknownKey(one.path, key));
    if (one.code === "invalid_union") {
      const branch = one.errors.find((errors) => errors.every((error) => error.path.length > 0 || error.code !== "invalid_type"));
      if (branch !== undefined) return branch.flatMap((inner) => issue({ ...inner, path: [...one.path, ...inner.path] }));
    }
    const node = schemaNode(schema, one.path);
    const allowed = one.code === "custom" || node === null ? one.message : describeAllowed(node);
    return [problem(one.path, describeFound(valueAt(raw, one.path), secrets), allowed)];
  };

  const agent = (): ConfigProblem => {
    const isSet = overrideOf(["panel", "role"], overrides)?.source === "machine";
    return problem(["assist", "agentId"], NOTHING, `the id of the agent at this desk, because ${isSet ? "IT has set panel.role to agent" : "panel.role is agent"}`);
  };

  return { issue, agent };
}

/** Where a path stands in the file, or else the nearest thing around it that does. */
function placeOf(document: JsonDocument, path: readonly PropertyKey[]): { readonly at: JsonPlace | undefined; readonly steps: number } {
  for (let steps = path.length; steps > 0; steps -= 1) {
    const at = document.places.get(formatPath(path.slice(0, steps)));
    if (at !== undefined) return { at, steps };
  }
  return { at: undefined, steps: 0 };
}

function nearInOtherSections(schema: unknown, key: string): string | null {
  const sections = schemaNode(schema, [])?.properties ?? {};
  for (const section of Object.keys(sections)) {
    const near = nearestKey(key, Object.keys(schemaNode(schema, [section])?.properties ?? {}));
    if (near !== null) return `${section}.${near}`;
  }
  return null;
}

/** The value at `path`, or undefined where nothing stands there. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return typeof step === "number" ? inner[step] : undefined;
    return isRecord(inner) && typeof step === "string" && Object.hasOwn(inner, step) ? inner[step] : undefined;
  }, value);
}
