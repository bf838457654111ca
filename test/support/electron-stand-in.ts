import { EventEmitter } from "node:events";
import type * as Electron from "electron";
import type { App, BrowserWindowConstructorOptions, CommandLine, Dialog, IpcMain, IpcMainInvokeEvent, Protocol } from "electron";
import type { Browser } from "playwright-core";
import { createFakeList } from "./only-members.ts";
import { createStandInLinks, type StandInLinks } from "./stand-in-links.ts";
import { createStandInLogin } from "./stand-in-login.ts";
import { createStandInNotifications, type StandInNotifications } from "./stand-in-notification.ts";
import { createStandInPower, type StandInPower } from "./stand-in-power.ts";
import { preloadFakes } from "./stand-in-preload.ts";
import { createStandInScreen, type StandInScreen } from "./stand-in-screen.ts";
import { createStandInSession, type StandInSession } from "./stand-in-session.ts";
import { createStandInShortcuts, type StandInShortcuts } from "./stand-in-shortcuts.ts";
import { createStandInTray, type StandInTray } from "./stand-in-tray.ts";
import { createStandInWindow, type StandInWindow } from "./stand-in-window.ts";

type IpcHandler = Parameters<IpcMain["handle"]>[1];

/** Electron, as far as our main process uses it, with its windows shown in Chromium. */
export interface ElectronStandIn extends AsyncDisposable {
  /** To be handed to our code in the place of `electron`. */
  readonly electron: typeof Electron;
  readonly app: EventEmitter;
  readonly powerMonitor: EventEmitter;
  readonly power: StandInPower;
  readonly notifications: StandInNotifications;
  readonly links: StandInLinks;
  readonly screen: StandInScreen;
  readonly tray: StandInTray;
  readonly shortcuts: StandInShortcuts;
  readonly windows: readonly StandInWindow[];
  readonly sessions: readonly StandInSession[];
  /** Error boxes that the person was shown. */
  readonly errorBoxes: readonly { readonly title: string; readonly content: string }[];
  /** Switches of Chromium's that main took off its command line. */
  readonly removedSwitches: readonly string[];
  /** Sends a call as if it came from `event`. */
  invoke(event: Pick<IpcMainInvokeEvent, "sender" | "senderFrame">, channel: string, ...args: unknown[]): Promise<unknown>;
  handlers(): readonly string[];
  /** Every member that is faked; any other throws when it is touched. */
  faked(): readonly string[];
}

/**
 * A stand-in for Electron. Each member is checked by the compiler against Electron's own types. `firstInstance: false`
 * plays the second start of a program that runs already.
 */
