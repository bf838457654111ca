import { describeFault } from "../../shared/fault-table.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Settings, SettingsPatch } from "../../shared/settings.ts";

/** One change that was taken: what would take it back, and the field's name for the person. */
export interface TakenChange {
  readonly inverse: SettingsPatch;
  readonly field: string;
  readonly label: string;
}

/** The patch that takes `patch` back from `settings` as they were before it. */
export function inversePatch(settings: Settings, patch: SettingsPatch): SettingsPatch {
  return {
    ...(patch.triggers === undefined ? {} : { triggers: pick(settings.triggers, patch.triggers) }),
    ...(patch.policy === undefined ? {} : { policy: pick(settings.policy, patch.policy) }),
    ...(patch.display === undefined ? {} : { display: pick(settings.display, patch.display) }),
  };
}

type Some<T> = { [K in keyof T]?: T[K] | undefined };

/** The fields of `whole` that `part` names. */
function pick<T extends object>(whole: T, part: Some<T>): Some<T> {
  const picked: Some<T> = { ...part };
  for (const key in part) picked[key] = whole[key];
  return picked;
}

/**
 * Main's refusal in words for the field it stands at. Where main names what was wrong, its own words without the path
 * of that very field; otherwise (a full disk, no answer) what happened and what to do.
 */
export function refusalText(fault: Fault, field: string): string {
  if (fault.detail === "" || (fault.code !== "invalid-input" && fault.code !== "not-allowed")) {
    const { what, remedy } = describeFault(fault);
    return `${what} ${remedy}`;
  }
  const [path = "", ...words] = fault.detail.replace(/^settings\.change: /u, "").split(": ");
  return words.length > 0 && path.split(".").at(-1) === field ? words.join(": ") : [path, ...words].join(": ");
}
