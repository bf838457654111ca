import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as Electron from "electron";
import { _electron } from "playwright-core";
import { expect } from "vitest";
import type { DesktopDriver } from "./desktop-driver.ts";

declare global {
  /** In Electron's main process: what its own classes were given since the test began to look. */
  var seenByTest: { menu: Electron.Menu | null; notified: string[] } | undefined;
}

/** How the built program is run in real Electron. */
export interface ElectronPlace {
  /** Electron's own program. */
  readonly binary: string;
  /** The built `main.js`, and the preload script beside it. */
  readonly main: string;
  readonly preload: string;
}

/**
 * Starts the built program in real Electron, with Playwright at its main process and folders of its own. The tray's menu and
 * the notifications are read from Electron's classes, whose methods are wrapped from outside: the program has no seam for it.
 */
export async function startInElectron({ binary, main, preload }: ElectronPlace, args: readonly string[] = []): Promise<DesktopDriver> {
  await using opening = new AsyncDisposableStack();
  const home = opening.adopt(await mkdtemp(join(tmpdir(), "callside-electron-")), (folder) => rm(folder, { recursive: true, force: true }));
  const own = { HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, APPDATA: home, LOCALAPPDATA: home };
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries({ ...process.env, ...own })) if (value !== undefined) env[name] = value;
  // No switch for Electron's own folder: the program would take it for one of its own flags. Linux follows the environment.
  const app = await _electron.launch({ executablePath: binary, args: [main, ...args], cwd: home, env });
  const child = app.process();
  const ended = new Promise<number>((resolve) => {
    child.once("exit", (code) => {
      resolve(code ?? -1);
    });
  });
  opening.defer(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
  });
  const page = await app.firstWindow();
  await page.getByRole("contentinfo", { name: "Connection" }).waitFor();
  await app.evaluate(({ Tray, Notification }) => {
    const seen: NonNullable<typeof globalThis.seenByTest> = { menu: null, notified: [] };
    globalThis.seenByTest = seen;
    const setMenu: Electron.Tray["setContextMenu"] = Reflect.get(Tray.prototype, "setContextMenu");
    Tray.prototype.setContextMenu = function (this: Electron.Tray, menu) {
      seen.menu = menu;
      setMenu.call(this, menu);
    };
    const show: Electron.Notification["show"] = Reflect.get(Notification.prototype, "show");
    Notification.prototype.show = function (this: Electron.Notification) {
      seen.notified.push(this.title);
      show.call(this);
    };
  });
  const inMain = {
    isInView: () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().some((window) => window.isVisible() && !window.isMinimized())),
    hide: () =>
      app.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows()) window.hide();
      }),
    labels: () => app.evaluate(() => (globalThis.seenByTest?.menu?.items ?? []).flatMap((item) => [item.label, ...(item.submenu?.items ?? []).map((one) => one.label)])),
  };
  const setQuiet = (quiet: boolean): Promise<unknown> =>
    page.evaluate((wanted) => {
      const api: unknown = Reflect.get(globalThis, "callside");
      return Reflect.apply(Reflect.get(api as object, "settings.change") as (input: unknown) => Promise<unknown>, undefined, [{ display: { quiet: wanted } }]);
    }, quiet);
  /** The menu is drawn anew when what it tells of changes: quiet mode goes on and off again. */
  const drawn = async (): Promise<readonly string[]> => {
    if ((await inMain.labels()).length === 0) {
      await setQuiet(true);
      await expect.poll(inMain.labels).not.toEqual([]);
      await setQuiet(false);
    }
    return inMain.labels();
  };
  const open = opening.move();
  return {
    page: async () => page,
    isInView: inMain.isInView,
    hide: inMain.hide,
    trayLabels: drawn,
    async pressTray(label) {
      await drawn();
      const wasThere = await app.evaluate((_electron, wanted) => {
        const seen = globalThis.seenByTest;
        const item = (seen?.menu?.items ?? []).flatMap((one) => [one, ...(one.submenu?.items ?? [])]).find((one) => one.label.startsWith(wanted));
        item?.click();
        return item !== undefined;
      }, label);
      if (!wasThere) throw new Error(`no line ${label} in the tray's menu`);
    },
    canNotify: () => app.evaluate(({ Notification }) => Notification.isSupported()),
    notifications: () => app.evaluate(() => globalThis.seenByTest?.notified ?? []),
    askFromElsewhere: () =>
      app.evaluate(
        async ({ BrowserWindow }, { preloadPath }) => {
          const window = new BrowserWindow({ show: false, webPreferences: { preload: preloadPath, sandbox: true, contextIsolation: true } });
          await window.loadURL("data:text/html,<title>elsewhere</title>");
          const reply: unknown = await window.webContents.executeJavaScript(`callside["panel.snapshot"]({})`);
          window.destroy();
          return reply;
        },
        { preloadPath: preload },
      ),
    async startAgain(more) {
      const second = spawn(binary, [main, ...more], { cwd: home, env, stdio: "ignore" });
      const [code] = (await once(second, "exit")) as [number | null];
      return code ?? -1;
    },
    async quit() {
      const askedMs = performance.now();
      // The answer to this very call may be lost with the process.
      app.evaluate(({ app: running }) => running.quit()).catch(() => {});
      return { code: await ended, tookMs: performance.now() - askedMs };
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
