import { dirname, isAbsolute, resolve } from "node:path";
import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import { phrasesBeside } from "./assist-section.ts";
import type { Config } from "./complete-config.ts";
import { completeConfig } from "./complete-config.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { configFileSchema } from "./config-schema.ts";
import { secretValues } from "./describe-value.ts";
import type { Environment } from "./environment.ts";
import { environmentOverrides } from "./environment.ts";
import { freeze } from "./freeze.ts";
import { readJson } from "./json-text.ts";
import { layMachine } from "./machine-layer.ts";
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
  /** What IT has set that is wrong together with what else stands, so that it is not in force. */
  readonly contradictions: readonly ConfigProblem[];
  /** Agent assist is held back, because what IT has set takes an agent's id that nobody gave; null: it is not. */
  readonly agentWanted: ConfigProblem | null;
}

/**
 * File, environment, flags and the machine's policy made into one frozen, complete value: the policy comes before a flag, a
 * flag before the environment, the environment before the file (contract 0). On failure every problem at once, each with its
 * path, what was found and what is allowed; what IT has set is never the reason.
 */
export function loadConfig(parts: ConfigParts): Result<LoadedConfig, readonly ConfigProblem[]> {
  const origin = parts.file?.path;
  const document = parts.file === null ? ok({ value: {}, places: new Map() }) : readJson(parts.file.text);
  if (!document.ok) return err([{ ...document.error, source: "file", ...(origin === undefined ? {} : { origin }) }]);

  const withFlags = applyOverrides(document.value.value, parts.flags);
  const before = [...environmentOverrides(parts.env, withFlags), ...parts.flags];
  const standing = applyOverrides(document.value.value, before);
  const machine = parts.machine ?? noRules;
  const layer = layMachine(standing, machineOverrides(machine, standing));
  const overrides = [...before, ...layer.overrides];
  const raw = applyOverrides(standing, layer.overrides);
  const report = createReport({ raw, overrides, document: document.value, origin, secrets: secretValues(parts.env) });
  const parsed = configFileSchema.safeParse(raw);
  const agent = lacksAgent(raw) ? agentWanted(standing, layer.overrides) : null;
  if (!parsed.success || agent?.by === "person") {
    return err([...(parsed.error?.issues.flatMap(report.issue) ?? []), ...(agent?.by === "person" ? [report.agent()] : [])]);
  }

  const absolute = (path: string, key: string): string => {
    const decided = overrideOf(key.split("."), overrides);
    const base = decided?.source === "flag" || parts.file === null ? parts.cwd : dirname(parts.file.path);
    return isAbsolute(path) ? path : resolve(base, path);
  };
  const { assist, ...others } = parsed.data;
  const caFile = overrideOf(["network", "caFile"], overrides);
  const ports = {
    dataFolder: parts.dataFolder,
    absolute,
    phrases: assist ?? phrasesBeside(phraseRules(machine)),
    caFileBy: caFile?.source === "machine" ? caFile.origin : undefined,
  };
  // Whoever is at a desk for one agent must not take everybody's interactions: agent assist waits for the id.
  const config = completeConfig(agent === null ? parsed.data : others, ports);
  const contradictions = layer.contradictions.flatMap(({ issues, setAside }) => issues.flatMap(report.issue).map((problem) => told(problem, setAside)));
  const { path, found, allowed } = report.agent();
  return ok({
    config: freeze(config),
    overrides,
    contradictions,
    agentWanted: agent === null ? null : { path, found, allowed: `${allowed}; agent assist is off until it is given`, source: "machine", origin: agent.origin },
  });
}

/** A contradiction as IT's, whatever the file says there, with what does not hold because of it. */
function told({ path, found, allowed }: ConfigProblem, setAside: readonly Override[]): ConfigProblem {
  const keys = setAside.map((one) => one.path.join(".")).join(", ");
  return { path, found, allowed: `${allowed}; without effect until then: ${keys}`, source: "machine", ...(setAside[0] === undefined ? {} : { origin: setAside[0].origin }) };
}

/** Role `agent` needs to know whose interactions to take (contract 2.1). */
function lacksAgent(raw: unknown): boolean {
  const isAgent = valueAt(raw, ["panel", "role"]) === "agent";
  return isAgent && isRecord(valueAt(raw, ["assist"])) && valueAt(raw, ["assist", "agentId"]) === undefined;
}

/** Whose doing it is that an agent's id is needed: IT's where it gave the role, or the system that needs it. */
function agentWanted(standing: unknown, machine: readonly Override[]): { readonly by: "person" } | { readonly by: "machine"; readonly origin: string } {
  const role = overrideOf(["panel", "role"], machine);
  const by = role ?? (lacksAgent(standing) ? undefined : overrideOf(["assist"], machine));
  return by === undefined ? { by: "person" } : { by: "machine", origin: by.origin };
}

/** What IT says of phrases; each by itself is good. */
function phraseRules({ rules }: MachineRules): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    rules.flatMap((rule) => {
      const [section, key] = rule.path;
      return rule.kind === "set" && section === "assist" && (key === "prohibitedPhrases" || key === "phraseList") ? [[key, rule.value]] : [];
    }),
  );
}
