import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import type { App, BrowserWindow, Notification, NotificationConstructorOptions } from "electron";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DesktopProgram } from "../../electron/desktop/desktop-ports.ts";
import { createSpeech } from "../../electron/words/speech.ts";
import { watchClose } from "../../electron/desktop/window-close.ts";
import { showWhenDrawn } from "../../electron/desktop/window-start.ts";
import { memoryDesktopSettings, sampleDesktopSettings } from "../support/desktop-parts.ts";
import { createFakeList } from "../support/only-members.ts";
import { createStandInBounds, type BoundsMember } from "../support/stand-in-bounds.ts";

const list = createFakeList();
let events: EventEmitter;
let app: EventEmitter;
let window: BrowserWindow;
/** What became of the window, in order. */
let acts: string[];
let told: string[];
let toldBefore: boolean;
let opened: Disposable[];

beforeEach(() => {
  events = new EventEmitter();
  app = new EventEmitter();
  acts = [];
  told = [];
  toldBefore = false;
  opened = [];
  const bounds = createStandInBounds(events, {});
  events.on("minimize", () => acts.push("minimised"));
  events.on("leave-full-screen", () => acts.push("left full screen"));
  window = list.fake<BrowserWindow, BoundsMember | "on" | "once" | "isDestroyed" | "hide" | "show">("BrowserWindow", {
    ...bounds.members,
    on: ((event: string, listener: () => void) => events.on(event, listener)) as unknown as BrowserWindow["on"],
    once: ((event: string, listener: () => void) => events.once(event, listener)) as unknown as BrowserWindow["once"],
    isDestroyed: () => false,
    hide: () => acts.push("hidden"),
    show: () => acts.push("shown"),
  });
});
afterEach(() => {
  for (const one of opened) one[Symbol.dispose]();
  expect(events.eventNames()).toEqual(["minimize", "leave-full-screen"]);
  expect(app.eventNames()).toEqual([]);
});

function watch({ platform = "win32", keepRunning = true, hasTray = true, notifies = true }: { platform?: DesktopProgram["platform"]; keepRunning?: boolean; hasTray?: boolean; notifies?: boolean } = {}) {
  const settings = memoryDesktopSettings({ ...sampleDesktopSettings, keepRunning });
  const Shown = Object.assign(
    function Shown({ title, body }: NotificationConstructorOptions) {
      return list.fake<Notification, "show">("Notification", { show: () => void told.push(`${title}: ${body}`) });
    },
    { isSupported: () => notifies },
  );
  const electron = {
    app: list.fake<App, "on" | "off">("App", {
      on: ((event: string, listener: () => void) => app.on(event, listener)) as unknown as App["on"],
      off: ((event: string, listener: () => void) => app.off(event, listener)) as unknown as App["off"],
    }),
    Notification: Shown as unknown as typeof Electron.Notification,
  };
  const places = { wasToldHidden: () => toldBefore, noteToldHidden: () => void (toldBefore = true) };
  opened.push(watchClose({ electron, platform, settings, speech: createSpeech(), window, quit: () => acts.push("quit"), panelWindow: { show: () => acts.push("brought forward") }, places, canHide: () => hasTray }));
  return settings;
}

/** Whether closing went through. */
function close(): boolean {
  let prevented = false;
  events.emit("close", { preventDefault: () => (prevented = true) });
  return !prevented;
}

describe("closing the window", () => {
  it.each([
    ["win32", "notification area"],
    ["darwin", "menu bar"],
    ["linux", "system tray"],
  ] as const)("hides it and tells the person once ever where it went (%s)", (platform, where) => {
    watch({ platform });
    expect([close(), close()]).toEqual([false, false]);
    expect(acts).toEqual(["hidden", "hidden"]);
    expect(told).toEqual([expect.stringContaining(where)]);
  });

  it("says nothing to a person who knows", () => {
    toldBefore = true;
    watch();
    close();
    expect(told).toEqual([]);
  });

  it("says nothing where the system tells nothing, and does not take it for told", () => {
    watch({ notifies: false });
    close();
    expect([told, toldBefore]).toEqual([[], false]);
  });

  it("really closes it once the setting is off, from then on", async () => {
    const settings = watch();
    expect(close()).toBe(false);
    await settings.change({ keepRunning: false });
    expect(close()).toBe(true);
    expect(acts).toEqual(["hidden"]);
  });

  it("minimises it where nothing would bring it back", () => {
    watch({ hasTray: false });
    expect(close()).toBe(false);
    expect(acts).toEqual(["minimised"]);
    expect(told).toEqual([]);
  });

  it.each([
    ["the program ends", () => app.emit("before-quit"), []],
    ["the person's session ends, with which the program does", () => events.emit("session-end"), ["quit"]],
  ])("is in nobody's way when %s", (_what, end, expected) => {
    watch();
    end();
    expect(close()).toBe(true);
    expect(acts).toEqual(expected);
  });

  it("leaves full screen first on macOS, which would stay black", () => {
    watch({ platform: "darwin" });
    window.setFullScreen(true);
    expect(close()).toBe(false);
    expect(acts).toEqual(["left full screen", "hidden"]);
  });
});

it("brings it forward when its icon in the Dock is clicked", () => {
  watch({ platform: "darwin" });
  app.emit("activate");
  expect(acts).toEqual(["brought forward"]);
});

describe("once the page is drawn", () => {
  it.each([
    [{ hidden: false, canHide: true }, ["shown"]],
    [{ hidden: false, canHide: false }, ["shown"]],
    [{ hidden: true, canHide: true }, []],
    [{ hidden: true, canHide: false }, ["minimised"]],
  ])("%o: %o", ({ hidden, canHide }, expected) => {
    showWhenDrawn(window, { hidden, canHide: () => canHide });
    expect(acts).toEqual([]);
    events.emit("ready-to-show");
    expect(acts).toEqual(expected);
  });
});
