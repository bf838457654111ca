import { isDeepStrictEqual } from "node:util";
import { setupFields, type SetupSystemName } from "../../shared/setup-fields.ts";
import type { SetupForm, SetupProblem } from "../../shared/setup.ts";
import { isRecord } from "../config/needs.ts";
import type { ConfigChange } from "../config/panel-settings.ts";
import type { ConfigProblem } from "../config/config-problem.ts";
import { NOTHING } from "../config/describe-value.ts";

/** What a paste brings along besides the value: blanks, line ends, marks that nobody sees. */
const UNSEEN = /[\s\p{Cc}\p{Cf}]+/gu;
/** Fields that hold a host; people paste the address that stands in their browser. */
const HOSTS: ReadonlySet<string> = new Set(["orgDomain", "region", "environment"]);

/**
 * A secret as it was meant: without blanks, line ends and unseen marks, which no client id, secret or key holds, and
 * without the quotes or the `NAME=` of the file that it was copied from. Pure; the value goes nowhere else.
 */
export function mendSecret(name: string, typed: string): string {
  const bare = typed.replace(UNSEEN, "");
  const value = bare.startsWith(`${name}=`) ? bare.slice(name.length + 1) : bare;
  return /^(["'`]).+\1$/u.exec(value) === null ? value : value.slice(1, -1);
}

/** A field's value as the configuration takes it: trimmed, and a host taken out of the address that was pasted for it. */
export function mendField(key: string, typed: string): string {
  const value = typed.replaceAll(/[\p{Cc}\p{Cf}]/gu, "").trim();
  if (HOSTS.has(key) && /^(?:https?|wss?):\/\//iu.test(value)) return URL.parse(value)?.host ?? value;
  if (key === "tenant") return tenantOf(value);
  return value;
}

/** The tenant of `https://your-tenant.cognigy.com/…`. */
function tenantOf(value: string): string {
  const host = /^(?:https?|wss?):\/\//iu.test(value) ? (URL.parse(value)?.host ?? value) : value;
  return host.replace(/\.cognigy\.com$/iu, "");
}

/** The form that shows what a section of the file says; fields that it does not have are empty. */
export function formOf(system: SetupSystemName, section: unknown): SetupForm {
  const held = isRecord(section) ? section : {};
  return { system, fields: setupFields[system].map(({ key }) => ({ key, value: textOf(Object.hasOwn(held, key) ? held[key] : undefined) })) };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** What was typed, in the fields that the form has: other keys are left out, missing ones are empty. */
export function wholeForm({ system, fields }: SetupForm): SetupForm {
  const typed = new Map(fields.map(({ key, value }) => [key, value]));
  return { system, fields: setupFields[system].map(({ key }) => ({ key, value: typed.get(key) ?? "" })) };
}

/**
 * What saving the form would change in a file whose section says `written`. `fixed` keys are left alone. An empty field
 * takes its key away; an empty form of a section that has only defaults still makes the section.
 */
export function changesOf({ system, fields }: SetupForm, written: unknown, fixed: ReadonlySet<string>): readonly ConfigChange[] {
  const held = isRecord(written) ? written : {};
  const free = fields.filter(({ key }) => !fixed.has(key)).map(({ key, value }) => ({ key, value: mendField(key, value) }));
  const changes = free
    .filter(({ key, value }) => (value === "" ? Object.hasOwn(held, key) : held[key] !== value))
    .map(({ key, value }): ConfigChange => ({ path: [system, key], value: value === "" ? undefined : value }));
  // A section that would be there but for its keys.
  return changes.length === 0 && written === undefined ? [{ path: [system], value: {} }] : changes;
}

/** Whether a person has entered anything. */
export function isBegun({ fields }: SetupForm): boolean {
  return fields.some(({ value }) => value.trim() !== "");
}

/** The problems that concern a system, each at its field; those of the file elsewhere are the whole form's. Pure. */
export function problemsOf(system: SetupSystemName, problems: readonly ConfigProblem[]): readonly SetupProblem[] {
  const keys = new Set(setupFields[system].map(({ key }) => key));
  return problems.map(({ path, found, allowed }) => {
    const [section, key = ""] = path.split(".");
    if (section === system && keys.has(key)) return { kind: found === NOTHING ? "missing" : "wrong", key };
    return { kind: "elsewhere", found: path === "" ? found : `${path}: ${found}`, allowed };
  });
}

/** From what the file says of a section now to what it said before; only keys that differ, because others may be locked. */
export function changesBack(system: SetupSystemName, before: unknown, now: unknown): readonly ConfigChange[] {
  if (!isRecord(before) || !isRecord(now)) return [{ path: [system], value: before }];
  const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...keys].filter((key) => !isDeepStrictEqual(before[key], now[key])).map((key) => ({ path: [system, key], value: before[key] }));
}
