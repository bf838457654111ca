import type { DesktopPatch, DesktopSettings } from "../../shared/desktop.ts";
import { describeFault } from "../texts/fault-words.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Settings, SettingsPatch } from "../../shared/settings.ts";

/** A change of the settings: of the panel's, or of how it lives on the desktop. */
export type PanelPatch = SettingsPatch | { readonly desktop: DesktopPatch };

/** The settings as they are. `desktop`: null in a browser. */
export interface PanelSettings {
  readonly settings: Settings;
  readonly desktop: DesktopSettings | null;
}

/** One change that was taken: what would take it back, and the field's name for the person. */
export interface TakenChange {
  readonly inverse: PanelPatch;
  readonly field: string;
  readonly label: string;
}

/** The patch that takes `patch` back from the settings as they were before it. */
export function inversePatch({ settings, desktop }: PanelSettings, patch: PanelPatch): PanelPatch {
  if ("desktop" in patch) return { desktop: desktop === null ? {} : inverseDesktop(desktop, patch.desktop) };
  return {
    ...(patch.triggers === undefined ? {} : { triggers: pick(settings.triggers, patch.triggers) }),
    ...(patch.policy === undefined ? {} : { policy: pick(settings.policy, patch.policy) }),
    ...(patch.display === undefined ? {} : { display: pick(settings.display, patch.display) }),
  };
}

function inverseDesktop(before: DesktopSettings, { shortcuts, ...rest }: DesktopPatch): DesktopPatch {
  const { shortcuts: shortcutsBefore, ...restBefore } = before;
  return { ...pick(restBefore, rest), ...(shortcuts === undefined ? {} : { shortcuts: pick(shortcutsBefore, shortcuts) }) };
}

type Some<T> = { [K in keyof T]?: T[K] | undefined };

/** The fields of `whole` that `part` names. */
function pick<T extends object>(whole: T, part: Some<T>): Partial<T> {
  const picked: Partial<T> = {};
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
  const [path = "", ...words] = fault.detail.replace(/^(?:settings|desktop)\.change: /u, "").split(": ");
  return words.length > 0 && `.${path}`.endsWith(`.${field}`) ? words.join(": ") : [path, ...words].join(": ");
}
