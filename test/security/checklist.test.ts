import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import type { HandlerDetails, Protocol, WebContents, WebFrameMain } from "electron";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { judgeElectron } from "../../build/electron-releases.ts";
import { freshFuseWire, fuseProblems, fuseReport, setFuses } from "../../build/fuse-wire.ts";
import { registerAppScheme } from "../../electron/desktop/app-protocol.ts";
import { openDesktop, startDesktop } from "../../electron/desktop/desktop.ts";
import { createCommands } from "../../electron/host/commands.ts";
import { createPublisher } from "../../electron/host/publisher.ts";
import { commandNames } from "../../shared/command-names.ts";
import { sampleProgram } from "../support/desktop-parts.ts";
import { createElectronStandIn, type ElectronStandIn } from "../support/electron-stand-in.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { mentions, sourceTexts } from "../support/fuzz-sources.ts";
import { pagelessBrowser } from "../support/fuzz-window.ts";
import { buildPreload } from "../support/panel-hosts.ts";
import { plainPanel } from "../support/plain-panel.ts";
import { quietPorts } from "../support/quiet-ports.ts";
import { sampleSettings } from "../support/sample-panel.ts";
import type { StandInSession } from "../support/stand-in-session.ts";
import type { StandInWindow } from "../support/stand-in-window.ts";
import { tempDirectory } from "../support/temp-directory.ts";

/** Everything that runs in main, and everything that can end up in the page. */
const main = sourceTexts("electron/**/*.ts");
const page = [...sourceTexts("renderer/**/*.{ts,tsx,html}"), ...sourceTexts("shared/**/*.ts")];
const packaging = sourceTexts("build/*.ts");

let stack: AsyncDisposableStack;
let standIn: ElectronStandIn;
let window: StandInWindow;
let session: StandInSession;
let preloadPath: string;

beforeAll(async () => {
  await using opening = new AsyncDisposableStack();
  preloadPath = await buildPreload();
  const folder = opening.use(await tempDirectory());
  const publisher = opening.use(createPublisher({ settings: sampleSettings, clock: createFakeClock() }));
  const commands = createCommands(quietPorts(publisher));
  standIn = opening.use(createElectronStandIn(pagelessBrowser()));
  startDesktop(standIn.electron);
  const program = sampleProgram({ publisher, commands, dataFolder: folder.path, clock: createFakeClock() });
  opening.use(await openDesktop(standIn.electron, { program, files: plainPanel, preloadPath, devTools: false }));
  const [first] = standIn.windows;
  if (first === undefined) throw new Error("the desktop opened no window");
  window = first;
  session = first.session;
  stack = opening.move();
}, 60_000);
afterAll(async () => {
  await stack.disposeAsync();
});

/** What every window asks for, and there is at least one. */
function preferences(name: string): readonly unknown[] {
  return standIn.windows.map(({ options }) => Reflect.get(options.webPreferences ?? {}, name) as unknown);
}

/** Contents that somebody else made, as main is told of them. */
function foreignContents() {
  const listeners = new Map<string, (event: object) => void>();
  let opens: ((details: HandlerDetails) => { readonly action: string }) | null = null;
  const contents = {
    on: (name: string, listener: (event: object) => void) => listeners.set(name, listener),
    setWindowOpenHandler: (handler: typeof opens) => {
      opens = handler;
    },
  };
  standIn.app.emit("web-contents-created", {}, contents);
  return {
    /** Whether main stops an event of this name. */
    stops(name: string, details: object): boolean {
      let stopped = false;
      listeners.get(name)?.({ ...details, preventDefault: () => (stopped = true) });
      return stopped;
    },
    opens: (url: string) => opens?.({ url, frameName: "", features: "", disposition: "new-window", referrer: { url: "", policy: "default" } }).action ?? "allow",
  };
}

