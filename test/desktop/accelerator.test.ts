import { assert, boolean, constantFrom, oneof, property, record, shuffledSubarray, string, subarray, tuple } from "fast-check";
import { describe, expect, it } from "vitest";
import { acceleratorFromKey, acceleratorWords, isModifierKey, parseAccelerator, sameAccelerator, type KeyPress } from "../../shared/accelerator.ts";
import { onPageIn } from "../support/catalogues.ts";
import { keyName } from "../../renderer/ui/key-name.ts";

const platforms = ["win32", "darwin", "linux"] as const;
type Platform = (typeof platforms)[number];

const modifierNames = ["Control", "Alt", "Shift", "Super", "CommandOrControl"] as const;
const keyNames = [...Array.from("ABCXYZ0159"), "F1", "F9", "F10", "F24", "Space", "Tab", "Backspace", "Delete", "Insert", "Enter", "Up", "Down", "Left", "Right", "Home", "End", "PageUp", "PageDown"];

const accelerators = tuple(subarray([...modifierNames], { minLength: 1 }).chain((some) => shuffledSubarray(some, { minLength: some.length })), constantFrom(...keyNames))
  .filter(([modifiers]) => modifiers.some((one) => one !== "Shift"))
  .map(([modifiers, key]) => [...modifiers, key].join("+"));

/** The keys of an American keyboard that a person holds for it. */
function held(text: string, platform: Platform): KeyPress {
  const { modifiers, key } = parseAccelerator(text) ?? { modifiers: [], key: "" };
  const has = (...names: readonly string[]) => modifiers.some((one) => names.includes(one));
  const isMac = platform === "darwin";
  const code = /^[A-Z]$/u.test(key) ? `Key${key}` : /^\d$/u.test(key) ? `Digit${key}` : ["Up", "Down", "Left", "Right"].includes(key) ? `Arrow${key}` : key;
  return {
    ctrlKey: isMac ? has("Control") : has("Control", "CommandOrControl"),
    metaKey: isMac ? has("Super", "CommandOrControl") : has("Super"),
    altKey: has("Alt"),
    shiftKey: has("Shift"),
    code,
    key: key === "Space" ? " " : key.length === 1 && !has("Shift") ? key.toLowerCase() : key,
  };
}

const press = (more: Partial<KeyPress>): KeyPress => ({ ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, code: "KeyQ", key: "q", ...more });

describe("parseAccelerator", () => {
  it.each(["", "A", "Shift+A", "Control", "Control+", "Control+a", "control+A", "Control+Control+A", "Control+F25", "Control+F0", "Control+AB", "Ctrl+A", "Control++", "Control+A+Shift", " Control+A", "Control+Plus", "Control+é", "Control+ſ"])("takes no %j", (text) => {
    expect(parseAccelerator(text)).toBeNull();
  });

  it("takes up whatever else anybody writes without a mistake of its own", () => {
    assert(
      property(string(), (text) => {
        const parsed = parseAccelerator(text);
        if (parsed !== null) expect([...parsed.modifiers, parsed.key].join("+")).toBe(text);
      }),
    );
  });
});

describe("sameAccelerator", () => {
  it.each<[string, string, readonly Platform[]]>([
    ["CommandOrControl+X", "Control+X", ["win32", "linux"]],
    ["CommandOrControl+X", "Super+X", ["darwin"]],
    ["Control+X", "Super+X", []],
    ["Control+Shift+F7", "Shift+Control+F7", [...platforms]],
    ["Control+CommandOrControl+X", "Control+X", ["win32", "linux"]],
    ["Control+X", "Control+Y", []],
    ["Control+X", "Control+Shift+X", []],
    ["Control+Shift+X", "Control+X", []],
    ["nonsense", "nonsense", []],
    ["", "", []],
  ])("%s and %s are the same on %j only", (a, b, same) => {
    expect(platforms.filter((platform) => sameAccelerator(a, b, platform))).toEqual(same);
    expect(platforms.filter((platform) => sameAccelerator(b, a, platform))).toEqual(same);
  });
});

