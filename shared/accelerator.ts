const MODIFIERS = ["Control", "Alt", "Shift", "Super", "CommandOrControl"] as const;
const NAMED_KEYS = ["Space", "Tab", "Backspace", "Delete", "Insert", "Enter", "Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown"] as const;

/** Keys as Electron names them: one to three modifiers and a key, as in `CommandOrControl+Shift+Space`. */
export interface Accelerator {
  readonly modifiers: readonly (typeof MODIFIERS)[number][];
  readonly key: string;
}

/**
 * Reads an accelerator. Null where it is none that a global shortcut may have: it needs Control, Alt, Super or
 * CommandOrControl (a key alone, or with Shift, belongs to whoever types), every modifier at most once, and one key: a
 * letter, a digit, F1 to F24 or one of those named here.
 */
export function parseAccelerator(text: string): Accelerator | null {
  const parts = text.split("+");
  const key = parts.pop() ?? "";
  const modifiers: Accelerator["modifiers"][number][] = [];
  for (const part of parts) {
    const modifier = MODIFIERS.find((one) => one === part);
    if (modifier === undefined || modifiers.includes(modifier)) return null;
    modifiers.push(modifier);
  }
  const isKey = /^(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4]))$/u.test(key) || NAMED_KEYS.some((one) => one === key);
  return isKey && modifiers.some((one) => one !== "Shift") ? { modifiers, key } : null;
}
