import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { commandNames } from "../../shared/command-names.ts";
import { createCommands } from "../../electron/host/commands.ts";
import { openDesktop, startDesktop } from "../../electron/desktop/desktop.ts";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { launchBrowser } from "../../build/browser.ts";
import type { DesktopSettingsPort } from "../../electron/desktop/desktop-ports.ts";
import { memoryDesktopSettings, sampleProgram } from "../support/desktop-parts.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createElectronStandIn } from "../support/electron-stand-in.ts";
import { createSpeech } from "../../electron/words/speech.ts";
import { buildPreload, showDesktop, type ShownDesktop } from "../support/panel-hosts.ts";
import { plainPanel } from "../support/plain-panel.ts";
import { quietPorts } from "../support/quiet-ports.ts";
import { sampleSettings } from "../support/sample-panel.ts";
import { sampleDisplay } from "../support/stand-in-screen.ts";
import type { StandInSession } from "../support/stand-in-session.ts";
import type { StandInWindow } from "../support/stand-in-window.ts";
import { tempDirectory } from "../support/temp-directory.ts";

let browser: Browser;
let publisher: Publisher;
let shown: ShownDesktop;
let page: Page;
let window: StandInWindow;
let session: StandInSession;
let woken: number;
let attended: boolean[];
let settings: DesktopSettingsPort;

function fail(what: string): never {
  throw new Error(what);
}

function createTestCommands() {
  return createCommands(quietPorts(publisher));
}

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  publisher = createPublisher({ settings: sampleSettings, clock: systemClock });
  woken = 0;
  attended = [];
  settings = memoryDesktopSettings();
  shown = await showDesktop(
    { browser, publisher, commands: createTestCommands(), files: plainPanel },
    {
      settings,
      wake: () => {
        woken += 1;
      },
      attend: (isAttended) => attended.push(isAttended),
    },
  );
  page = shown.page;
  await page.waitForSelector("html[data-ready]");
  const [first] = shown.standIn.windows;
  if (first === undefined) throw new Error("no window");
  window = first;
  session = first.session;
});
afterEach(async () => {
  await shown[Symbol.asyncDispose]();
});

describe("the desktop window", () => {
  it("is hardened, as wide as a docked panel, and shown once it is drawn", () => {
    expect(window.options).toMatchObject({
      width: 400,
      height: 900,
      show: false,
      webPreferences: {
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        spellcheck: false,
        devTools: false,
      },
    });
    expect(window.isVisible()).toBe(true);
    expect(session.partition).not.toMatch(/^persist:/);
  });

  it("floats where it fits at first, docks where the settings say, and follows its displays", async () => {
    const clock = createFakeClock();
    const own = memoryDesktopSettings();
    await using placed = await showDesktop({ browser, publisher, commands: createTestCommands(), files: plainPanel }, { settings: own, clock });
    const [{ options, window, place } = fail("no window")] = placed.standIn.windows;
    expect(options).toMatchObject({ x: 1488, y: 32 });
    await own.change({ dock: "left", alwaysOnTop: true });
    expect(window.getBounds()).toEqual({ x: 0, y: 0, width: 400, height: 1040 });
    expect(place.level).toMatchObject({ onTop: true, level: "floating" });
    placed.standIn.screen.change([sampleDisplay(2, -1280, -100, 1280, 720)], "display-removed");
    await clock.advance(5_000);
    expect(window.getBounds()).toEqual({ x: -1280, y: -100, width: 400, height: 680 });
    place.drag({ x: -700, y: 0 });
    await clock.advance(5_000);
    expect(own.current().dock).toBe("floating");
    expect(window.getBounds()).toMatchObject({ x: -700, y: 0 });
  });

  it("waits behind its tray icon when it is started with the session", async () => {
    await using started = await showDesktop({ browser, publisher, commands: createTestCommands(), files: plainPanel, hidden: true });
    const [background = fail("no window")] = started.standIn.windows;
    expect(background.isVisible()).toBe(false);
    started.standIn.app.emit("second-instance", {}, [], "");
    expect(background.isVisible()).toBe(true);
  });

  it("shows the page of its own origin", () => {
    expect(window.window.webContents.getURL()).toBe("app://callside/");
  });

  it("gives the page one function per command and one for the pushes, frozen", async () => {
    const names = await page.evaluate(() => ({ names: Object.keys(Reflect.get(globalThis, "callside") as object), frozen: Object.isFrozen(Reflect.get(globalThis, "callside")) }));
    expect(names).toEqual({
      frozen: true,
      names: [...commandNames, "onUpdates"],
    });
  });
});

