import { dirname, isAbsolute, resolve } from "node:path";
import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import type { Config } from "./complete-config.ts";
import { completeConfig } from "./complete-config.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { configFileSchema } from "./config-schema.ts";
import { secretValues } from "./describe-value.ts";
import type { Environment } from "./environment.ts";
import { environmentOverrides } from "./environment.ts";
import { freeze } from "./freeze.ts";
import { readJson } from "./json-text.ts";
import type { MachineRules } from "./machine-rules.ts";
import { machineOverrides, noRules } from "./machine-rules.ts";
import { isRecord } from "./needs.ts";
import type { Override } from "./overrides.ts";
import { applyOverrides, overrideOf } from "./overrides.ts";
import { createReport, valueAt } from "./problem-report.ts";

/** Everything that a configuration is made of. */
export interface ConfigParts {
  /** The file's path and text; null where there is no file. */
  readonly file: { readonly path: string; readonly text: string } | null;
  readonly env: Environment;
  /** The values of the command line, see `flagOverrides`. */
  readonly flags: readonly Override[];
  /** What IT sets for this machine; nothing unless given. */
  readonly machine?: MachineRules;
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
 * File, environment, flags and the machine's policy made into one frozen, complete value: the policy comes before a flag, a
 * flag before the environment, the environment before the file (contract 0). On failure every problem at once, each with its path, what was found and what is allowed.
 */
export function loadConfig(parts: ConfigParts): Result<LoadedConfig, readonly ConfigProblem[]> {
  const origin = parts.file?.path;
  const document = parts.file === null ? ok({ value: {}, places: new Map() }) : readJson(parts.file.text);
  if (!document.ok) return err([{ ...document.error, source: "file", ...(origin === undefined ? {} : { origin }) }]);

  const withFlags = applyOverrides(document.value.value, parts.flags);
  const before = [...environmentOverrides(parts.env, withFlags), ...parts.flags];
  const standing = applyOverrides(document.value.value, before);
  const overrides = [...before, ...machineOverrides(parts.machine ?? noRules, standing)];
  const raw = applyOverrides(standing, overrides.slice(before.length));
  const parsed = configFileSchema.safeParse(raw);
  if (!parsed.success || lacksAgent(raw)) {
    const report = createReport({ raw, overrides, document: document.value, origin, secrets: secretValues(parts.env) });
    return err([...(parsed.error?.issues.flatMap(report.issue) ?? []), ...(lacksAgent(raw) ? [report.agent()] : [])]);
  }

  const absolute = (path: string, key: string): string => {
    const decided = overrideOf(key.split("."), overrides);
    const base = decided?.source === "flag" || parts.file === null ? parts.cwd : dirname(parts.file.path);
    return isAbsolute(path) ? path : resolve(base, path);
  };
  return ok({ config: freeze(completeConfig(parsed.data, { dataFolder: parts.dataFolder, absolute })), overrides });
}

/** Role `agent` needs to know whose interactions to take (contract 2.1). */
function lacksAgent(raw: unknown): boolean {
  const isAgent = valueAt(raw, ["panel", "role"]) === "agent";
  return isAgent && isRecord(valueAt(raw, ["assist"])) && valueAt(raw, ["assist", "agentId"]) === undefined;
}