describe("acceleratorFromKey", () => {
  it("gives back the accelerator of the keys that are held for it, on every platform", () => {
    assert(
      property(accelerators, constantFrom(...platforms), (text, platform) => {
        const recorded = acceleratorFromKey(held(text, platform), platform);
        expect(recorded).not.toBeNull();
        expect(sameAccelerator(recorded ?? "", text, platform)).toBe(true);
        expect(acceleratorFromKey(held(recorded ?? "", platform), platform)).toBe(recorded);
      }),
      { numRuns: 500 },
    );
  });

  it("gives nothing but what may be set, whatever is pressed", () => {
    const presses = record({ ctrlKey: boolean(), altKey: boolean(), metaKey: boolean(), shiftKey: boolean(), code: oneof(string(), constantFrom("KeyQ", "Digit1", "F5", "F99", "toString", "constructor")), key: oneof(string(), constantFrom("q", "Q", "@", "й", "K", "Dead")) });
    assert(
      property(presses, constantFrom(...platforms), (one, platform) => {
        const recorded = acceleratorFromKey(one, platform);
        if (recorded !== null) expect(parseAccelerator(recorded)).not.toBeNull();
      }),
    );
  });

  it("writes the main modifier so that it means the same on another system", () => {
    expect(acceleratorFromKey(press({ ctrlKey: true }), "win32")).toBe("CommandOrControl+Q");
    expect(acceleratorFromKey(press({ metaKey: true }), "darwin")).toBe("CommandOrControl+Q");
    expect(acceleratorFromKey(press({ ctrlKey: true }), "darwin")).toBe("Control+Q");
    expect(acceleratorFromKey(press({ metaKey: true, shiftKey: true, key: "Q" }), "linux")).toBe("Super+Shift+Q");
  });

  it.each([
    ["nothing is held", {}],
    ["only Shift is held", { shiftKey: true, key: "Q" }],
    ["only modifiers are", { ctrlKey: true, code: "ControlLeft", key: "Control" }],
    ["the key is one of the number block", { ctrlKey: true, code: "Numpad1", key: "1" }],
    ["the key has no name here", { ctrlKey: true, code: "Comma", key: "," }],
    ["the input method has it", { ctrlKey: true, code: "", key: "Process" }],
  ])("gives nothing where %s", (_when, more) => {
    for (const platform of platforms) expect([platform, acceleratorFromKey(press(more), platform)]).toEqual([platform, null]);
  });

  it("never takes AltGr for Control and Alt", () => {
    // Windows says that both are down; what is written tells, or the modifier's own name.
    for (const platform of ["win32", "linux"] as const) {
      expect(acceleratorFromKey(press({ ctrlKey: true, altKey: true, key: "@" }), platform)).toBeNull();
      expect(acceleratorFromKey(press({ ctrlKey: true, altKey: true, code: "KeyL", key: "ł" }), platform)).toBeNull();
      expect(acceleratorFromKey(press({ ctrlKey: true, altKey: true, code: "KeyF", key: "f", getModifierState: (name) => name === "AltGraph" }), platform)).toBeNull();
      expect(acceleratorFromKey(press({ ctrlKey: true, altKey: true, code: "AltRight", key: "AltGraph" }), platform)).toBeNull();
      expect(acceleratorFromKey(press({ ctrlKey: true, altKey: true, code: "KeyF", key: "f", getModifierState: () => false }), platform)).toBe("CommandOrControl+Alt+F");
      expect(acceleratorFromKey(press({ ctrlKey: true, altKey: true, shiftKey: true, code: "Digit1", key: "!", getModifierState: () => false }), platform)).toBe("CommandOrControl+Alt+Shift+1");
      expect(acceleratorFromKey(press({ ctrlKey: true, altKey: true, code: "Space", key: " " }), platform)).toBe("CommandOrControl+Alt+Space");
      expect(acceleratorFromKey(press({ ctrlKey: true, altKey: true, code: "F7", key: "F7" }), platform)).toBe("CommandOrControl+Alt+F7");
      expect(acceleratorFromKey(press({ ctrlKey: true, altKey: true, code: "Digit1", key: "1" }), platform)).toBe("CommandOrControl+Alt+1");
    }
  });

  it("takes Option on macOS as the modifier that it is, whatever it would write", () => {
    expect(acceleratorFromKey(press({ ctrlKey: true, altKey: true, key: "œ" }), "darwin")).toBe("Control+Alt+Q");
  });

  it.each<[string, Partial<KeyPress>, string | null, string | null]>([
    ["French", { code: "KeyQ", key: "a" }, "A", "Q"],
    ["French, far right", { code: "Semicolon", key: "m" }, "M", null],
    ["Dvorak, a sign where Q is", { code: "KeyQ", key: "'" }, null, "Q"],
    ["Russian", { code: "KeyQ", key: "й" }, "Q", "Q"],
    ["a dead key", { code: "KeyE", key: "Dead" }, "E", "E"],
    ["the Kelvin sign", { code: "KeyK", key: "\u212a" }, "K", "K"],
    ["French digits", { code: "Digit1", key: "&" }, "1", "1"],
    ["a shifted digit", { code: "Digit1", key: "!", shiftKey: true }, "Shift+1", "Shift+1"],
  ])("finds the key that the system will hold: %s", (_layout, more, bySign, byPlace) => {
    const withMain = (key: string | null) => (key === null ? null : `CommandOrControl+${key}`);
    expect(acceleratorFromKey(press({ ...more, ctrlKey: true }), "win32")).toBe(withMain(bySign));
    expect(acceleratorFromKey(press({ ...more, ctrlKey: true }), "linux")).toBe(withMain(bySign));
    expect(acceleratorFromKey(press({ ...more, metaKey: true }), "darwin")).toBe(withMain(byPlace));
  });

  it("tells keys that go on from keys that are not allowed", () => {
    expect(["Control", "Shift", "Alt", "AltGraph", "Meta"].every((key) => isModifierKey({ key }))).toBe(true);
    expect(["q", "F7", "Dead", " "].some((key) => isModifierKey({ key }))).toBe(false);
  });
});