describe("the page cannot leave", () => {
  it.each([
    ["a link", () => document.querySelector<HTMLAnchorElement>("#out")?.click()],
    ["a script", () => location.assign("https://example.com/away")],
    ["a replacement", () => location.replace("https://example.com/away")],
    ["another scheme", () => location.assign("http://127.0.0.1:9/away")],
  ])("by %s", async (_how, go) => {
    const failed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/away"));
    await page.evaluate(go);
    await failed;
    expect(window.attempts.at(-1)).toMatchObject({ what: "navigate", allowed: false });
    expect(window.window.webContents.getURL()).toBe("app://callside/");
    expect(await page.title()).toBe("Plain panel");
  });

  it("but may load itself again", async () => {
    const loaded = page.waitForEvent("load");
    await page.click("#home");
    await loaded;
    await page.waitForSelector("html[data-ready]");
    expect(window.attempts).toEqual([{ what: "navigate", url: "app://callside/", allowed: true }]);
    expect(await page.evaluate(() => Reflect.has(globalThis, "callside"))).toBe(true);
  });

  it.each([
    ["window.open", () => void open("https://example.com/new")],
    ["a link with a target", () => document.querySelector<HTMLAnchorElement>("#new")?.click()],
    ["its own address", () => void open("/")],
  ])("nor open a window by %s", async (_how, go) => {
    const popup = page.waitForEvent("popup");
    await page.evaluate(go);
    const opened = await popup;
    if (!opened.isClosed()) await opened.waitForEvent("close");
    expect(window.attempts.filter((one) => one.what === "open")).toMatchObject([{ allowed: false }]);
    expect(shown.standIn.windows).toHaveLength(1);
  });

  it("nor be redirected, nor embed a guest, nor move a frame", () => {
    for (const name of ["will-redirect", "will-attach-webview", "will-frame-navigate"]) {
      let prevented = false;
      window.contentsEvents.emit(name, { url: "app://callside/", isMainFrame: false, preventDefault: () => (prevented = true) });
      expect([name, prevented]).toEqual([name, true]);
    }
  });

  it("nor download anything", async () => {
    const download = page.waitForEvent("download");
    await page.evaluate(() => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob(["a transcript"]));
      link.download = "transcript.txt";
      link.click();
    });
    await download;
    expect(window.attempts).toMatchObject([{ what: "download", allowed: false }]);
  });
});

describe("what the session allows", () => {
  it("is the clipboard for plain text, for its own page, and no other permission", () => {
    const { webContents } = window.window;
    const own = { isMainFrame: true, requestingUrl: "app://callside/" };
    expect(session.grantsPermission(webContents, "clipboard-sanitized-write", own)).toBe(true);
    expect(session.grantsPermission(webContents, "clipboard-sanitized-write", { ...own, isMainFrame: false })).toBe(false);
    expect(session.grantsPermission(webContents, "clipboard-sanitized-write", { ...own, requestingUrl: "https://callside/" })).toBe(false);
    expect(session.checksPermission(webContents, "clipboard-sanitized-write", "app://callside")).toBe(true);
    expect(session.checksPermission(webContents, "clipboard-sanitized-write", "app://callside/")).toBe(true);
    for (const origin of ["https://example.com", "app://callside.example", "app://other", "null", ""]) {
      expect([origin, session.checksPermission(null, "clipboard-sanitized-write", origin)]).toEqual([origin, false]);
    }
    const others = ["clipboard-read", "media", "geolocation", "notifications", "openExternal", "display-capture", "fullscreen", "usb", "serial", "hid", "unknown"] as const;
    for (const name of others) {
      expect([name, session.checksPermission(webContents, name, "app://callside"), session.grantsPermission(webContents, name, own)]).toEqual([name, false, false]);
    }
    expect(session.allowsDevice({ deviceType: "hid", origin: "app://callside", device: {} as never })).toBe(false);
  });

  it("is no request to anywhere but the panel's own files", () => {
    const stopped = ["https://example.com/", "http://127.0.0.1:8080/", "ws://127.0.0.1:1/", "file:///etc/passwd", "app://other/", "app://callside.example/", "app://user@callside/", "devtools://devtools/a.js", "data:text/html,x", "not an address"];
    for (const url of stopped) expect([url, session.cancels(url)]).toEqual([url, true]);
    for (const url of ["app://callside/", "app://callside/assets/main.js", "data:image/svg+xml,x"]) expect([url, session.cancels(url)]).toEqual([url, false]);
  });
});

