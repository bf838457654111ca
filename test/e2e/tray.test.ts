import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../../build/browser.ts";
import { createCommands } from "../../electron/host/commands.ts";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { showDesktop, type ShownDesktop } from "../support/panel-hosts.ts";
import { plainPanel } from "../support/plain-panel.ts";
import { quietPorts } from "../support/quiet-ports.ts";
import { openInteraction, sampleSet, sampleSettings } from "../support/sample-panel.ts";
import type { StandInTrayIcon } from "../support/stand-in-tray.ts";

let browser: Browser;
let publisher: Publisher;
let shown: ShownDesktop;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  publisher = createPublisher({ settings: sampleSettings, clock: systemClock });
  const commands = createCommands(quietPorts(publisher));
  shown = await showDesktop({ browser, publisher, commands, files: plainPanel });
});
afterEach(async () => {
  await shown[Symbol.asyncDispose]();
});

function icon(): StandInTrayIcon {
  const [first] = shown.standIn.tray.icons;
  if (first === undefined) throw new Error("no tray icon");
  return first;
}

const isVisible = (): boolean | undefined => shown.standIn.windows[0]?.isVisible();

describe("the desktop program around its window", () => {
  it("has a tray icon that hides the window, brings it back, and opens what is wrong in it", () => {
    icon().events.emit("click");
    expect(isVisible()).toBe(false);
    icon().press("What is wrong");
    expect([isVisible(), publisher.state().focus?.target]).toEqual([true, { kind: "health" }]);
  });

  it("tells the settings page how its shortcuts and its start at login stand", () => {
    expect(publisher.state().desktop).toMatchObject({ shortcuts: { show: "works", copyFirst: "works", quiet: "works" }, loginHindrance: null });
  });

  it("answers its shortcuts whatever is in front", async () => {
    const set = sampleSet("a", "s", ["x"], { at: Date.now() });
    publisher.publish(openInteraction("a"));
    publisher.publish({ kind: "set", set, cards: { x: { visibility: "shown", pinned: false, feedback: null, copied: false, displayed: true } }, tunnelMs: null });
    shown.standIn.shortcuts.press("CommandOrControl+Shift+F8");
    await expect.poll(() => publisher.state().interactions[0]?.sets[0]?.cards["x"]?.copied).toBe(true);
    expect(shown.standIn.shortcuts.clipboard()).toBe("Say x");
  });

  it("ends by its tray, and leaves neither icon nor keys", async () => {
    icon().press("Quit Callside");
    await shown.desktop.closed;
    await shown.desktop[Symbol.asyncDispose]();
    expect([icon().destroyed, shown.standIn.shortcuts.held(), shown.standIn.tray.theme.eventNames(), shown.standIn.app.eventNames()]).toEqual([true, [], [], []]);
  });
});
