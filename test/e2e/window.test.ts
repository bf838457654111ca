import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { windowCommand, type WindowPorts } from "../../electron/cli/open-window.ts";
import { runCli } from "../../electron/cli/run-cli.ts";
import { openPanelApp } from "../../electron/cli/open-panel.ts";
import { hearLinks } from "../../electron/desktop/link-inbox.ts";
import { startDesktop } from "../../electron/desktop/desktop.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { err, ok } from "../../shared/result.ts";
import { launchBrowser } from "../../build/browser.ts";
import { createElectronStandIn, type ElectronStandIn } from "../support/electron-stand-in.ts";
import { buildPreload } from "../support/panel-hosts.ts";
import { plainPanel } from "../support/plain-panel.ts";

let browser: Browser;
let standIn: ElectronStandIn;
let home = "";
let written: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  written = [];
  home = await mkdtemp(join(tmpdir(), "callside-window-"));
  standIn = createElectronStandIn(browser);
  startDesktop(standIn.electron);
});
afterEach(async () => {
  await standIn[Symbol.asyncDispose]();
  await rm(home, { recursive: true, force: true });
});

/** Runs the desktop program as `main.ts` does, without a configuration. */
async function runWindow(ports: Partial<WindowPorts> = {}, flags: readonly string[] = []): Promise<number> {
  const command = windowCommand({
    electron: standIn.electron,
    preloadPath: await buildPreload(),
    readFiles: async () => ok(plainPanel),
    openApp: openPanelApp,
    ...ports,
  });
  const sink = { write: (text: string) => written.push(text), on: () => {}, off: () => {} };
  return runCli({
    argv: ["window", ...flags],
    commands: { window: { summary: "", load: async () => command } },
    env: {},
    cwd: home,
    folders: { config: join(home, "config"), data: join(home, "data"), cache: join(home, "cache") },
    platform: process.platform,
    clock: systemClock,
    random: Math.random,
    stdin: process.stdin,
    stdout: sink,
    stderr: sink,
    program: "callside",
    signals: { on: () => {}, off: () => {}, exit: () => {} },
  });
}

it("shows a practice call in the window on a machine without a configuration, and ends when it is closed where it is not to go on", async () => {
  const ended = runWindow({}, ["--set", "desktop.keepRunning=false"]);
  await expect.poll(() => standIn.windows.length, { timeout: 20_000 }).toBe(1);
  const [shown] = standIn.windows;
  if (shown === undefined) throw new Error("no window");
  const page = await shown.page();
  const snapshot = () => page.evaluate(() => window.plainPanel.call("panel.snapshot", {}));
  await expect.poll(snapshot, { timeout: 30_000 }).toMatchObject({ ok: true, value: { state: { interactions: expect.arrayContaining([expect.anything()]) } } });
  expect(await snapshot()).toMatchObject({ ok: true, value: { state: { settings: { mode: "practice" } } } });
  standIn.powerMonitor.emit("resume");
  shown.close();
  expect(await ended).toBe(0);
  expect(standIn.errorBoxes).toEqual([]);
});

it("goes on when its window is closed, and ends in order when the person quits", async () => {
  const ended = runWindow();
  await expect.poll(() => standIn.windows.length, { timeout: 20_000 }).toBe(1);
  await (await standIn.windows[0]?.page())?.waitForSelector("html[data-ready]");
  standIn.windows[0]?.close();
  expect([standIn.windows[0]?.isVisible(), standIn.windows[0]?.window.isDestroyed()]).toEqual([false, false]);
  standIn.app.emit("before-quit", { preventDefault: () => {} });
  expect(await ended).toBe(0);
  expect(standIn.windows[0]?.window.isDestroyed()).toBe(true);
});

it("follows the link that it was started with, as soon as there is a page", async () => {
  const ended = runWindow({ links: hearLinks(standIn.electron.app, "callside://interaction/a?b") });
  await expect.poll(() => standIn.windows.length, { timeout: 20_000 }).toBe(1);
  const page = await standIn.windows[0]?.page();
  await page?.waitForSelector("html[data-ready]");
  const notices = () => page?.evaluate(() => window.plainPanel.call("panel.snapshot", {}));
  await expect.poll(notices, { timeout: 20_000 }).toMatchObject({ value: { state: { notices: expect.arrayContaining([expect.objectContaining({ id: "link" })]) } } });
  standIn.app.emit("before-quit", { preventDefault: () => {} });
  expect(await ended).toBe(0);
});

it("says in a box why it could not start, as there may be no terminal", async () => {
  expect(await runWindow({ openApp: async () => err("assist.minConfidence: found 7, allowed 0 to 1") })).toBe(2);
  expect(standIn.errorBoxes).toEqual([{ title: "Callside could not start", content: expect.stringContaining("minConfidence") }]);
  expect(standIn.windows).toEqual([]);
});

it("says that the panel was not built", async () => {
  const missing = err({ kind: "contract", code: "not-found-here", detail: "the built panel has no index.html" } as const);
  expect(await runWindow({ readFiles: async () => missing })).toBe(2);
  expect(standIn.errorBoxes[0]?.content).toContain("index.html");
});
