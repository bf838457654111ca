import { posix, win32 } from "node:path";
import { configFileSchema } from "./config-schema.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { schemaNode, describeFound } from "./describe-value.ts";
import { configJsonSchema } from "./json-schema.ts";
import type { NamedValue } from "./machine-values.ts";
import { isRecord } from "./needs.ts";
import type { Override } from "./overrides.ts";
import { applyOverrides } from "./overrides.ts";
import { createReport } from "./problem-report.ts";

/** Objects within a section whose keys are settings of their own; any other object is one value. */
const SPLIT: ReadonlySet<string> = new Set(["assist.cache", "desktop.shortcuts", "history.export"]);
/** Where a relative path would be found is up to whoever starts the program. */
const PATHS: ReadonlySet<string> = new Set([
  "network.caFile",
  "audit.directory",
  "history.export.folder",
  "history.teamFolder",
  "telemetry.metricsFile",
  "telemetry.openMetricsFile",
  "bridge.stateDirectory",
]);

/** A part of the configuration as single settings. An object without keys stays one, and is refused as such. */
export function leavesOf(settings: unknown, path: readonly string[] = []): readonly NamedValue[] {
  const splits = path.length < 2 || SPLIT.has(path.join("."));
  if (!splits || !isRecord(settings) || Object.keys(settings).length === 0) return [{ path, value: settings }];
  return Object.entries(settings).flatMap(([key, value]) => leavesOf(value, [...path, key]));
}

/** Whether the configuration has such a key. */
export function isKnown(path: readonly string[]): boolean {
  return path[0] !== "$schema" && schemaNode(configJsonSchema(), path) !== null;
}

/** What is wrong with one setting by itself, whatever stands around it; none: it can be taken. */
export function leafProblems({ path, value }: NamedValue, origin: string): readonly ConfigProblem[] {
  const override: Override = { path, value, source: "machine", origin };
  const raw = applyOverrides({}, [override]);
  const own = (found: string, allowed: string): readonly ConfigProblem[] => [{ path: path.join("."), found, allowed, source: "machine", origin }];
  if (path[0] === "$schema") return own("an unknown key", "a section of the configuration");
  if (path.length < 2 && isRecord(value)) return own("an object without keys", "the keys that are to be set");
  const parsed = configFileSchema.safeParse(raw);
  if (!parsed.success) {
    const report = createReport({ raw, overrides: [override], document: { value: raw, places: new Map() }, origin: undefined, secrets: [] });
    const concerning = parsed.error.issues.filter((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.some((key) => within([...issue.path, key], path) || within(path, [...issue.path, key]))
        : within(issue.path, path),
    );
    if (concerning.length > 0) return concerning.flatMap(report.issue);
  }
  const isPath = PATHS.has(path.join(".")) && typeof value === "string";
  if (isPath && !posix.isAbsolute(value) && !win32.isAbsolute(value)) return own(describeFound(value, []), "an absolute path");
  return [];
}

/** Whether an issue at `at` speaks of the setting at `path`: of it or of something in it, not of what is missing beside it. */
function within(at: readonly PropertyKey[], path: readonly PropertyKey[]): boolean {
  return path.every((part, index) => index >= at.length ? false : at[index] === part);
}
