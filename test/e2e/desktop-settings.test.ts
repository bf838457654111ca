import type { Locator, Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { flagOverrides } from "../../electron/config/config-flags.ts";
import { openConfig } from "../../electron/config/config-source.ts";
import { type CommandPorts, createCommands } from "../../electron/host/commands.ts";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { DesktopView } from "../../shared/desktop.ts";
import { err, ok } from "../../shared/result.ts";
import { accessibilityProblems } from "../support/accessibility.ts";
import { desktopView, type PlayedDesktop, playDesktop, updateMoments } from "../support/desktop-fixture.ts";
import { panelFixtures } from "../support/panel-fixture.ts";
import { loopbackHost, showDesktop } from "../support/panel-hosts.ts";
import { fixtureSettings } from "../support/panel-parts.ts";
import { docked, showPanelPage, usePanelStage, wide } from "../support/panel-stage.ts";
import { quietPorts } from "../support/quiet-ports.ts";
import { openInteraction } from "../support/sample-panel.ts";
import { updatesTo } from "../support/state-updates.ts";

const stage = usePanelStage();
let open: AsyncDisposableStack;

afterEach(async () => {
  await open.disposeAsync();
});

interface ShowOptions {
  /** Null: a browser, in which nothing of it is to be seen. */
  readonly view?: DesktopView | null;
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly role?: "agent" | "supervisor";
  readonly taken?: readonly string[];
  /** Whether an interaction is live. */
  readonly live?: boolean;
}

interface Shown {
  readonly page: Page;
  readonly publisher: Publisher;
  readonly desktop: PlayedDesktop;
  /** Changes of settings that are none of the desktop's. */
  readonly otherPatches: readonly unknown[];
}

/** The panel with a desktop that is played from memory. */
async function showPanel({ view = desktopView(), viewport = docked, role = "agent", taken = [], live = false }: ShowOptions = {}): Promise<Shown> {
  open = new AsyncDisposableStack();
  const publisher = open.use(createPublisher({ settings: { ...fixtureSettings, role }, clock: systemClock }));
  if (live) {
    const state = panelFixtures.live(systemClock.now());
    for (const update of updatesTo({ ...state, settings: { ...state.settings, role } })) publisher.publish(update);
  }
  const desktop = playDesktop(publisher, view ?? desktopView(), taken);
  if (view === null) publisher.publish({ kind: "desktop", view: null });
  const otherPatches: unknown[] = [];
  const ports: Partial<CommandPorts> = {
    updates: () => desktop.updates,
    changeSettings: async (patch) => {
      if (patch.desktop !== undefined) return desktop.changeSettings(patch);
      otherPatches.push(patch);
      return ok(null);
    },
  };
  const panel = open.use(await showPanelPage(loopbackHost, { stage, publisher, ports, viewport }));
  open.defer(() => expect(panel.pageErrors).toEqual([]));
  await panel.page.locator(".panel").waitFor();
  return { page: panel.page, publisher, desktop, otherPatches };
}

async function openSettings(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Settings" }).click();
  const sheet = page.getByRole("dialog", { name: "Settings" });
  await sheet.getByRole("radiogroup", { name: "Place" }).waitFor();
  return sheet;
}

const SHORTCUTS = ["Show or hide the panel", "Copy the best suggestion", "Quiet mode on or off"] as const;
/** The line of a shortcut: another line may name it, too. */
const shortcut = (sheet: Locator, name: (typeof SHORTCUTS)[number]): Locator => sheet.getByRole("group", { name: "Shortcuts in every program" }).locator(".row-shortcut").nth(SHORTCUTS.indexOf(name));

describe("in a browser", () => {
  it("the settings say nothing of a desktop, and its code is not fetched", async () => {
    const { page } = await showPanel({ view: null });
    const fetched: string[] = [];
    page.on("request", (request) => fetched.push(request.url()));
    await page.getByRole("button", { name: "Settings" }).click();
    const sheet = page.getByRole("dialog", { name: "Settings" });
    await sheet.getByRole("combobox", { name: "Appearance" }).waitFor();
    expect(await sheet.getByRole("group").allInnerTexts()).toHaveLength(3);
    expect(await sheet.getByText("Always on top").count()).toBe(0);
    expect(fetched.filter((address) => address.includes("/desktop-"))).toEqual([]);
  });
});

describe("a refused change", () => {
  it("is told at its own field, also where another has the same name", async () => {
    open = new AsyncDisposableStack();
    const publisher = createPublisher({ settings: { ...fixtureSettings, role: "supervisor" }, clock: systemClock });
    const changeSettings: CommandPorts["changeSettings"] = async (patch) => {
      const section = patch.display === undefined ? "triggers" : "display";
      return err({ kind: "contract", code: "invalid-input", detail: `settings.change: ${section}.language: found xx; allowed is another` });
    };
    const { page } = open.use(await showPanelPage(loopbackHost, { stage, publisher, ports: { changeSettings } }));
    await page.getByRole("button", { name: "Settings" }).click();
    const sheet = page.getByRole("dialog", { name: "Settings" });
    for (const [label, value] of [["Language of the panel", "de"], ["Language of the talk", "fr"]] as const) {
      await sheet.getByRole("combobox", { name: label }).selectOption(value);
      const refused = sheet.locator('.field[data-refused="true"]');
      await refused.filter({ hasText: label }).waitFor();
      expect(await refused.count()).toBe(1);
      expect(await refused.getByRole("alert").innerText()).toBe("found xx; allowed is another");
    }
  });
});

describe("how the panel lives on the desktop", () => {
  it("is an agent's to change: it takes effect at once, and is taken back by Undo", async () => {
    const { page, desktop } = await showPanel({ role: "agent" });
    const sheet = await openSettings(page);
    await sheet.getByRole("radio", { name: "Left" }).click();
    await expect.poll(() => desktop.patches).toEqual([{ dock: "left" }]);
    await sheet.getByText("Changed: Place").waitFor();
    await sheet.getByRole("button", { name: "Undo" }).click();
    await sheet.getByText("Taken back: Place").waitFor();
    expect(desktop.patches).toEqual([{ dock: "left" }, { dock: "floating" }]);
    expect(await sheet.getByRole("radio", { name: "Floating" }).isChecked()).toBe(true);
  });

  it.each([
    ["Always on top", { alwaysOnTop: true }],
    ["Keep running when the window is closed", { keepRunning: false }],
    ["Start at login", { startAtLogin: true }],
    ["Notifications while hidden", { notifications: false }],
  ])("has a switch: %s", async (name, patch) => {
    const { page, desktop } = await showPanel();
    const sheet = await openSettings(page);
    const one = sheet.getByRole("switch", { name });
    const before = await one.isChecked();
    await one.click();
    await expect.poll(() => desktop.patches).toEqual([patch]);
    await expect.poll(() => one.isChecked()).toBe(!before);
  });

  it("goes by the arrow keys from place to place", async () => {
    const { page, desktop } = await showPanel();
    const sheet = await openSettings(page);
    await sheet.getByRole("radio", { name: "Floating" }).focus();
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => desktop.patches).toEqual([{ dock: "right" }]);
  });

  it("says why starting at login is not possible, and still lets it be turned off", async () => {
    const { page, desktop, publisher } = await showPanel({ view: desktopView({ loginHindrance: "This Callside is not installed: it cannot start at login." }) });
    const sheet = await openSettings(page);
    const login = sheet.getByRole("switch", { name: "Start at login" });
    expect(await login.isDisabled()).toBe(true);
    await sheet.getByText("This Callside is not installed: it cannot start at login.").waitFor();
    desktop.show({ settings: { ...desktopView().settings, startAtLogin: true } });
    await expect.poll(() => login.isDisabled()).toBe(false);
    await login.click();
    await expect.poll(() => publisher.state().desktop?.settings.startAtLogin).toBe(false);
  });

  it("follows what is changed elsewhere, such as in the file or by the tray", async () => {
    const { page, desktop } = await showPanel();
    const sheet = await openSettings(page);
    desktop.show({ settings: { ...desktopView().settings, dock: "right", alwaysOnTop: true } });
    await expect.poll(() => sheet.getByRole("radio", { name: "Right" }).isChecked()).toBe(true);
    expect(await sheet.getByRole("switch", { name: "Always on top" }).isChecked()).toBe(true);
  });

  it("shows main's refusal at the field, until a change is taken", async () => {
    const { page, desktop } = await showPanel();
    const sheet = await openSettings(page);
    desktop.refuse({ kind: "transport", code: "disk", detail: "EACCES" });
    await sheet.getByRole("switch", { name: "Always on top" }).click();
    const field = sheet.locator(".field", { hasText: "Always on top" });
    await field.getByRole("alert").waitFor();
    expect(await field.getByRole("alert").innerText()).not.toContain("EACCES");
    expect(await sheet.getByRole("switch", { name: "Always on top" }).isChecked()).toBe(false);
    desktop.refuse(null);
    await sheet.getByRole("switch", { name: "Always on top" }).click();
    await expect.poll(() => sheet.getByRole("alert").count()).toBe(0);
  });
});

