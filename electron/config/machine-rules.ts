import { configFileSchema } from "./config-schema.ts";
import { floorOverrides } from "./machine-floor.ts";
import { isRecord } from "./needs.ts";
import type { Override } from "./overrides.ts";
import { applyOverrides } from "./overrides.ts";

/**
 * One key that IT has taken over. `set`: to this value. `locked`: to a value that could not be understood, so that the
 * one that stands holds, and nobody here changes it.
 */
export type MachineRule =
  | { readonly kind: "set"; readonly path: readonly string[]; readonly value: unknown; readonly origin: string; readonly reason: string }
  | { readonly kind: "locked"; readonly path: readonly string[]; readonly origin: string; readonly reason: string };

/** What IT has set for this machine; each key once. */
export interface MachineRules {
  readonly rules: readonly MachineRule[];
  /** A place whose wishes are not known, though it has some: what may be shown and kept is no looser than built in then. */
  readonly unknown: string | null;
}

/** No policy at all. */
export const noRules: MachineRules = { rules: [], unknown: null };

/** Sections that are on only with what makes them whole: one of their keys alone does not turn them on. */
const CAPABILITIES: ReadonlySet<string> = new Set(["tunnel", "assist", "bridge", "integrations", "simulations"]);
const PRACTICE_SECTIONS: ReadonlySet<string> = new Set(["panel", "desktop"]);
const PRACTICE_KEYS: ReadonlySet<string> = new Set(["assist.prohibitedPhrases", "assist.minConfidence", "assist.maxSuggestions"]);

/**
 * The values that the policy puts before everything else. `standing` is the configuration without them: a section that
 * connects to something takes them only where it is on, or where the policy gives all that it needs.
 */
export function machineOverrides({ rules, unknown }: MachineRules, standing: unknown): readonly Override[] {
  const wanted = rules.flatMap((rule) =>
    rule.kind === "set" ? [{ path: rule.path, value: rule.value, source: "machine" as const, origin: rule.origin }] : [],
  );
  const complete = new Map<string, boolean>();
  const isOn = (section: string): boolean => {
    if (!CAPABILITIES.has(section) || (isRecord(standing) && Object.hasOwn(standing, section))) return true;
    const known = complete.get(section);
    if (known !== undefined) return known;
    const alone = applyOverrides({}, wanted.filter(({ path }) => path[0] === section));
    const whole = configFileSchema.safeParse(alone).success;
    complete.set(section, whole);
    return whole;
  };
  const set = wanted.filter(({ path: [section = ""] }) => isOn(section));
  return unknown === null ? set : [...set, ...floorOverrides(applyOverrides(standing, set), { origin: unknown, set })];
}

/** What holds in practice too: how the panel looks and behaves, and what may be shown; nothing that leads to a platform. */
export function practiceRules({ rules, unknown }: MachineRules): MachineRules {
  const holds = ({ path }: MachineRule): boolean => PRACTICE_SECTIONS.has(path[0] ?? "") || PRACTICE_KEYS.has(path.join("."));
  return { rules: rules.filter(holds), unknown };
}
