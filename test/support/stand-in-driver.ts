import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { expect } from "vitest";
import { openPanelApp } from "../../electron/cli/open-panel.ts";
import { windowCommand } from "../../electron/cli/open-window.ts";
import { runCli } from "../../electron/cli/run-cli.ts";
import { startDesktop } from "../../electron/desktop/desktop.ts";
import { hearLinks, takeLink } from "../../electron/desktop/link-inbox.ts";
import { CALL_CHANNEL } from "../../electron/host/channels.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { ok } from "../../shared/result.ts";
import { builtPanel } from "./built-panel.ts";
import type { DesktopDriver } from "./desktop-driver.ts";
import { createElectronStandIn, type ElectronStandIn } from "./electron-stand-in.ts";
import { buildPreload } from "./panel-hosts.ts";
import type { StandInTrayIcon } from "./stand-in-tray.ts";
import type { StandInWindow } from "./stand-in-window.ts";

/** The program on the stand-in for Electron, which can be looked into. */
export interface StandInDriver extends DesktopDriver {
  readonly standIn: ElectronStandIn;
  readonly window: StandInWindow;
  readonly icon: StandInTrayIcon;
}

/** Starts the desktop program as `main.ts` does, in practice mode, on the stand-in. */
export async function startOnStandIn(browser: Browser, args: readonly string[] = []): Promise<StandInDriver> {
  await using opening = new AsyncDisposableStack();
  const home = opening.adopt(await mkdtemp(join(tmpdir(), "callside-driver-")), (folder) => rm(folder, { recursive: true, force: true }));
  const standIn = opening.use(createElectronStandIn(browser));
  const given = takeLink(args);
  const links = hearLinks(standIn.electron.app, given.link);
  if (startDesktop(standIn.electron) !== "first") throw new Error("the stand-in said that it is the first instance");
  const [files, preloadPath] = await Promise.all([builtPanel(), buildPreload()]);
  const command = windowCommand({ electron: standIn.electron, preloadPath, readFiles: async () => ok(files), openApp: openPanelApp, links });
  const told: string[] = [];
  const sink = { write: (text: string) => told.push(text), on: () => {}, off: () => {} };
  const ended = runCli({
    argv: ["window", ...given.rest],
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
  const quit = async (): Promise<{ readonly code: number; readonly tookMs: number }> => {
    const askedMs = performance.now();
    standIn.app.emit("before-quit", { preventDefault: () => {} });
    return { code: await ended, tookMs: performance.now() - askedMs };
  };
  opening.defer(async () => {
    await quit();
  });
  await expect.poll(() => standIn.tray.icons.length, { timeout: 30_000, message: told.join("") }).toBe(1);
  const [window] = standIn.windows;
  const [icon] = standIn.tray.icons;
  if (window === undefined || icon === undefined) throw new Error("no window, or no tray icon");
  const page = await window.page();
  await page.getByRole("contentinfo", { name: "Connection" }).waitFor();
  const open = opening.move();
  return {
    standIn,
    window,
    icon,
    page: () => window.page(),
    isInView: async () => window.isVisible(),
    async hide() {
      window.window.hide();
    },
    trayLabels: async () => icon.menu().map((line) => line.trim().replace(/^(?:\[.\]|\(.\)|-) /u, "")),
    async pressTray(label) {
      icon.press(label);
    },
    canNotify: async () => standIn.notifications.supported,
    notifications: async () => standIn.notifications.all.map(({ options }) => options.title ?? ""),
    askFromElsewhere: () => {
      const { mainFrame } = window.window.webContents;
      // Even with the frame of the panel in its hand, another window is another window.
      return standIn.invoke({ sender: { id: 2 } as typeof window.window.webContents, senderFrame: mainFrame }, CALL_CHANNEL, "panel.snapshot", {});
    },
    async startAgain(more) {
      await using second = createElectronStandIn(browser, { firstInstance: false });
      if (startDesktop(second.electron) !== "second") throw new Error("the second start took itself for the first");
      // Chromium's own switches come in between.
      standIn.app.emit("second-instance", {}, ["/opt/Callside/callside", "--allow-file-access-from-files", ...more], home);
      return 0;
    },
    quit,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