describe("a shortcut", () => {
  it("is recorded by pressing its keys, told as it is held, and taken back by Undo", async () => {
    const { page, desktop } = await showPanel();
    const sheet = await openSettings(page);
    const show = shortcut(sheet, "Show or hide the panel");
    await show.getByRole("button").click();
    await expect.poll(() => show.getByRole("button").innerText()).toBe("Press the keys…");
    await expect.poll(() => show.getByRole("status").innerText()).toContain("Esc cancels");
    await page.keyboard.down("Control");
    await page.keyboard.down("Alt");
    await expect.poll(() => show.getByRole("button").innerText()).toBe("Ctrl+Alt+…");
    await page.keyboard.up("Alt");
    await expect.poll(() => show.getByRole("button").innerText()).toBe("Ctrl+…");
    await page.keyboard.press("k");
    await page.keyboard.up("Control");
    await expect.poll(() => show.getByRole("button").innerText()).toBe("Ctrl+K");
    expect(desktop.patches).toEqual([{ shortcuts: { show: "CommandOrControl+K" } }]);
    await sheet.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => show.getByRole("button").innerText()).toBe("Ctrl+Shift+F7");
    expect(desktop.patches.at(-1)).toEqual({ shortcuts: { show: "CommandOrControl+Shift+F7" } });
  });

  it("is begun by Enter, left by Escape without a change and without closing the sheet", async () => {
    const { page, desktop } = await showPanel();
    const sheet = await openSettings(page);
    const button = shortcut(sheet, "Quiet mode on or off").getByRole("button");
    await button.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => button.getAttribute("data-recording")).toBe("true");
    await page.keyboard.press("Escape");
    await expect.poll(() => button.getAttribute("data-recording")).toBe("false");
    expect(await sheet.isVisible()).toBe(true);
    expect(desktop.patches).toEqual([]);
    await page.keyboard.press("Escape");
    await sheet.waitFor({ state: "detached" });
  });

  it("is taken away by Backspace", async () => {
    const { page, desktop } = await showPanel();
    const sheet = await openSettings(page);
    const copy = shortcut(sheet, "Copy the best suggestion");
    await copy.getByRole("button").click();
    await page.keyboard.press("Backspace");
    await expect.poll(() => copy.getByRole("button").innerText()).toBe("None");
    expect(desktop.patches).toEqual([{ shortcuts: { copyFirst: null } }]);
    expect(await copy.getByRole("status").innerText()).toBe("No keys");
  });

  it.each([
    ["F7", "a key alone belongs to whoever types"],
    ["Shift+K", "Shift alone is not enough"],
    ["Control+c", "Every program uses these keys"],
    ["Control+;", "cannot be used"],
    ["Space", "a key alone belongs"],
    ["Enter", "a key alone belongs"],
  ])("says at once why it cannot be %s, and goes on listening", async (keys, words) => {
    const { page, desktop } = await showPanel();
    const sheet = await openSettings(page);
    const show = shortcut(sheet, "Show or hide the panel");
    await show.getByRole("button").click();
    await page.keyboard.press(keys);
    await expect.poll(() => show.getByRole("status").innerText()).toContain(words);
    expect(desktop.patches).toEqual([]);
    await page.keyboard.press("Control+Shift+F5");
    await expect.poll(() => desktop.patches).toEqual([{ shortcuts: { show: "CommandOrControl+Shift+F5" } }]);
  });

  it("lets Tab lead on to the next field, and ends when something else is pressed", async () => {
    const { page, desktop } = await showPanel();
    const sheet = await openSettings(page);
    const [first, second] = [shortcut(sheet, "Show or hide the panel").getByRole("button"), shortcut(sheet, "Copy the best suggestion").getByRole("button")];
    await first.click();
    await page.keyboard.press("Tab");
    await expect.poll(() => second.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await first.getAttribute("data-recording")).toBe("false");
    await first.click();
    await second.click();
    expect([await first.getAttribute("data-recording"), await second.getAttribute("data-recording")]).toEqual(["false", "true"]);
    expect(desktop.patches).toEqual([]);
  });

  it("keeps the panel's own keys to itself while it is recorded", async () => {
    const { page, otherPatches } = await showPanel({ live: true });
    const sheet = await openSettings(page);
    const show = shortcut(sheet, "Show or hide the panel");
    await show.getByRole("button").click();
    for (const key of ["q", "?", "w", "c", "1"]) await page.keyboard.press(key);
    await expect.poll(() => show.getByRole("status").innerText()).toContain("a key alone");
    expect(await page.getByRole("dialog").count()).toBe(1);
    expect(otherPatches).toEqual([]);
  });

  it("tells what became of it: another program has the keys, another of ours, or the desktop gives none", async () => {
    const { page, desktop } = await showPanel({ taken: ["Ctrl+Shift+K"] });
    const sheet = await openSettings(page);
    const [show, quiet] = [shortcut(sheet, "Show or hide the panel"), shortcut(sheet, "Quiet mode on or off")];
    await expect.poll(() => quiet.getByRole("status").innerText()).toBe("Works");
    await quiet.getByRole("button").click();
    await page.keyboard.press("Control+Shift+k");
    await expect.poll(() => quiet.getByRole("status").innerText()).toBe("Another program has these keys.");
    await quiet.getByRole("button").click();
    await page.keyboard.press("Control+Shift+F7");
    await expect.poll(() => quiet.getByRole("status").innerText()).toBe("Also used for: Show or hide the panel");
    expect(await show.getByRole("status").innerText()).toBe("Works");
    desktop.show({ shortcuts: { show: "refused", copyFirst: "refused", quiet: "off" } });
    await expect.poll(() => show.getByRole("status").innerText()).toBe("This desktop does not let programs have global keys.");
  });

  it("goes back to the ones the program came with, naming only those that differ", async () => {
    const { page, desktop } = await showPanel({ view: desktopView({ settings: { ...desktopView().settings, shortcuts: { show: "Alt+Space", copyFirst: "CommandOrControl+Shift+F8", quiet: null } } }) });
    const sheet = await openSettings(page);
    const reset = sheet.getByRole("button", { name: "Reset to the usual shortcuts" });
    await reset.click();
    await expect.poll(() => desktop.patches).toEqual([{ shortcuts: { show: "CommandOrControl+Shift+F7", quiet: "CommandOrControl+Shift+F9" } }]);
    await expect.poll(() => reset.getAttribute("aria-disabled")).toBe("true");
    await reset.click({ force: true });
    expect(desktop.patches).toHaveLength(1);
  });

  it("is written as macOS writes it there", async () => {
    const { page } = await showPanel({ view: desktopView({ platform: "darwin" }) });
    const sheet = await openSettings(page);
    expect(await shortcut(sheet, "Show or hide the panel").getByRole("button").innerText()).toBe("⇧⌘F7");
  });
});

