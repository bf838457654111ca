import type * as Electron from "electron";
import { describe, expect, test } from "vitest";
import type { DesktopSettings } from "../../shared/desktop.ts";
import { tellOfWayland } from "../../electron/desktop/wayland-notice.ts";
import { createPublisher } from "../../electron/host/publisher.ts";
import { createSpeech } from "../../electron/words/speech.ts";
import { memoryDesktopSettings, sampleDesktopSettings } from "../support/desktop-parts.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createFakeList } from "../support/only-members.ts";
import { sampleSettings } from "../support/sample-panel.ts";

const WAYLAND = { XDG_SESSION_TYPE: "wayland" };

function opened(given: Partial<DesktopSettings>, { env = WAYLAND, platform = "linux", ozone = "" }: { readonly env?: Readonly<Record<string, string>>; readonly platform?: "linux" | "win32"; readonly ozone?: string } = {}) {
  const list = createFakeList();
  const commandLine = list.fake<Electron.CommandLine, "getSwitchValue">("CommandLine", { getSwitchValue: (name) => (name === "ozone-platform" ? ozone : "") });
  const electron = list.fake<typeof Electron, "app">("electron", { app: list.fake<Electron.App, "commandLine">("App", { commandLine }) });
  const clock = createFakeClock();
  const settings = memoryDesktopSettings({ ...sampleDesktopSettings, ...given });
  const publisher = createPublisher({ settings: sampleSettings, clock });
  const speech = createSpeech();
  const told = tellOfWayland({ electron, platform, env, settings, publisher, speech, clock });
  return { settings, speech, told, said: () => publisher.state().notices.map(({ what, since }) => ({ what, since })), notices: () => publisher.state().notices.map(({ id, level }) => `${id} ${level}`) };
}

describe("a desktop that lets no program place its window", () => {
  test.each([{ dock: "right" }, { dock: "left" }, { alwaysOnTop: true }] as const)("is told of where the settings want that (%j)", (given) => {
    expect(opened(given).notices()).toEqual(["wayland warning"]);
    expect(opened(given, { env: { WAYLAND_DISPLAY: "wayland-0" } }).notices()).toEqual(["wayland warning"]);
  });

  test("is told of in the person's language, since when it is so", () => {
    const { speech, said } = opened({ dock: "right" });
    const [before] = said();
    speech.set("de");
    expect(said()).toEqual([{ what: "Dieser Desktop (Wayland) lässt kein Programm sein Fenster selbst platzieren.", since: before?.since }]);
  });

  test("is not told of where they do not, and follows them", async () => {
    const { settings, told, notices } = opened({});
    expect(notices()).toEqual([]);
    await settings.change({ dock: "left" });
    await settings.change({ alwaysOnTop: true });
    expect(notices()).toEqual(["wayland warning"]);
    await settings.change({ dock: "floating" });
    expect(notices()).toEqual(["wayland warning"]);
    await settings.change({ alwaysOnTop: false });
    expect(notices()).toEqual([]);
    told[Symbol.dispose]();
    await settings.change({ dock: "left" });
    expect(notices()).toEqual([]);
  });

  test("is another than that of X11, of Windows, or of a program that was made to use X11", () => {
    expect(opened({ dock: "right" }, { env: { XDG_SESSION_TYPE: "x11" } }).notices()).toEqual([]);
    expect(opened({ dock: "right" }, { platform: "win32" }).notices()).toEqual([]);
    expect(opened({ dock: "right" }, { ozone: "x11" }).notices()).toEqual([]);
  });
});
