import type * as Electron from "electron";
import type { IpcMainInvokeEvent, WebContents } from "electron";
import type { Reply } from "../../shared/panel.ts";
import { err } from "../../shared/result.ts";
import { CALL_CHANNEL, UPDATES_CHANNEL } from "../host/channels.ts";
import type { StaticFiles } from "../host/static-files.ts";
import { APP_ORIGIN, APP_PAGE, isAppAddress, registerAppScheme, serveAppProtocol } from "./app-protocol.ts";
import type { DesktopPorts, DesktopProgram } from "./desktop-ports.ts";
import type { TakeCrash } from "./crash-taker.ts";
import { watchCrashes } from "./crash-watch.ts";
import { createDesktopTeller } from "./desktop-teller.ts";
import { createDesktopWindow, lockPage, lockSession } from "./desktop-window.ts";
import { createFocus } from "./focus.ts";
import { createInstanceWatch } from "./instance-watch.ts";
import type { LinkInbox } from "./link-inbox.ts";
import { createLinks } from "./links.ts";
import { createNotifications } from "./notifications.ts";
import { createPanelWindow } from "./panel-window.ts";
import { createLoginItem } from "./login-item.ts";
import { watchPower } from "./power.ts";
import { createShortcutActions } from "./shortcut-actions.ts";
import { createShortcuts } from "./shortcuts.ts";
import { dropWeakeningSwitches } from "./start-switches.ts";
import { createTray } from "./tray.ts";
import { createUpdates, type UpdatesProgram } from "./updates.ts";
import { tellOfWayland } from "./wayland-notice.ts";
import { watchClose } from "./window-close.ts";
import { firstBounds, keepWindow } from "./window-keeper.ts";
import { openWindowPlaces } from "./window-places.ts";
import { showWhenDrawn } from "./window-start.ts";

/** In memory: without the prefix `persist:` nothing of this session reaches the disk. */
const SESSION_PARTITION = "callside";

/** Whether this process shows the panel. `second`: another one does already and has been told to come forward. */
export type DesktopStart = "first" | "second";

export interface DesktopOptions {
  readonly program: DesktopProgram;
  /** The built panel. */
  readonly files: StaticFiles;
  /** The built preload script; an absolute path. */
  readonly preloadPath: string;
  /** Whether the developer tools can be opened. */
  readonly devTools: boolean;
  /** The links that came before there was a window, and those that the system hands over later; none unless given. */
  readonly links?: LinkInbox;
  /** Writes reports of crashes; where it is not given, the page's end is nobody's matter. */
  readonly takeCrash?: TakeCrash;
  /** Has the program started again once it has ended; not at all unless given. */
  readonly restart?: () => void;
  /** What updates are made from; without it the program does not update itself. */
  readonly updates?: UpdatesProgram;
  /** Hears of what settles `closed`, also before there is a desktop that has it. */
  readonly onClosed?: () => void;
  /** Whether it was started in the background, where it waits behind its tray icon; not so unless given. */
  readonly hidden?: boolean;
}

/** The panel's window and what stands around it on the desktop. Disposing closes it. */
export interface Desktop extends AsyncDisposable {
  /** Settles when the person quits, or closes the window where that is to end the program. */
  readonly closed: Promise<void>;
}

/**
 * What has to be said to Electron before it is ready, so before anything is awaited: the scheme, the sandbox for
 * every page, no switches that weaken it, one instance per person. A `second` start should end at once.
 */
export function startDesktop({ app, protocol }: typeof Electron): DesktopStart {
  if (!app.requestSingleInstanceLock()) return "second";
  dropWeakeningSwitches(app);
  app.enableSandbox();
  registerAppScheme(protocol);
  return "first";
}

/**
 * Opens the panel's window and binds it to the table of commands (design 4 and 7). Resolves when the page has loaded.
 * Every call is checked for its sender first: the main frame of this very window, showing our own page. Certificate
 * errors are left to Electron, which refuses; nothing here listens for them.
 */