describe("updates", () => {
  const line = (sheet: Locator): Locator => sheet.locator(".row-update");

  it.each([
    ["newest", "Check now", "check"],
    ["ready", "Install and restart", "install"],
    ["waiting", "Not now", "later"],
    ["failed", "Try again", "check"],
  ] as const)("offer what can be done: %s", async (name, button, call) => {
    const { page, desktop } = await showPanel({ view: desktopView({ update: updateMoments[name](systemClock.now()) }) });
    const sheet = await openSettings(page);
    await line(sheet).getByText("Callside 0.1.0").waitFor();
    await line(sheet).getByRole("button", { name: button }).click();
    await expect.poll(() => desktop.updateCalls).toEqual([call]);
  });

  it("show how far they are, and do nothing twice", async () => {
    const { page, desktop } = await showPanel({ view: desktopView({ update: updateMoments.loading() }) });
    const sheet = await openSettings(page);
    await line(sheet).getByText("43 %").waitFor();
    expect(await line(sheet).getByRole("progressbar").getAttribute("value")).toBe("42.7");
    await line(sheet).getByRole("button", { name: "Check now" }).click({ force: true });
    desktop.show({ update: updateMoments.newest(systemClock.now()) });
    await line(sheet).getByText("Nothing newer was found").waitFor();
    await line(sheet).getByRole("button", { name: "Check now" }).click();
    await expect.poll(() => desktop.updateCalls).toEqual(["check"]);
  });

  it("say that a conversation is not interrupted", async () => {
    const { page, desktop } = await showPanel({ live: true, view: desktopView({ update: updateMoments.ready() }) });
    const sheet = await openSettings(page);
    await line(sheet).getByText("It is installed when your last conversation has ended.").waitFor();
    await line(sheet).getByRole("button", { name: "Install after the conversation" }).click();
    await expect.poll(() => desktop.updateCalls).toEqual(["install"]);
  });

  it("say a refusal where it was asked for", async () => {
    const { page, desktop } = await showPanel();
    const sheet = await openSettings(page);
    desktop.refuse({ kind: "policy", code: "not-allowed", detail: "updates come from your administrator" });
    await line(sheet).getByRole("button", { name: "Check now" }).click();
    await sheet.getByRole("alert").getByText("updates come from your administrator").waitFor();
  });

  it("are a calm line in the panel when one is ready, which can be sent away until the next version", async () => {
    const { page, desktop } = await showPanel({ view: desktopView({ update: updateMoments.ready() }) });
    const note = page.getByRole("region", { name: "Update" });
    await note.getByText("Version 0.2.0 is ready").waitFor();
    await note.getByRole("button", { name: "Install and restart" }).click();
    await expect.poll(() => desktop.updateCalls).toEqual(["install"]);
    await note.getByRole("button", { name: "Dismiss" }).click();
    await note.waitFor({ state: "detached" });
    desktop.show({ update: updateMoments.neverLooked() });
    desktop.show({ update: updateMoments.ready() });
    desktop.show({ settings: { ...desktopView().settings, alwaysOnTop: true } });
    const sheet = await openSettings(page);
    await expect.poll(() => sheet.getByRole("switch", { name: "Always on top" }).isChecked()).toBe(true);
    expect(await note.count()).toBe(0);
    await page.keyboard.press("Escape");
    desktop.show({ update: { kind: "ready", version: "0.3.0", notes: null } });
    await note.getByText("Version 0.3.0 is ready").waitFor();
  });

  it("are no line while an interaction is live", async () => {
    const { page, publisher } = await showPanel({ view: desktopView({ update: updateMoments.ready() }) });
    const note = page.getByRole("region", { name: "Update" });
    await note.waitFor();
    publisher.publish(openInteraction("call-1"));
    await note.waitFor({ state: "detached" });
    publisher.publish(openInteraction("call-1", "ended"));
    await note.waitFor();
  });
});

