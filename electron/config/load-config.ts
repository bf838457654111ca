import { dirname, isAbsolute, resolve } from "node:path";
import type { z } from "zod";
import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import type { Config } from "./complete-config.ts";
import { completeConfig } from "./complete-config.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { formatPath } from "./format-path.ts";
import { configFileSchema } from "./config-schema.ts";
import { describeAllowed, describeFound, schemaNode, secretValues } from "./describe-value.ts";
import type { Environment } from "./environment.ts";
import { environmentOverrides } from "./environment.ts";
import { freeze } from "./freeze.ts";
import type { JsonDocument, JsonPlace } from "./json-text.ts";
import { readJson } from "./json-text.ts";
import { configJsonSchema } from "./json-schema.ts";
import { nearestKey } from "../../shared/nearest-key.ts";
import { isRecord } from "./needs.ts";
import type { Override } from "./overrides.ts";
import { applyOverrides, overrideOf } from "./overrides.ts";

/** Everything that a configuration is made of. */
export interface ConfigParts {
  /** The file's path and text; null where there is no file. */
  readonly file: { readonly path: string; readonly text: string } | null;
  readonly env: Environment;
  /** The values of the command line, see `flagOverrides`. */
  readonly flags: readonly Override[];
  /** The folder of the user's own data. */
  readonly dataFolder: string;
  /** Where the person stands: relative paths in flags start here, those in the file start at the file's folder. */
  readonly cwd: string;
}

/** A configuration with the values that come before the file's. */
export interface LoadedConfig {
  readonly config: Config;
  readonly overrides: readonly Override[];
}

/**
 * File, environment and flags made into one frozen, complete value; a flag comes before the environment, the environment
 * before the file (contract 0). On failure every problem at once, each with its path, what was found and what is allowed.
 */
export function loadConfig(parts: ConfigParts): Result<LoadedConfig, readonly ConfigProblem[]> {
  const origin = parts.file?.path;
  const document = parts.file === null ? ok({ value: {}, places: new Map() }) : readJson(parts.file.text);
  if (!document.ok) return err([{ ...document.error, source: "file", ...(origin === undefined ? {} : { origin }) }]);

  const withFlags = applyOverrides(document.value.value, parts.flags);
  const overrides = [...environmentOverrides(parts.env, withFlags), ...parts.flags];
  const raw = applyOverrides(document.value.value, overrides);
  const parsed = configFileSchema.safeParse(raw);
  if (!parsed.success || lacksAgent(raw)) {
    const report = createReport({ raw, overrides, document: document.value, origin, secrets: secretValues(parts.env) });
    return err([...(parsed.error?.issues.flatMap(report.issue) ?? []), ...(lacksAgent(raw) ? [report.agent()] : [])]);
  }

  const absolute = (path: string, key: string): string => {
    const fromFlag = overrideOf(key.split("."), parts.flags) !== undefined;
    const base = fromFlag || parts.file === null ? parts.cwd : dirname(parts.file.path);
    return isAbsolute(path) ? path : resolve(base, path);
  };
  return ok({ config: freeze(completeConfig(parsed.data, { dataFolder: parts.dataFolder, absolute })), overrides });
}

interface ReportParts {
  readonly raw: unknown;
  readonly overrides: readonly Override[];
  readonly document: JsonDocument;
  readonly origin: string | undefined;
  readonly secrets: readonly string[];
}

function createReport({ raw, overrides, document, origin, secrets }: ReportParts) {
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

  const agent = (): ConfigProblem =>
    problem(["assist", "agentId"], "nothing", "the id of the agent at this desk, because panel.role is agent");

  return { issue, agent };
}

/** Role `agent` needs to know whose interactions to take (contract 2.1). */
function lacksAgent(raw: unknown): boolean {
  const isAgent = valueAt(raw, ["panel", "role"]) === "agent";
  return isAgent && isRecord(valueAt(raw, ["assist"])) && valueAt(raw, ["assist", "agentId"]) === undefined;
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

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, step) => {
    if (Array.isArray(inner)) return typeof step === "number" ? inner[step] : undefined;
    return isRecord(inner) && typeof step === "string" && Object.hasOwn(inner, step) ? inner[step] : undefined;
  }, value);
}
