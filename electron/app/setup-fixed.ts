import { assertNever } from "../../shared/assert-never.ts";
import { setupFields, type SetupSystemName } from "../../shared/setup-fields.ts";
import type { SetupFixed } from "../../shared/setup.ts";
import type { Lock } from "../../shared/settings.ts";
import type { MachineRule } from "../config/machine-rules.ts";
import type { Environment } from "../config/environment.ts";
import { environmentOverrides } from "../config/environment.ts";
import { isRecord } from "../config/needs.ts";

/** What decides a system's fields before the file does. */
export interface Deciders {
  readonly env: Environment;
  readonly locks: readonly Lock[];
  /** What IT has set, which is known also where the section is not on yet. */
  readonly rules: readonly MachineRule[];
  /** The section as it stands, where it is on. */
  readonly section: unknown;
}

/**
 * The fields of a system that are not asked for, each with the value that holds: what IT or a flag has locked, and what
 * the environment gives, which counts from the moment at which the system is on. Pure.
 */
export function fixedOf(system: SetupSystemName, { env, locks, rules, section }: Deciders): readonly SetupFixed[] {
  const standing = isRecord(section) ? section : {};
  const given = environmentOverrides(env, { [system]: {} });
  return setupFields[system].flatMap(({ key }): readonly SetupFixed[] => {
    const lock = locks.find(({ path }) => path === system || path === `${system}.${key}`);
    const rule = rules.find(({ path }) => path[0] === system && path[1] === key);
    const value = textOf(rule?.kind === "set" ? rule.value : Object.hasOwn(standing, key) ? standing[key] : undefined);
    const variable = given.find(({ path }) => path[0] === system && path[1] === key);
    const fromVariable: readonly SetupFixed[] = variable === undefined ? [] : [{ key, value: textOf(variable.value), by: "environment", reason: variable.origin }];
    if (lock === undefined) return fromVariable;
    switch (lock.by) {
      case "machine":
      case "flag":
        return [{ key, value, by: lock.by, reason: lock.reason }];
      case "environment":
        // A lock of one field of a section says nothing of the others.
        return fromVariable;
      default:
        return assertNever(lock.by);
    }
  });
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