describe("on screen", () => {
  const everything = (): DesktopView =>
    desktopView({
      loginHindrance: "Windows did not take the entry: your organisation may have locked it.",
      shortcuts: { show: "taken", copyFirst: "clash", quiet: "refused" },
      settings: { ...desktopView().settings, shortcuts: { show: "CommandOrControl+Alt+Shift+PageDown", copyFirst: "CommandOrControl+Alt+Shift+PageDown", quiet: null } },
      update: updateMoments.loading(),
    });

  it.each(["light", "dark"] as const)("has nothing that axe objects to, also while keys are recorded: %s", async (colorScheme) => {
    const { page, desktop } = await showPanel({ view: everything() });
    await page.emulateMedia({ colorScheme });
    const sheet = await openSettings(page);
    expect(await accessibilityProblems(page)).toEqual([]);
    await shortcut(sheet, "Quiet mode on or off").getByRole("button").click();
    await page.keyboard.press("F7");
    expect(await accessibilityProblems(page)).toEqual([]);
    desktop.show({ update: updateMoments.failed(0), shortcuts: { show: "works", copyFirst: "off", quiet: "works" } });
    await sheet.getByText("The update is not signed").waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    desktop.show({ update: updateMoments.ready() });
    await page.getByRole("region", { name: "Update" }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it.each([{ width: 360, height: 640 }, docked, wide])("has room for texts that are half as long again: $width px", async (viewport) => {
    const { page, desktop } = await showPanel({ view: everything(), viewport });
    const sheet = await openSettings(page);
    desktop.refuse({ kind: "policy", code: "not-allowed", detail: "desktop.alwaysOnTop is set by --set desktop.alwaysOnTop, which comes before the configuration file: change it there" });
    await sheet.getByRole("switch", { name: "Always on top" }).click();
    await sheet.getByRole("alert").waitFor();
    expect(await sheet.evaluate(overflowing)).toEqual([]);
    await page.keyboard.press("Escape");
    desktop.show({ update: updateMoments.ready() });
    const note = page.getByRole("region", { name: "Update" });
    await note.waitFor();
    expect(await note.evaluate(overflowing)).toEqual([]);
  });

  it("leads on to the page that says what is wrong", async () => {
    const { page } = await showPanel();
    const sheet = await openSettings(page);
    await sheet.getByRole("button", { name: "Something wrong?" }).click();
    await page.getByRole("dialog", { name: "What is wrong" }).waitFor();
  });
});

/** Runs in the page: lengthens every text by half, and names what is wider than its box then. */
function overflowing(root: HTMLElement | SVGElement): readonly string[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode() !== null) if (walker.currentNode instanceof Text) found.push(walker.currentNode);
  for (const text of found) text.data = text.data.replaceAll(/[\p{L}…]+/gu, (word) => word + word.slice(0, Math.round(word.length / 2)));
  const wide = [...root.querySelectorAll<HTMLElement>("*")].filter((one) => {
    const { overflowX } = getComputedStyle(one);
    return one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1 && !one.classList.contains("ellipsis") && overflowX !== "auto";
  });
  const body = root.querySelector(".sheet-body");
  const scrolls = body !== null && body.scrollWidth > body.clientWidth ? ["the sheet scrolls sideways"] : [];
  return [...scrolls, ...wide.map((one) => `${one.tagName} ${one.className}: ${one.textContent.slice(0, 40)}`)];
}

describe("through the program's own window and its configuration", () => {
  it("a change stands in the configuration at once; what a flag decides is refused in words at its field", async () => {
    open = new AsyncDisposableStack();
    const flags = flagOverrides(["desktop.alwaysOnTop=false"]);
    const opened = await openConfig({ file: null, env: {}, flags: flags.ok ? flags.value : [], dataFolder: "", cwd: "", clock: systemClock });
    if (!opened.ok) throw new Error("the configuration did not open");
    const config = open.use(opened.value);
    const publisher = open.use(createPublisher({ settings: fixtureSettings, clock: systemClock }));
    const commands = createCommands(quietPorts(publisher, { changeSettings: (patch) => config.change(patch) }));
    const settings = {
      current: () => config.current().desktop,
      onChange: (listener: (next: DesktopView["settings"]) => void) => config.onChange((next) => listener(next.desktop)),
      change: (desktop: Parameters<PlayedDesktop["changeSettings"]>[0]["desktop"] & object) => config.change({ desktop }),
    };
    const { page } = open.use(await showDesktop({ browser: stage.browser, files: stage.files, commands, publisher, viewport: docked }, { settings }));
    await page.locator(".panel").waitFor();
    const sheet = await openSettings(page);
    await sheet.getByRole("switch", { name: "Notifications while hidden" }).click();
    await expect.poll(() => config.current().desktop.notifications).toBe(false);
    await shortcut(sheet, "Quiet mode on or off").getByRole("button").click();
    await page.keyboard.press("Control+Shift+k");
    await expect.poll(() => config.current().desktop.shortcuts.quiet).toBe("CommandOrControl+Shift+K");
    await sheet.getByRole("switch", { name: "Always on top" }).click();
    await sheet.getByText("is set by --set desktop.alwaysOnTop").waitFor();
    expect(await sheet.locator(".field", { hasText: "Always on top" }).getByRole("alert").count()).toBe(1);
    await config.change({ desktop: { dock: "left" } });
    await expect.poll(() => sheet.getByRole("radio", { name: "Left" }).isChecked()).toBe(true);
  });
});