describe("Electron's security checklist", () => {
  it("1. loads secure content only: its own files, and judges certificates by nobody's rules but Electron's", () => {
    expect(window.window.webContents.getURL()).toBe("app://callside/");
    const foreign = ["http://example.com/", "https://example.com/a.js", "http://127.0.0.1/", "ws://example.com/", "wss://example.com/", "ftp://example.com/", "file:///etc/passwd", "data:text/html,x", "blob:https://example.com/1", "chrome://settings/", "javascript:0"];
    expect(foreign.filter((url) => !session.cancels(url))).toEqual([]);
    expect(mentions(main, /\.loadURL\([^)]*\)|\.loadFile\(|\.downloadURL\(/).filter((one) => !one.endsWith(".loadURL(APP_PAGE)"))).toEqual([]);
    expect(mentions(main, /certificate-error|setCertificateVerifyProc|NODE_TLS_REJECT_UNAUTHORIZED|ignore-certificate-errors|allow-insecure-localhost/)).toEqual([]);
    // One connection only looks at a certificate, to say what is wrong with it, and sends nothing.
    expect(mentions(main, /rejectUnauthorized: *[^,\s]+/)).toEqual(["electron/health/certificate.ts: rejectUnauthorized: false"]);
  });

  it("2. gives no page Node: not in its window, its workers or its frames", () => {
    expect(preferences("nodeIntegration")).toEqual([false]);
    expect(preferences("nodeIntegrationInWorker")).toEqual([false]);
    expect(preferences("nodeIntegrationInSubFrames")).toEqual([false]);
    expect(mentions(main, /new [\w.]*(?:BrowserWindow|BrowserView|WebContentsView|BaseWindow)\(/)).toEqual(["electron/desktop/desktop-window.ts: new electron.BrowserWindow("]);
  });

  it("3. isolates the preload script's world from the page's", () => {
    expect(preferences("contextIsolation")).toEqual([true]);
    expect(mentions(sourceTexts("electron/preload.ts"), /\b(?:window|globalThis|self|document)\b/)).toEqual([]);
  });

  it("4. runs every page in the system's sandbox, asked for before the app is ready", async () => {
    expect(preferences("sandbox")).toEqual([true]);
    await using bare = createElectronStandIn(pagelessBrowser());
    bare.electron.app.whenReady().catch(() => {});
    // Without it the stand-in shows no window, so that it is open at all says that it was called; and that late is too late.
    expect(() => startDesktop(bare.electron)).toThrow("too late");
    const weakened = [...mentions(main, /no-sandbox|disable-setuid-sandbox|disable-gpu-sandbox/), ...mentions(packaging.filter(({ path }) => /builder-config|package|dist|stage/.test(path)), /no-sandbox|disable-setuid-sandbox|executableArgs/)];
    expect(weakened).toEqual([]);
  });

  it("5. denies every permission but putting text into the clipboard, and every device", () => {
    const { webContents } = window.window;
    const own = { isMainFrame: true, requestingUrl: "app://callside/" };
    const all = ["clipboard-read", "clipboard-sanitized-write", "display-capture", "fullscreen", "geolocation", "hid", "idle-detection", "keyboardLock", "media", "mediaKeySystem", "midi", "midiSysex", "notifications", "openExternal", "pointerLock", "serial", "speaker-selection", "storage-access", "top-level-storage-access", "unknown", "usb", "window-management"] as const;
    expect(all.filter((name) => session.grantsPermission(webContents, name as "media", own))).toEqual(["clipboard-sanitized-write"]);
    expect(all.filter((name) => session.checksPermission(webContents, name as "media", "app://callside"))).toEqual(["clipboard-sanitized-write"]);
    expect(all.filter((name) => session.checksPermission(webContents, name as "media", "https://example.com"))).toEqual([]);
    for (const deviceType of ["hid", "serial", "usb"] as const) expect([deviceType, session.allowsDevice({ deviceType, origin: "app://callside", device: {} as never })]).toEqual([deviceType, false]);
  });

  it("6. keeps web security on", () => {
    expect(preferences("webSecurity")).toEqual([true]);
    expect(standIn.removedSwitches).toEqual(expect.arrayContaining(["disable-web-security", "disable-site-isolation-trials"]));
  });

  it("7. sends its content security policy with every answer, and nothing in the page says otherwise", async () => {
    const handler = session.schemes.get("app");
    const answers = await Promise.all([["/", "GET"], ["/assets/main.js", "GET"], ["/nothing", "GET"], ["/", "POST"]].map(async ([path, method]) => handler?.(new Request(`app://callside${path}`, { method: method ?? "GET" }))));
    expect(answers.map((answer) => answer?.status)).toEqual([200, 200, 404, 405]);
    for (const answer of answers) {
      expect(answer?.headers.get("content-security-policy")?.split("; ")).toEqual([
        "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'", "connect-src 'none'",
        "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", "trusted-types 'none'",
      ]);
      expect(answer?.headers.get("x-content-type-options")).toBe("nosniff");
    }
    expect(mentions(page, /http-equiv|dangerouslySetInnerHTML|\.innerHTML|\.outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function\(/)).toEqual([]);
  });

  it("8. allows no insecure content", () => {
    expect(preferences("allowRunningInsecureContent")).toEqual([false]);
    expect(mentions(main, /allowRunningInsecureContent: *true|allow-running-insecure-content/)).toEqual([]);
  });

  it("9. uses no experimental features", () => {
    expect(preferences("experimentalFeatures").filter((one) => one !== undefined && one !== false)).toEqual([]);
    expect(mentions(main, /experimentalFeatures|enable-experimental|commandLine\.append\w+/)).toEqual([]);
  });

  it("10. turns on no features of Blink", () => {
    expect(preferences("enableBlinkFeatures").filter((one) => one !== undefined)).toEqual([]);
    expect(mentions(main, /enableBlinkFeatures|enable-blink-features|enable-features/)).toEqual([]);
  });

  it("11. has no webview, so none with allowpopups", () => {
    expect(preferences("webviewTag")).toEqual([false]);
    expect(mentions([...main, ...page], /allowpopups|<webview|createElement\(["']webview/)).toEqual([]);
  });

  it("12. lets nobody attach a webview, whoever's contents it is", () => {
    expect(foreignContents().stops("will-attach-webview", {})).toBe(true);
  });

  it("13. lets no page go anywhere, whoever's contents it is", () => {
    const contents = foreignContents();
    const away = ["https://example.com/", "http://127.0.0.1/", "file:///etc/passwd", "app://other/", "app://callside.example/", "app://user@callside/", "app:callside", "data:text/html,x", "about:blank", ""];
    for (const url of away) {
      expect([url, contents.stops("will-navigate", { url }), contents.stops("will-frame-navigate", { url, isMainFrame: true })]).toEqual([url, true, true]);
      expect([url, contents.stops("will-redirect", { url })]).toEqual([url, true]);
    }
    expect(contents.stops("will-frame-navigate", { url: "app://callside/", isMainFrame: false })).toBe(true);
    expect(contents.stops("will-navigate", { url: "app://callside/" })).toBe(false);
  });

  it("14. opens no window for a page, whatever the address", () => {
    const contents = foreignContents();
    for (const url of ["https://example.com/", "app://callside/", "about:blank", "file:///etc/passwd"]) expect([url, contents.opens(url)]).toEqual([url, "deny"]);
  });

  it("15. hands nothing to the system to open, but its own one-time address to the browser", () => {
    expect(mentions([...main, ...page], /openExternal|openPath|showItemInFolder|\bshell\.\w+|\belectron\.shell\b|[{,] *shell *[,}]/)).toEqual([]);
    expect(mentions(main, /from "open"/)).toEqual(['electron/cli/launch-browser.ts: from "open"']);
    expect(mentions(main, /\blaunchBrowser\([^)]*|[^(]\blaunchBrowser\)/)).toEqual(["electron/cli/command-table.ts:  launchBrowser)"]);
    expect(mentions(main, /await openBrowser\([^,]*/)).toEqual(["electron/cli/open.ts: await openBrowser(panel.address()"]);
    expect(standIn.faked().filter((member) => member.startsWith("shell") || member === "electron.shell")).toEqual([]);
  });

  it("16. is built on an Electron that somebody has looked at, locked to one version", () => {
    const lock = JSON.parse(readFileSync(new URL("../../package-lock.json", import.meta.url), "utf8")) as { readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity?: string }>> };
    const electron = lock.packages["node_modules/electron"];
    expect(electron?.integrity).toMatch(/^sha512-/);
    // On a day that stands here, because a test does not look at the clock: `npm run dependencies` does.
    expect(judgeElectron(electron?.version ?? "", Date.UTC(2026, 10, 21))).toMatchObject({ kind: "supported" });
  });

  it("17. takes a command only from the main frame of its own window, showing its own page", async () => {
    const { webContents } = window.window;
    const { mainFrame } = webContents;
    const frame = (url: string, origin: string) => ({ url, origin }) as WebFrameMain;
    const gone = new Proxy({} as WebFrameMain, {
      get() {
        throw new Error("Render frame was disposed before WebFrameMain could be accessed");
      },
    });
    const call = (sender: unknown, senderFrame: WebFrameMain | null) => standIn.invoke({ sender: sender as WebContents, senderFrame }, "callside.call", "panel.snapshot", {});
    expect(await call(webContents, mainFrame)).toMatchObject({ ok: true });
    const refused = { ok: false, error: { code: "not-allowed" } };
    for (const other of [null, gone, frame("app://callside/", "app://callside"), frame("https://example.com/", "https://example.com")]) expect(await call(webContents, other)).toMatchObject(refused);
    expect(await call({}, mainFrame)).toMatchObject(refused);
    await window.window.loadURL("https://example.com/");
    const elsewhere = await call(webContents, webContents.mainFrame);
    await window.window.loadURL("app://callside/");
    expect(elsewhere).toMatchObject(refused);
    expect(standIn.handlers()).toEqual(["callside.call"]);
    expect(mentions(main, /ipcMain\.\w+\(|\.ipc\.(?:on|handle)\w*\(/)).toEqual(["electron/desktop/desktop.ts: ipcMain.handle(", "electron/desktop/desktop.ts: ipcMain.removeHandler("]);
  });

  it("18. serves its page by a scheme of its own with no more rights than https, and no file:", () => {
    const registered: unknown[] = [];
    registerAppScheme({ registerSchemesAsPrivileged: (schemes) => registered.push(...schemes) } as Pick<Protocol, "registerSchemesAsPrivileged"> as Protocol);
    expect(registered).toEqual([{ scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
    expect([...session.schemes.keys()]).toEqual(["app"]);
    expect(session.cancels("file:///etc/passwd")).toBe(true);
    expect(mentions(main, /loadFile\(|interceptFileProtocol|registerFileProtocol|bypassCSP|net\.fetch\(/)).toEqual([]);
  });

  it("19. sets every fuse, and reads back what it set", async () => {
    await using folder = await tempDirectory();
    const program = join(folder.path, "program");
    await writeFile(program, Buffer.concat([Buffer.alloc(100), freshFuseWire(), Buffer.alloc(100)]));
    expect(await fuseProblems(program)).not.toEqual([]);
    await setFuses(program, { adHoc: false });
    expect(await fuseProblems(program)).toEqual([]);
    expect(await fuseReport(program)).toEqual([
      "RunAsNode: off", "EnableCookieEncryption: on", "EnableNodeOptionsEnvironmentVariable: off", "EnableNodeCliInspectArguments: off",
      "EnableEmbeddedAsarIntegrityValidation: on", "OnlyLoadAppFromAsar: on", "LoadBrowserProcessSpecificV8Snapshot: off", "GrantFileProtocolExtraPrivileges: off",
      "WasmTrapHandlers: on",
    ]);
    // What no fuse closes is taken off the command line.
    expect(standIn.removedSwitches).toEqual(expect.arrayContaining(["remote-debugging-port", "remote-debugging-pipe", "remote-allow-origins", "js-flags"]));
  });

  it("20. exposes one function per command and one for the pushes, and nothing of Electron's", async () => {
    const exposed = new Map<string, Record<string, (argument: unknown) => unknown>>();
    const invoked: unknown[][] = [];
    const heard: unknown[] = [];
    const listeners: ((event: unknown, ...rest: unknown[]) => void)[] = [];
    const electron = {
      contextBridge: { exposeInMainWorld: (key: string, api: Record<string, (argument: unknown) => unknown>) => exposed.set(key, api) },
      ipcRenderer: {
        invoke: (...all: unknown[]) => {
          invoked.push(all);
          return Promise.resolve({ ok: true, value: null });
        },
        on: (channel: string, listener: (event: unknown, ...rest: unknown[]) => void) => {
          expect(channel).toBe("callside.updates");
          listeners.push(listener);
          return electron.ipcRenderer;
        },
      },
    };
    const module = { exports: {} };
    runInNewContext(readFileSync(preloadPath, "utf8"), { require: (id: string) => (id === "electron" ? electron : expect.unreachable(`requires ${id}`)), module, exports: module.exports });
    expect([...exposed.keys()]).toEqual(["callside"]);
    const api = exposed.get("callside") ?? {};
    expect(Object.keys(api).toSorted()).toEqual([...commandNames, "onUpdates"].toSorted());
    for (const name of commandNames) await Reflect.apply(api[name] ?? expect.unreachable(), undefined, [{ a: 1 }, "more", "callside.other"]);
    expect(invoked).toEqual(commandNames.map((name) => ["callside.call", name, { a: 1 }]));
    // The event would lead to `ipcRenderer` itself.
    expect(api["onUpdates"]?.((...all: unknown[]) => heard.push(...all))).toBeUndefined();
    for (const listener of listeners) listener({ sender: electron.ipcRenderer, ports: [] }, { kind: "updates" }, "more");
    expect(heard).toEqual([{ kind: "updates" }]);
    expect(mentions(sourceTexts("electron/**/*.ts"), /exposeInMainWorld|exposeInIsolatedWorld|executeInMainWorld/)).toEqual(["electron/preload.ts: exposeInMainWorld"]);
  });
});
