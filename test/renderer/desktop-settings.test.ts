import { describe, expect, it } from "vitest";
import { createDesktopActions } from "../../renderer/desktop-actions.ts";
import { inversePatch, refusalText } from "../../renderer/settings/settings-change.ts";
import { heldWords, readPress } from "../../renderer/settings/shortcut-press.ts";
import { updateWords } from "../../renderer/settings/update-words.ts";
import { desktopPatchSchema } from "../../shared/desktop.ts";
import { ok } from "../../shared/result.ts";
import { updateMoments } from "../support/desktop-fixture.ts";
import { sampleDesktopSettings } from "../support/desktop-parts.ts";
import { fixtureSettings } from "../support/panel-parts.ts";

const bare = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false };
const ctrl = { ...bare, ctrlKey: true };
const shift = { ...bare, shiftKey: true };
const letter = (key: string) => ({ key, code: `Key${key.toUpperCase()}` });
const named = (key: string) => ({ key, code: key });

describe("a key while a shortcut is recorded", () => {
  it.each([
    ["Escape cancels", { ...bare, ...named("Escape") }, { kind: "cancel" }],
    ["Backspace takes the shortcut away", { ...bare, ...named("Backspace") }, { kind: "clear" }],
    ["Tab leads on", { ...bare, ...named("Tab") }, { kind: "leave" }],
    ["and so it does backwards", { ...shift, ...named("Tab") }, { kind: "leave" }],
    ["Control is only held", { ...ctrl, key: "Control", code: "ControlLeft" }, { kind: "held" }],
    ["a letter alone belongs to whoever types", { ...bare, ...letter("k") }, { kind: "refused", why: "no-modifier" }],
    ["so does an F key", { ...bare, ...named("F7") }, { kind: "refused", why: "no-modifier" }],
    ["Shift alone is not enough", { ...shift, ...named("F7") }, { kind: "refused", why: "shift-alone" }],
    ["neither is it with Escape", { ...shift, ...named("Escape") }, { kind: "refused", why: "shift-alone" }],
    ["AltGr writes letters", { ...ctrl, altKey: true, ...letter("q"), getModifierState: () => true }, { kind: "refused", why: "altgr" }],
    ["a sign has no name", { ...ctrl, key: ";", code: "Semicolon" }, { kind: "refused", why: "unusable" }],
    ["what copies stays what copies", { ...ctrl, ...letter("c") }, { kind: "refused", why: "everyday" }],
    ["with Shift it is free", { ...ctrl, shiftKey: true, ...letter("C") }, { kind: "keys", keys: "CommandOrControl+Shift+C" }],
    ["a letter that is not everyday is taken", { ...ctrl, ...letter("k") }, { kind: "keys", keys: "CommandOrControl+K" }],
    ["Backspace with Control is a key like others", { ...ctrl, ...named("Backspace") }, { kind: "keys", keys: "CommandOrControl+Backspace" }],
  ] as const)("%s", (_what, press, read) => {
    expect(readPress(press, "linux")).toEqual(read);
  });

  it("follows the system's own main modifier", () => {
    expect(readPress({ ...bare, metaKey: true, ...letter("c") }, "darwin")).toEqual({ kind: "refused", why: "everyday" });
    expect(readPress({ ...ctrl, ...letter("c") }, "darwin")).toEqual({ kind: "keys", keys: "Control+C" });
    expect(readPress({ ...bare, metaKey: true, ...letter("c") }, "win32")).toEqual({ kind: "keys", keys: "Super+C" });
  });

  it("names what is held as the system does, with what is missing", () => {
    const all = { ctrlKey: true, altKey: true, metaKey: true, shiftKey: true };
    expect((["win32", "linux", "darwin"] as const).map((platform) => heldWords(all, platform))).toEqual(["Ctrl+Win+Alt+Shift+…", "Ctrl+Super+Alt+Shift+…", "⌃⌥⇧⌘…"]);
    expect(heldWords(bare, "linux")).toBe("");
  });
});

describe("taking a change of the desktop back", () => {
  const before = { settings: fixtureSettings, desktop: sampleDesktopSettings };

  it.each([
    [{ dock: "left" }, { dock: "floating" }],
    [{ alwaysOnTop: true, notifications: false }, { alwaysOnTop: false, notifications: true }],
    [{ shortcuts: { quiet: null } }, { shortcuts: { quiet: "CommandOrControl+Shift+F9" } }],
  ] as const)("names what was changed and nothing else: %j", (patch, inverse) => {
    expect(inversePatch(before, { desktop: patch })).toEqual({ desktop: inverse });
    expect(desktopPatchSchema.parse(inverse)).toEqual(inverse);
  });

  it("is nothing where the desktop is gone", () => {
    expect(inversePatch({ ...before, desktop: null }, { desktop: { dock: "left" } })).toEqual({ desktop: {} });
  });

  it("says a refusal without the path of its own field, also of a shortcut", () => {
    const words = (detail: string, field: string) => refusalText({ kind: "policy", code: "not-allowed", detail }, field);
    expect(words("desktop.change: shortcuts.show: keys joined by +", "shortcuts.show")).toBe("keys joined by +");
    expect(words("desktop.change: dock: expected left", "dock")).toBe("expected left");
    expect(words("shortcuts.show: no", "show")).toBe("no");
    expect(words("shortcuts.noshow: no", "show")).toBe("shortcuts.noshow: no");
  });
});

describe("updates in words", () => {
  const at = Date.UTC(2026, 2, 4, 9, 30);

  it.each([
    ["off", null],
    ["neverLooked", "check"],
    ["newest", "check"],
    ["checking", "check"],
    ["loading", "check"],
    ["ready", "install"],
    ["waiting", "later"],
    ["installing", null],
    ["failed", "check"],
  ] as const)("offer the one thing to do: %s", (name, act) => {
    const words = updateWords(updateMoments[name](at), false);
    expect(words.act?.kind ?? null).toBe(act);
    expect(words.act?.busy ?? false).toBe(name === "checking" || name === "loading");
    expect(words.said).not.toBe("");
  });

  it("make main's reason a sentence", () => {
    expect(updateWords(updateMoments.off(), false).more).toBe("This program was not installed by a package.");
    expect(updateWords({ kind: "off", why: "Ask your administrator!" }, false).more).toBe("Ask your administrator!");
  });

  it("say of a ready one that it waits for the conversation, while there is one", () => {
    const [idle, live] = [false, true].map((one) => updateWords(updateMoments.ready(), one));
    expect(idle).toMatchObject({ act: { label: "Install and restart" }, more: expect.stringContaining("comes back") });
    expect(live).toMatchObject({ act: { label: "Install after the conversation" }, more: expect.stringContaining("last conversation has ended") });
    expect(live?.more).toContain("Keeps its place");
  });

  it("round what is loaded for reading only", () => {
    expect(updateWords(updateMoments.loading(), false)).toMatchObject({ said: "Version 0.2.0 is being loaded: 43 %", percent: 42.7 });
  });
});

it("the actions give the desktop's commands", async () => {
  const given: unknown[] = [];
  const actions = createDesktopActions(async (name, input) => {
    given.push([name, input]);
    return ok(null) as never;
  });
  await actions.change({ dock: "left" });
  await actions.checkUpdate();
  await actions.installUpdate();
  await actions.keepVersion();
  expect(given).toEqual([["desktop.change", { dock: "left" }], ["updates.check", {}], ["updates.install", {}], ["updates.later", {}]]);
});
