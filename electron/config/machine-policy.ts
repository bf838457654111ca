import { isDeepStrictEqual } from "node:util";
import { assertNever } from "../../shared/assert-never.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { describeFound } from "./describe-value.ts";
import { formatPath } from "./format-path.ts";
import type { JsonPlace } from "./json-text.ts";
import { readJson } from "./json-text.ts";
import { isKnown, leafProblems, leavesOf } from "./machine-leaves.ts";
import type { LooseValue, MachineReading } from "./machine-reading.ts";
import type { MachineRule } from "./machine-rules.ts";
import { namedValues, type NamedValue } from "./machine-values.ts";
import { isRecord } from "./needs.ts";

/** The form of a policy that this program understands. */
const POLICY_VERSION = 1;
const ENVELOPE: ReadonlySet<string> = new Set(["$schema", "version", "settings", "reason"]);
const MAX_REASON = 300;

type SetRule = Extract<MachineRule, { readonly kind: "set" }>;
/** A key that IT wants to set to something that cannot be taken. */
type RefusedKey = Omit<SetRule, "kind" | "value">;

/**
 * What one place says. `none`: nothing is set there. `unknown`: something is, but not a word of it can be trusted.
 * `read`: what can be taken, key by key, and what cannot.
 */
export type ReadPolicy =
  | { readonly kind: "none"; readonly origin: string }
  | { readonly kind: "unknown"; readonly origin: string; readonly problem: ConfigProblem }
  | {
      readonly kind: "read";
      readonly origin: string;
      readonly rules: readonly SetRule[];
      readonly refused: readonly RefusedKey[];
      readonly problems: readonly ConfigProblem[];
    };

/** A policy before its settings are looked at. */
interface Envelope {
  readonly settings: readonly NamedValue[];
  readonly reason: unknown;
  readonly problems: readonly ConfigProblem[];
  readonly placeOf: (path: readonly string[]) => JsonPlace | undefined;
}

/**
 * Reads a policy `{version, settings, reason?}`. A mistake in one key leaves the others in force: a slip in one of them
 * must not open what the rest closes. A form that is newer than the program is no such slip: what its keys mean is not
 * known, so nothing of it is taken.
 */
export function readPolicy(reading: MachineReading): ReadPolicy {
  const { origin } = reading;
  switch (reading.kind) {
    case "absent":
      return { kind: "none", origin };
    case "unreadable":
      return { kind: "unknown", origin, problem: problemAt(origin, "", reading.found, reading.allowed) };
    case "text":
      return judged(origin, textEnvelope(origin, reading.text), []);
    case "values": {
      if (reading.text === null && reading.values.length === 0) return { kind: "none", origin };
      const loose = looseEnvelope(origin, reading.values);
      return reading.text === null ? judged(origin, loose, []) : judged(origin, textEnvelope(origin, reading.text), [loose]);
    }
    default:
      return assertNever(reading);
  }
}

function judged(origin: string, main: Envelope | ConfigProblem, beside: readonly (Envelope | ConfigProblem)[]): ReadPolicy {
  const rules: SetRule[] = [];
  const refused: RefusedKey[] = [];
  const problems: ConfigProblem[] = [];
  const seen = new Map<string, unknown>();
  for (const envelope of [main, ...beside]) {
    if (!("settings" in envelope)) return { kind: "unknown", origin, problem: envelope };
    problems.push(...envelope.problems);
    const reasons = readReasons(envelope, origin);
    problems.push(...reasons.problems);
    for (const setting of envelope.settings) {
      const key = setting.path.join(".");
      const rule = { path: setting.path, origin, reason: reasons.of(setting.path) };
      const place = envelope.placeOf(setting.path);
      const found = leafProblems(setting, origin).map((problem) => (place === undefined ? problem : { ...problem, place }));
      const contradicts = seen.has(key) && !isDeepStrictEqual(seen.get(key), setting.value);
      if (contradicts) found.push(problemAt(origin, key, "two different values", "one value for each key"));
      // An unknown section is met with each of its keys, and told once.
      problems.push(...found.filter(({ path }) => !problems.some((other) => other.path === path && isUnknown(other))));
      if (found.length === 0 && !seen.has(key)) rules.push({ kind: "set", ...rule, value: setting.value });
      if (found.length > 0 && isKnown(setting.path)) refused.push(rule);
      seen.set(key, setting.value);
    }
  }
  const refusedKeys = new Set(refused.map(({ path }) => path.join(".")));
  return { kind: "read", origin, rules: rules.filter(({ path }) => !refusedKeys.has(path.join("."))), refused, problems };
}

