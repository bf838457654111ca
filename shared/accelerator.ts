const MODIFIERS = ["Control", "Alt", "Shift", "Super", "CommandOrControl"] as const;
const NAMED_KEYS = ["Space", "Tab", "Backspace", "Delete", "Insert", "Enter", "Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown"] as const;

type Modifier = (typeof MODIFIERS)[number];
/** As Node names them: which key is meant by a modifier, and how keys are written. */
type Platform = "win32" | "darwin" | "linux";

/** Keys as Electron names them: one to three modifiers and a key, as in `CommandOrControl+Shift+Space`. */
export interface Accelerator {
  readonly modifiers: readonly Modifier[];
  readonly key: string;
}

/** A key that went down, as the DOM tells it: its event fits as it is. */
export interface KeyPress {
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  /** Which key of the keyboard it is, by the name that it has on the American one. */
  readonly code: string;
  /** What it writes. */
  readonly key: string;
  getModifierState?(name: "AltGraph"): boolean;
}

/**
 * Reads an accelerator. Null where it is none that a global shortcut may have: it needs Control, Alt, Super or
 * CommandOrControl (a key alone, or with Shift, belongs to whoever types), every modifier at most once, and one key: a
 * letter, a digit, F1 to F24 or one of those named here.
 */
export function parseAccelerator(text: string): Accelerator | null {
  const parts = text.split("+");
  const key = parts.pop() ?? "";
  const modifiers: Modifier[] = [];
  for (const part of parts) {
    const modifier = MODIFIERS.find((one) => one === part);
    if (modifier === undefined || modifiers.includes(modifier)) return null;
    modifiers.push(modifier);
  }
  const isKey = /^(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4]))$/u.test(key) || NAMED_KEYS.some((one) => one === key);
  return isKey && modifiers.some((one) => one !== "Shift") ? { modifiers, key } : null;
}

/** Whether two texts mean the same keys on a platform, however they are written. Texts that are no accelerators never do. */
export function sameAccelerator(a: string, b: string, platform: Platform): boolean {
  const [one, other] = [parseAccelerator(a), parseAccelerator(b)];
  if (one === null || other === null || one.key !== other.key) return false;
  const [held, also] = [heldKeys(one, platform), heldKeys(other, platform)];
  return held.size === also.size && [...held].every((key) => also.has(key));
}

/** Whether what went down is a modifier: whoever presses keys for a shortcut has not come to its end yet. */
export function isModifierKey({ key }: Pick<KeyPress, "key">): boolean {
  return ["Control", "Alt", "AltGraph", "Shift", "Meta", "OS", "CapsLock", "Fn", "NumLock"].includes(key);
}

/**
 * The accelerator of keys that are held, or null where they are none that a global shortcut may have. The platform's
 * main modifier becomes CommandOrControl, so that a configuration goes with its person from one system to another.
 *
 * AltGr writes letters and signs and is never taken for Control and Alt, which is what Windows reports it as.
 *
 * Which letter is meant: Windows and X11 bind the key that writes it, macOS the key where the American keyboard has it.
 * So it is taken by what it writes, or by its place on macOS and where it writes in another script.
 */
export function acceleratorFromKey(press: KeyPress, platform: Platform): string | null {
  if (isModifierKey(press) || isAltGrDown(press, platform)) return null;
  const key = keyOf(press, platform);
  if (key === null) return null;
  const isMac = platform === "darwin";
  const modifiers: Modifier[] = [];
  if (isMac ? press.metaKey : press.ctrlKey) modifiers.push("CommandOrControl");
  if (isMac ? press.ctrlKey : press.metaKey) modifiers.push(isMac ? "Control" : "Super");
  if (press.altKey) modifiers.push("Alt");
  if (press.shiftKey) modifiers.push("Shift");
  const text = [...modifiers, key].join("+");
  return parseAccelerator(text) === null ? null : text;
}

/**
 * How a platform writes an accelerator: `Ctrl+Shift+F7`, on macOS with its signs in Apple's order, `⇧⌘F7`. Any other text stays as it is.
 * `nameOf`: what is written on a key that has no sign, in the reader's language.
 */
export function acceleratorWords(text: string, platform: Platform, nameOf: (key: string) => string): string {
  const parsed = parseAccelerator(text);
  if (parsed === null) return text;
  const held = heldKeys(parsed, platform);
  const written = heldOrder[platform].filter((key) => held.has(key)).map((key) => nameOf(heldWords[platform][key]));
  return platform === "darwin" ? [...written, macKeys[parsed.key] ?? nameOf(parsed.key)].join("") : [...written, nameOf(parsed.key)].join("+");
}

type Held = "control" | "alt" | "shift" | "command" | "super";

/** The keys that have to be held: on macOS, Super is the command key. */
function heldKeys({ modifiers }: Accelerator, platform: Platform): ReadonlySet<Held> {
  const held: Readonly<Record<Modifier, Held>> =
    platform === "darwin"
      ? { Control: "control", Alt: "alt", Shift: "shift", Super: "command", CommandOrControl: "command" }
      : { Control: "control", Alt: "alt", Shift: "shift", Super: "super", CommandOrControl: "control" };
  return new Set(modifiers.map((modifier) => held[modifier]));
}

/** A key whose code says by itself which one it is. */
const codes: Readonly<Record<string, string>> = { ArrowUp: "Up", ArrowDown: "Down", ArrowLeft: "Left", ArrowRight: "Right" };

function keyOf({ code, key }: KeyPress, platform: Platform): string | null {
  const named = codes[code] ?? code;
  if (NAMED_KEYS.some((one) => one === named) || /^F\d+$/u.test(named)) return named;
  const digit = /^Digit(\d)$/u.exec(code)?.[1];
  if (digit !== undefined) return digit;
  const placed = /^Key([A-Z])$/u.exec(code)?.[1] ?? null;
  if (platform === "darwin") return placed;
  if (/^[a-zA-Z]$/u.test(key)) return key.toUpperCase();
  // Here the layout has a sign on the key; the letter of its place is on another one.
  return /^[!-~]$/u.test(key) ? null : placed;
}

/**
 * Whether AltGr is down: by the browser's own word where it gives one, else by Control and Alt with a key that writes
 * what it does not write by itself. macOS has none.
 */
function isAltGrDown(press: KeyPress, platform: Platform): boolean {
  if (platform === "darwin") return false;
  const told = press.getModifierState?.("AltGraph");
  if (told !== undefined) return told;
  return press.ctrlKey && press.altKey && /^[^a-zA-Z0-9 ]$/su.test(press.key);
}

const heldOrder: Readonly<Record<Platform, readonly Held[]>> = {
  win32: ["control", "super", "alt", "shift"],
  linux: ["control", "super", "alt", "shift"],
  darwin: ["control", "alt", "shift", "command"],
};

const heldWords: Readonly<Record<Platform, Readonly<Record<Held, string>>>> = {
  win32: { control: "Ctrl", super: "Win", alt: "Alt", shift: "Shift", command: "" },
  linux: { control: "Ctrl", super: "Super", alt: "Alt", shift: "Shift", command: "" },
  darwin: { control: "⌃", alt: "⌥", shift: "⇧", command: "⌘", super: "" },
};

const macKeys: Readonly<Record<string, string>> = {
  Enter: "↩",
  Tab: "⇥",
  Backspace: "⌫",
  Delete: "⌦",
  Up: "↑",
  Down: "↓",
  Left: "←",
  Right: "→",
  Home: "↖",
  End: "↘",
  PageUp: "⇞",
  PageDown: "⇟",
};