describe("the app: protocol", () => {
  const ask = async (url: string, init?: RequestInit) => {
    const handler = session.schemes.get("app");
    if (handler === undefined) throw new Error("no handler");
    return handler(new Request(url, init));
  };

  it("serves the listed files with a policy that lets nothing be reached", async () => {
    const response = await ask("app://callside/");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(response.headers.get("content-security-policy")).toContain("connect-src 'none'");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("serves the page in the language that holds, from the next time it is loaded", async () => {
    const own = createSpeech();
    own.set("de");
    await using german = await showDesktop({ browser, publisher, commands: createTestCommands(), files: plainPanel }, { speech: own });
    expect(await german.page.evaluate(() => document.documentElement.lang)).toBe("de");
    own.set("system");
    // The stand-in's system speaks English, which is heard once it is ready.
    await german.page.reload();
    expect(await german.page.evaluate(() => document.documentElement.lang)).toBe("en");
  });

  it("serves nothing else", async () => {
    for (const url of ["app://callside/../../etc/passwd", "app://callside/..%2f..%2fetc/passwd", "app://callside/nothing", "app://other/", "app://callside:80/"]) {
      expect([url, (await ask(url)).status]).toEqual([url, 404]);
    }
    expect((await ask("app://callside/", { method: "POST" })).status).toBe(405);
  });
});

describe("commands by IPC", () => {
  const contents = () => window.window.webContents;
  const frame = (url: string, origin: string) => ({ url, origin }) as ReturnType<StandInWindow["frameOf"]>;

  it("are taken from the main frame of this window only", async () => {
    const { standIn } = shown;
    const { mainFrame } = contents();
    const call = (sender: unknown, senderFrame: unknown) =>
      standIn.invoke({ sender: sender as ReturnType<typeof contents>, senderFrame: senderFrame as typeof mainFrame }, "callside.call", "panel.snapshot", {});
    expect(await call(contents(), mainFrame)).toMatchObject({ ok: true });
    const refused = { ok: false, error: { code: "not-allowed" } };
    expect(await call({}, mainFrame)).toMatchObject(refused);
    expect(await call(contents(), null)).toMatchObject(refused);
    expect(await call(contents(), frame("app://callside/", "app://callside"))).toMatchObject(refused);
    expect(await call(contents(), frame("https://example.com/", "https://example.com"))).toMatchObject(refused);
  });

  it("are refused when the main frame shows another page than ours", async () => {
    const { mainFrame } = contents();
    await page.goto("about:blank");
    expect(await shown.standIn.invoke({ sender: contents(), senderFrame: mainFrame }, "callside.call", "panel.snapshot", {})).toMatchObject({ ok: false, error: { code: "not-allowed" } });
  });

  it("need a name that is text", async () => {
    for (const name of [undefined, null, 7, {}, ["panel.snapshot"]]) {
      expect(await shown.standIn.invoke({ sender: contents(), senderFrame: contents().mainFrame }, "callside.call", name, {})).toMatchObject({ ok: false, error: { code: "invalid-input" } });
    }
  });

  it("go over one channel, which is free again when the window is closed", async () => {
    expect(shown.standIn.handlers()).toEqual(["callside.call"]);
    await shown.desktop[Symbol.asyncDispose]();
    expect(shown.standIn.handlers()).toEqual([]);
    expect(session.schemes.size).toBe(0);
    expect(shown.standIn.app.eventNames()).toEqual([]);
    expect(shown.standIn.powerMonitor.eventNames()).toEqual([]);
    expect(shown.standIn.screen.events.eventNames()).toEqual([]);
  });
});

describe("the desktop program", () => {
  it("comes forward when it is started a second time", () => {
    let focused = 0;
    window.windowEvents.on("focus", () => (focused += 1));
    window.windowEvents.emit("minimize");
    expect(window.isVisible()).toBe(false);
    shown.standIn.app.emit("second-instance");
    expect([window.isVisible(), window.window.isMinimized(), focused]).toEqual([true, false, 1]);
  });

  it("ends at once as the second instance", () => {
    expect(startDesktop(createElectronStandIn(browser, { firstInstance: false }).electron)).toBe("second");
  });

  it("wakes the connections when the machine wakes or is unlocked", () => {
    shown.standIn.powerMonitor.emit("resume");
    shown.standIn.powerMonitor.emit("unlock-screen");
    expect(woken).toBe(2);
  });

  it("stays behind its tray icon when the person closes the window, and comes forward again", async () => {
    let closed = false;
    void shown.desktop.closed.then(() => (closed = true));
    attended.length = 0;
    window.close();
    expect([window.isVisible(), window.window.isDestroyed()]).toEqual([false, false]);
    expect(await page.evaluate(() => document.title)).toBe("Plain panel");
    shown.standIn.app.emit("second-instance", {}, [], "");
    expect([window.isVisible(), closed]).toEqual([true, false]);
    expect(attended).toEqual([false, true]);
  });

  it("ends when the window is closed where it is not to go on, quietly until it is disposed", async () => {
    await settings.change({ keepRunning: false });
    window.close();
    await shown.desktop.closed;
    publisher.publish({ kind: "notice-cleared", id: "x" });
    shown.standIn.app.emit("second-instance");
    expect(await shown.standIn.invoke({ sender: window.window.webContents, senderFrame: null }, "callside.call", "panel.snapshot", {})).toMatchObject({ ok: false });
  });

  it("keeps quitting waiting until everything behind the panel is closed", async () => {
    let prevented = false;
    shown.standIn.app.emit("before-quit", { preventDefault: () => (prevented = true) });
    await shown.desktop.closed;
    expect(prevented).toBe(true);
  });

  it("leaves nothing behind when its page cannot be loaded", async () => {
    const standIn = createElectronStandIn(browser);
    startDesktop(standIn.electron);
    await using home = await tempDirectory();
    const program = sampleProgram({ publisher, commands: createTestCommands(), dataFolder: home.path });
    const options = { program, files: { find: () => undefined }, preloadPath: "/absent/preload.cjs", devTools: false };
    await expect(openDesktop(standIn.electron, options)).rejects.toThrow("ENOENT");
    expect(standIn.handlers()).toEqual([]);
    expect(standIn.screen.events.eventNames()).toEqual([]);
    await standIn[Symbol.asyncDispose]();
  });
});

describe("the stand-in itself", () => {
  it("refuses every member that it does not fake, and lists those that it does", async () => {
    const { electron } = shown.standIn;
    const faked = shown.standIn.faked();
    expect(() => electron.shell).toThrow("does not fake electron.shell");
    expect(() => electron.app.quit()).toThrow("does not fake App.quit");
    expect(() => window.window.webContents.openDevTools()).toThrow("does not fake WebContents.openDevTools");
    expect(faked).toEqual(expect.arrayContaining(["App.enableSandbox", "BrowserWindow.loadURL", "IpcMain.handle", "contextBridge.exposeInMainWorld"]));
    expect(faked.length).toBeLessThan(140);
  });

  it("keeps Electron's order: schemes before ready, windows after, none without the sandbox", async () => {
    const early = createElectronStandIn(browser);
    expect(() => new early.electron.BrowserWindow({})).toThrow("too early");
    await early.electron.app.whenReady();
    expect(() => startDesktop(early.electron)).toThrow("too late");
    expect(() => new early.electron.BrowserWindow({})).toThrow("enableSandbox");
  });

  it("runs the preload script as it is shipped", async () => {
    expect(window.options.webPreferences?.preload).toBe(await buildPreload());
  });
});