function textEnvelope(origin: string, text: string): Envelope | ConfigProblem {
  const document = readJson(text);
  if (!document.ok) return { ...document.error, source: "machine", origin };
  const { value, places } = document.value;
  if (!isRecord(value)) return problemAt(origin, "", describeFound(value, []), "an object with version and settings");
  const at = (key: string): { readonly place?: JsonPlace } => {
    const place = places.get(key);
    return place === undefined ? {} : { place };
  };
  const version = value["version"];
  if (version !== POLICY_VERSION) return { ...versionProblem(origin, version), ...at("version") };
  const settings = value["settings"];
  if (!isRecord(settings)) {
    return { ...problemAt(origin, "settings", describeFound(settings, []), "an object with a part of the configuration"), ...at("settings") };
  }
  const problems = Object.keys(value)
    // What a configuration profile says of itself.
    .filter((key) => !ENVELOPE.has(key) && !key.startsWith("Payload"))
    .map((key) => ({ ...problemAt(origin, key, "an unknown key", "version, settings and reason"), ...at(key) }));
  return {
    settings: Object.entries(settings).flatMap(([key, inner]) => leavesOf(inner, [key])),
    reason: value["reason"],
    problems,
    placeOf: (path) => places.get(formatPath(["settings", ...path])),
  };
}

/** Single values need no version, because there is only one form of them yet; a newer one says so. */
function looseEnvelope(origin: string, values: readonly LooseValue[]): Envelope | ConfigProblem {
  const reasons: Record<string, unknown> = {};
  let reason: unknown = undefined;
  const settings: LooseValue[] = [];
  for (const one of values) {
    const [first, ...rest] = one.path;
    if (first === "version" && rest.length === 0) {
      if (one.value !== POLICY_VERSION && one.value !== String(POLICY_VERSION)) return versionProblem(origin, one.value);
    } else if (first === "reason" && rest.length === 0) reason = one.value;
    else if (first === "reason") reasons[rest.join(".")] = one.value;
    else settings.push(one);
  }
  return { settings: namedValues(settings), reason: reason ?? (Object.keys(reasons).length === 0 ? undefined : reasons), problems: [], placeOf: () => undefined };
}

function versionProblem(origin: string, version: unknown): ConfigProblem {
  const isNewer = typeof version === "number" && version > POLICY_VERSION;
  const found = isNewer ? `${version}, which is newer than this program` : describeFound(version, []);
  return problemAt(origin, "version", found, `${POLICY_VERSION}`);
}

interface Reasons {
  of(path: readonly string[]): string;
  readonly problems: readonly ConfigProblem[];
}

/** One reason for all, or one per key or section. A reason that cannot be used costs no rule. */
function readReasons({ reason, settings }: Envelope, origin: string): Reasons {
  if (reason === undefined) return { of: () => "", problems: [] };
  if (typeof reason === "string") return { of: () => reason.trim().slice(0, MAX_REASON), problems: [] };
  if (!isRecord(reason)) {
    return { of: () => "", problems: [problemAt(origin, "reason", describeFound(reason, []), "a text, or an object with a text per key")] };
  }
  const names = settings.map(({ path }) => path.join("."));
  const problems = Object.entries(reason).flatMap(([key, text]) => {
    const where = `reason.${key}`;
    if (typeof text !== "string") return [problemAt(origin, where, describeFound(text, []), "a text")];
    const isSet = names.some((name) => name === key || name.startsWith(`${key}.`));
    return isSet ? [] : [problemAt(origin, where, "a reason for a key that is not set", "a key or section that stands in settings")];
  });
  const of = (path: readonly string[]): string => {
    for (let steps = path.length; steps > 0; steps -= 1) {
      const name = path.slice(0, steps).join(".");
      const text = Object.hasOwn(reason, name) ? reason[name] : undefined;
      if (typeof text === "string") return text.trim().slice(0, MAX_REASON);
    }
    return "";
  };
  return { of, problems };
}

function isUnknown({ found }: ConfigProblem): boolean {
  return found === "an unknown key";
}

function problemAt(origin: string, path: string, found: string, allowed: string): ConfigProblem {
  return { path, found, allowed, source: "machine", origin };
}
