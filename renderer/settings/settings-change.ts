import type { Settings, SettingsPatch } from "../../shared/settings.ts";

/** A field of the settings, with the group that it stands in. */
export type SettingsGroup = "triggers" | "policy" | "display";

/** One change that was taken: what would take it back, and the field's name for the person. */
export interface TakenChange {
  readonly inverse: SettingsPatch;
  readonly group: SettingsGroup;
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
 * Whether a refusal is about a field: its detail names the path (`policy.minConfidence: ...`). Anything else is told
 * at the field that was changed.
 */
export function refusalText(detail: string, group: SettingsGroup, field: string): string {
  const path = `${group}.${field}`;
  return detail.startsWith(path) ? detail.slice(path.length).replace(/^[\s:]+/u, "") : detail;
}
