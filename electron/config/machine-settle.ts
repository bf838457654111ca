import { assertNever } from "../../shared/assert-never.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { addressesFrom } from "./derived-addresses.ts";
import type { KeptPolicy } from "./machine-kept.ts";
import { leafProblems } from "./machine-leaves.ts";
import type { ReadPolicy } from "./machine-policy.ts";
import type { MachineRule, MachineRules } from "./machine-rules.ts";

type SetRule = KeptPolicy["rules"][number];

/** What holds, what is wrong, and what to keep for a time when it cannot be read. */
export interface SettledPolicy {
  readonly rules: MachineRules;
  readonly problems: readonly ConfigProblem[];
  /** The rules of all places, also those that another place goes before. */
  readonly keep: readonly SetRule[];
  /** Something of what holds was read earlier, not now. */
  readonly isOld: boolean;
}

/**
 * Makes one policy of all places: of a key that several set, the first place decides. What cannot be read must not
 * loosen anything, or damaging a policy would be the way around it: the last good values of a place that is unreadable
 * hold, and of a key that is refused its last good value. A place of which nothing is known makes `unknown`; a refused
 * key without a last good value is locked as it stands. A policy that is gone is taken back, and nothing of it is kept.
 */
export function settlePolicy(places: readonly ReadPolicy[], kept: KeptPolicy | null): SettledPolicy {
  const layers: (readonly MachineRule[])[] = [];
  const problems: ConfigProblem[] = [];
  let unknown: string | null = null;
  let isOld = false;
  // Another version of the program may have kept what this one refuses.
  const usable = kept?.rules.filter((rule) => leafProblems(rule, rule.origin).length === 0) ?? [];
  for (const place of places) {
    const { origin } = place;
    const last = usable.filter((rule) => rule.origin === origin);
    switch (place.kind) {
      case "none":
        break;
      case "unknown":
        problems.push(place.problem);
        layers.push(last);
        if (last.length === 0) unknown ??= origin;
        else isOld = true;
        break;
      case "read": {
        problems.push(...place.problems);
        const instead = place.refused.map((refused): MachineRule => {
          const old = last.find(({ path }) => path.join(".") === refused.path.join("."));
          if (old === undefined) return { kind: "locked", ...refused };
          isOld = true;
          return { ...old, reason: refused.reason };
        });
        if (instead.some(({ kind }) => kind === "locked")) unknown ??= origin;
        layers.push([...place.rules, ...instead]);
        break;
      }
      default:
        assertNever(place);
    }
  }
  const keep = layers.flat().filter((rule): rule is SetRule => rule.kind === "set");
  return { rules: { rules: withAddresses(firstOfEach(layers.flat())), unknown }, problems, keep, isOld };
}

/** Of rules that touch the same value, the first: a whole object and one of its keys are the same value too. */
function firstOfEach(rules: readonly MachineRule[]): readonly MachineRule[] {
  const taken: string[] = [];
  return rules.filter(({ path }) => {
    const name = path.join(".");
    if (taken.some((other) => other === name || other.startsWith(`${name}.`) || name.startsWith(`${other}.`))) return false;
    taken.push(name);
    return true;
  });
}

/**
 * With the addresses that follow from what IT has set: whoever sets the domain sets where the desk connects. An address
 * that IT has a word on itself is left to that.
 */
function withAddresses(rules: readonly MachineRule[]): readonly MachineRule[] {
  return firstOfEach([
    ...rules,
    ...rules.flatMap((rule) =>
      addressesFrom(rule.path, rule.kind === "set" ? rule.value : "").map(([key, value]): MachineRule => {
        const path = [...rule.path.slice(0, -1), key];
        return rule.kind === "set" ? { ...rule, path, value } : { ...rule, path };
      }),
    ),
  ]);
}