export function createElectronStandIn(browser: Browser, { firstInstance = true } = {}): ElectronStandIn {
  const list = createFakeList();
  const appEvents = new EventEmitter();
  const powerEvents = new EventEmitter();
  const screen = createStandInScreen(list);
  const tray = createStandInTray(list);
  const shortcuts = createStandInShortcuts(list);
  const windows: StandInWindow[] = [];
  const sessions = new Map<string, StandInSession>();
  const handlers = new Map<string, IpcHandler>();
  const registered = new Set<string>();
  const removedSwitches: string[] = [];
  let sandboxed = false;
  let ready = false;

  const notReadyYet = (what: string): void => {
    if (ready) throw new Error(`${what} comes too late: the app is ready`);
  };

  const links = createStandInLinks();
  const app = list.fake<App, "on" | "off" | "whenReady" | "getLocale" | "requestSingleInstanceLock" | "releaseSingleInstanceLock" | "enableSandbox" | "commandLine" | "isPackaged" | "getPath" | "getLoginItemSettings" | "setLoginItemSettings" | keyof StandInLinks["members"]>("App", {
    ...links.members,
    ...createStandInLogin().members,
    isPackaged: true,
    commandLine: list.fake<CommandLine, "removeSwitch">("CommandLine", {
      removeSwitch(name) {
        notReadyYet("app.commandLine.removeSwitch");
        removedSwitches.push(name);
      },
    }),
    on: listener(appEvents, "on") as App["on"],
    off: listener(appEvents, "off") as App["off"],
    // It is of no use before the app is ready.
    getLocale: () => (ready ? "en-US" : ""),
    async whenReady() {
      ready = true;
    },
    requestSingleInstanceLock: () => firstInstance,
    releaseSingleInstanceLock: () => {},
    enableSandbox() {
      notReadyYet("app.enableSandbox");
      sandboxed = true;
    },
  });
  const protocol = list.fake<Protocol, "registerSchemesAsPrivileged">("Protocol", {
    registerSchemesAsPrivileged(schemes) {
      notReadyYet("protocol.registerSchemesAsPrivileged");
      for (const { scheme, privileges } of schemes) {
        // The origin that Chromium is given in its place is both, so a scheme that is not would be shown too kindly.
        if (privileges?.standard !== true || privileges.secure !== true) throw new Error(`${scheme}: standard and secure only`);
        registered.add(scheme);
      }
    },
  });
  const ipcMain = list.fake<IpcMain, "handle" | "removeHandler">("IpcMain", {
    handle(channel, handler) {
      if (handlers.has(channel)) throw new Error(`${channel}: a second handler`);
      handlers.set(channel, handler);
    },
    removeHandler(channel) {
      handlers.delete(channel);
    },
  });
  const power = createStandInPower(list, powerEvents);
  const notifications = createStandInNotifications(list);
  const errorBoxes: { title: string; content: string }[] = [];
  const dialog = list.fake<Dialog, "showErrorBox">("Dialog", {
    showErrorBox(title, content) {
      errorBoxes.push({ title, content });
    },
  });
  const session = list.fake<typeof Electron.session, "fromPartition">("session", {
    fromPartition(partition) {
      if (!ready) throw new Error("session.fromPartition comes too early: the app is not ready");
      const known = sessions.get(partition) ?? createStandInSession(list, partition, (scheme) => registered.has(scheme));
      sessions.set(partition, known);
      return known.session;
    },
  });

  const call = async (event: IpcMainInvokeEvent, channel: string, args: readonly unknown[]): Promise<unknown> => {
    const handler = handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone((await handler(event, ...args)) as unknown);
  };

  function openWindow(options: BrowserWindowConstructorOptions): Electron.BrowserWindow {
    if (!ready) throw new Error("a window comes too early: the app is not ready");
    if (!sandboxed) throw new Error("app.enableSandbox was not called");
    const own = [...sessions.values()].find((one) => one.session === options.webPreferences?.session);
    if (own === undefined) throw new Error("the stand-in shows only windows on a session of their own");
    const made = createStandInWindow(list, browser, options, own, call);
    windows.push(made);
    appEvents.emit("web-contents-created", {}, made.window.webContents);
    return made.window;
  }

  const electron = list.fake<typeof Electron, "app" | "dialog" | "protocol" | "ipcMain" | "powerMonitor" | "screen" | "session" | "BrowserWindow" | keyof StandInTray["members"] | keyof StandInShortcuts["members"] | "Notification">("electron", {
    ...tray.members,
    ...notifications.members,
    ...shortcuts.members,
    app,
    dialog,
    protocol,
    ipcMain,
    powerMonitor: power.monitor,
    screen: screen.screen,
    session,
    // A function that is called with `new` and gives an object of its own.
    BrowserWindow: openWindow as unknown as typeof Electron.BrowserWindow,
  });

  return {
    electron,
    app: appEvents,
    powerMonitor: powerEvents,
    power,
    notifications,
    links,
    screen,
    tray,
    shortcuts,
    windows,
    errorBoxes,
    removedSwitches,
    get sessions() {
      return [...sessions.values()];
    },
    invoke: (event, channel, ...args) =>
      call(list.fake<IpcMainInvokeEvent, "sender" | "senderFrame">("IpcMainInvokeEvent", event), channel, args),
    handlers: () => [...handlers.keys()],
    faked: () => [...list.members, ...preloadFakes],
    async [Symbol.asyncDispose]() {
      for (const one of windows) {
        one.window.destroy();
        await one.gone;
      }
    },
  };
}

function listener(events: EventEmitter, method: "on" | "off"): unknown {
  return (event: string, fire: (...args: unknown[]) => void) => events[method](event, fire);
}