export async function openDesktop(electron: typeof Electron, options: DesktopOptions): Promise<Desktop> {
  const { app, ipcMain } = electron;
  const { program, files, preloadPath, devTools, hidden = false, restart = () => {} } = options;
  const { commands, publisher, platform, settings } = program;
  await app.whenReady();
  // Before anything is said: it is known only now.
  program.speech.prefer([app.getLocale()]);

  await using opening = new AsyncDisposableStack();
  const onCreated = (_event: unknown, contents: WebContents): void => {
    lockPage(contents);
  };
  app.on("web-contents-created", onCreated);
  opening.defer(() => {
    app.off("web-contents-created", onCreated);
  });

  const session = electron.session.fromPartition(SESSION_PARTITION);
  lockSession(session, devTools);
  opening.defer(serveAppProtocol(session.protocol, files, () => program.speech.language()));

  const places = opening.use(await openWindowPlaces({ files: program.files, folder: program.dataFolder, clock: program.clock }));
  const bounds = firstBounds(electron.screen, places, settings.current().dock);
  const window = createDesktopWindow(electron, { session, preloadPath, devTools, bounds, platform: program.platform });
  opening.defer(() => {
    if (!window.isDestroyed()) window.destroy();
  });
  const contents = window.webContents;

  const isOurPage = (event: IpcMainInvokeEvent): boolean => {
    try {
      const { sender, senderFrame } = event;
      if (window.isDestroyed() || sender !== contents || senderFrame === null || senderFrame !== contents.mainFrame) return false;
      return senderFrame.origin === APP_ORIGIN && isAppAddress(senderFrame.url);
    } catch {
      // A frame that is gone throws when it is asked anything.
      return false;
    }
  };

  ipcMain.handle(CALL_CHANNEL, async (event, name: unknown, input: unknown): Promise<Reply> => {
    if (!isOurPage(event)) return refusedSender;
    try {
      return await commands(typeof name === "string" ? name : "", input);
    } catch (bug) {
      // Electron would hand the error's own words to the page; they are for the log.
      program.onBug(bug);
      return failedCommand;
    }
  });
  opening.defer(() => {
    ipcMain.removeHandler(CALL_CHANNEL);
  });

  opening.defer(
    publisher.subscribe((push) => {
      if (!contents.isDestroyed()) contents.send(UPDATES_CHANNEL, push);
    }),
  );

  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const close = (): void => {
    resolve();
    options.onClosed?.();
  };
  window.on("closed", () => {
    close();
  });
  // Windows ends the person's session: it waits a few seconds for programs, and asks nobody.
  window.on("session-end", () => {
    close();
  });
  // Quitting waits until everything behind the panel has been closed in order; main then exits by itself.
  const onQuit = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    close();
  };
  app.on("before-quit", onQuit);
  opening.defer(() => {
    app.off("before-quit", onQuit);
  });
  // Without a listener Electron would quit at once.
  const onAllClosed = (): void => {};
  app.on("window-all-closed", onAllClosed);
  opening.defer(() => {
    app.off("window-all-closed", onAllClosed);
  });

  const teller = opening.use(createDesktopTeller(program));
  const panelWindow = createPanelWindow(window);
  opening.defer(
    panelWindow.onView((inView) => {
      program.attend(inView);
    }),
  );
  const ports: DesktopPorts = { ...program, electron, window: panelWindow, teller, focus: createFocus(publisher, panelWindow), quit: close };
  const tray = opening.use(createTray(ports));
  const canHide = (): boolean => platform === "darwin" || tray.hasTray();
  // There a start with the session has no argument that says so.
  const byLogin = platform === "darwin" && app.getLoginItemSettings().wasOpenedAtLogin;
  showWhenDrawn(window, { hidden: hidden || byLogin, canHide });
  opening.use(keepWindow({ ...program, screen: electron.screen, window, places }));
  opening.use(watchClose({ electron, platform, settings, speech: program.speech, quit: close, window, panelWindow, places, canHide }));
  opening.use(tellOfWayland(ports));
  opening.use(watchPower(ports));
  opening.use(createShortcuts(ports, opening.use(createShortcutActions(ports))));
  opening.use(createLoginItem(ports));
  opening.use(createNotifications(ports));
  if (options.updates !== undefined) opening.use(createUpdates(ports, options.updates));
  if (options.takeCrash !== undefined) opening.use(watchCrashes({ ...program, electron, window, take: options.takeCrash, restart, quit: close }));

  await window.loadURL(APP_PAGE);
  // Once there is a page that follows them.
  const links = opening.use(createLinks(ports, options.links ?? noLinks));
  opening.use(createInstanceWatch(ports, links));
  const open = opening.move();
  return {
    closed,
    async [Symbol.asyncDispose]() {
      await open.disposeAsync();
    },
  };
}

const noLinks: LinkInbox = { take: () => () => {} };

const refusedSender: Reply = err({
  kind: "policy",
  code: "not-allowed",
  detail: "commands are taken from the panel's own page only",
});

const failedCommand: Reply = err({ kind: "transport", code: "network", detail: "the main process did not answer" });
