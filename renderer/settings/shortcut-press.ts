import { acceleratorFromKey, isModifierKey, type KeyPress, parseAccelerator } from "../../shared/accelerator.ts";
import type { DesktopView } from "../../shared/desktop.ts";
import { keyName } from "../ui/key-name.ts";

type Platform = DesktopView["platform"];

/** Why keys cannot be a global shortcut. `everyday`: every program has them for itself, such as those that copy. */
export type PressRefusal = "no-modifier" | "shift-alone" | "altgr" | "everyday" | "unusable";

/** What a key does while a shortcut is being recorded. `leave`: it goes on to the next field, as ever. */
export type Press =
  | { readonly kind: "cancel" }
  | { readonly kind: "leave" }
  | { readonly kind: "clear" }
  /** Only keys that are held with others so far. */
  | { readonly kind: "held" }
  | { readonly kind: "keys"; readonly keys: string }
  | { readonly kind: "refused"; readonly why: PressRefusal };

/** With nothing but the system's own modifier these copy, paste, save, close and so on, in every program. */
const EVERYDAY_KEYS: ReadonlySet<string> = new Set("ACFNOPQSTVWXYZ");

/**
 * Reads a key that was pressed while a shortcut is recorded. Alone, Escape cancels and Backspace takes the shortcut away;
 * Tab leads on, so that nobody is caught in the field.
 */
export function readPress(press: KeyPress, platform: Platform): Press {
  const { ctrlKey, altKey, metaKey, shiftKey, key } = press;
  if (isModifierKey(press)) return { kind: "held" };
  const isBare = !ctrlKey && !altKey && !metaKey;
  if (isBare && key === "Tab") return { kind: "leave" };
  if (isBare && !shiftKey && key === "Escape") return { kind: "cancel" };
  if (isBare && !shiftKey && key === "Backspace") return { kind: "clear" };
  if (platform !== "darwin" && press.getModifierState?.("AltGraph") === true) return { kind: "refused", why: "altgr" };
  if (isBare) return { kind: "refused", why: shiftKey ? "shift-alone" : "no-modifier" };
  const keys = acceleratorFromKey(press, platform);
  if (keys === null) return { kind: "refused", why: "unusable" };
  return isEveryday(keys, platform) ? { kind: "refused", why: "everyday" } : { kind: "keys", keys };
}

function isEveryday(keys: string, platform: Platform): boolean {
  const read = parseAccelerator(keys);
  if (read === null || read.modifiers.length !== 1 || !EVERYDAY_KEYS.has(read.key)) return false;
  return read.modifiers[0] === "CommandOrControl" || read.modifiers[0] === (platform === "darwin" ? "Super" : "Control");
}

/** The modifiers that are held, in the page's words and the system's order, with what is still missing: `Ctrl+Shift+…`. Empty where there are none. */
export function heldWords({ ctrlKey, altKey, metaKey, shiftKey }: Pick<KeyPress, "ctrlKey" | "altKey" | "metaKey" | "shiftKey">, platform: Platform): string {
  const isMac = platform === "darwin";
  const held = isMac
    ? [ctrlKey && "⌃", altKey && "⌥", shiftKey && "⇧", metaKey && "⌘"]
    : [ctrlKey && "Ctrl", metaKey && (platform === "win32" ? "Win" : "Super"), altKey && "Alt", shiftKey && "Shift"];
  const words = held.filter((one) => one !== false).map(keyName);
  return words.length === 0 ? "" : [...words, "…"].join(isMac ? "" : "+");
}