describe("acceleratorWords", () => {
  it.each<[string, string, string, string]>([
    ["CommandOrControl+Shift+F7", "Ctrl+Shift+F7", "⇧⌘F7", "Ctrl+Shift+F7"],
    ["Super+Alt+PageUp", "Win+Alt+Page Up", "⌥⌘⇞", "Super+Alt+Page Up"],
    ["Shift+Control+Space", "Ctrl+Shift+Space", "⌃⇧Space", "Ctrl+Shift+Space"],
    ["Control+CommandOrControl+A", "Ctrl+A", "⌃⌘A", "Ctrl+A"],
    ["none of ours", "none of ours", "none of ours", "none of ours"],
  ])("writes %s as each platform does", (text, windows, mac, linux) => {
    expect([acceleratorWords(text, "win32", keyName), acceleratorWords(text, "darwin", keyName), acceleratorWords(text, "linux", keyName)]).toEqual([windows, mac, linux]);
  });

  it("names keys in the page's language, but for macOS's signs", async () => {
    const german = await onPageIn("de", () => import("../../renderer/ui/key-name.ts"));
    const words = (text: string) => platforms.map((platform) => acceleratorWords(text, platform, german.keyName));
    expect(words("CommandOrControl+Shift+Space").toSorted()).toEqual(["Strg+Umschalt+Leertaste", "Strg+Umschalt+Leertaste", "⇧⌘Leertaste"]);
    expect(words("CommandOrControl+Delete").toSorted()).toEqual(["Strg+Entf", "Strg+Entf", "⌘⌦"]);
    const { heldWords } = await onPageIn("de", () => import("../../renderer/settings/shortcut-press.ts"));
    const held = { ctrlKey: true, altKey: true, metaKey: true, shiftKey: true };
    expect([heldWords(held, "win32"), heldWords(held, "darwin")]).toEqual(["Strg+Win+Alt+Umschalt+…", "⌃⌥⇧⌘…"]);
  });

  it("writes two alike only if they are the same keys", () => {
    assert(
      property(accelerators, accelerators, constantFrom(...platforms), (a, b, platform) => {
        expect(acceleratorWords(a, platform, keyName) === acceleratorWords(b, platform, keyName)).toBe(sameAccelerator(a, b, platform));
      }),
      { numRuns: 500 },
    );
  });
});
