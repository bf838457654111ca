import type * as Electron from "electron";
import type { IpcMainInvokeEvent, WebContents } from "electron";
import type { Reply } from "../../shared/panel.ts";
import { err } from "../../shared/result.ts";
import { CALL_CHANNEL, UPDATES_CHANNEL } from "../host/channels.ts";
import type { StaticFiles } from "../host/static-files.ts";
import { APP_ORIGIN, APP_PAGE, isAppAddress, registerAppScheme, serveAppProtocol } from "./app-protocol.ts";
import type { DesktopPorts, DesktopProgram } from "./desktop-ports.ts";
import { createDesktopTeller } from "./desktop-teller.ts";
import { createDesktopWindow, lockPage, lockSession } from "./desktop-window.ts";
import { createFocus } from "./focus.ts";
import { createInstanceWatch } from "./instance-watch.ts";
import { createPanelWindow } from "./panel-window.ts";
import { watchPower } from "./power.ts";

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
}

/** The panel's window and what stands around it on the desktop. Disposing closes it. */
export interface Desktop extends AsyncDisposable {
  /** Settles when the person quits, or closes the window where that is to end the program. */
  readonly closed: Promise<void>;
}

/**
 * What has to be said to Electron before it is ready, so before anything is awaited: the scheme, the sandbox for
 * every page, one instance per person. A `second` start should end at once.
 */
export function startDesktop({ app, protocol }: typeof Electron): DesktopStart {
  if (!app.requestSingleInstanceLock()) return "second";
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
  const { program, files, preloadPath, devTools } = options;
  const { commands, publisher } = program;
  await app.whenReady();

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
  opening.defer(serveAppProtocol(session.protocol, files));

  const window = createDesktopWindow(electron, { session, preloadPath, devTools });
  opening.defer(() => {
    if (!window.isDestroyed()) window.destroy();
  });
  const contents = window.webContents;

  const isOurPage = ({ sender, senderFrame }: IpcMainInvokeEvent): boolean =>
    !window.isDestroyed() &&
    sender === contents &&
    senderFrame !== null &&
    senderFrame === contents.mainFrame &&
    senderFrame.origin === APP_ORIGIN &&
    isAppAddress(senderFrame.url);

  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown): Reply | Promise<Reply> => {
    if (!isOurPage(event)) return refusedSender;
    return commands(typeof name === "string" ? name : "", input);
  });
  opening.defer(() => {
    ipcMain.removeHandler(CALL_CHANNEL);
  });

  opening.defer(
    publisher.subscribe((push) => {
      if (!contents.isDestroyed()) contents.send(UPDATES_CHANNEL, push);
    }),
  );

  const { promise: closed, resolve: close } = Promise.withResolvers<void>();
  window.on("closed", () => {
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
  const ports: DesktopPorts = { ...program, electron, window: panelWindow, teller, focus: createFocus(publisher, panelWindow), quit: close };
  opening.use(createInstanceWatch(ports));
  opening.use(watchPower(ports));

  await window.loadURL(APP_PAGE);
  const open = opening.move();
  return {
    closed,
    async [Symbol.asyncDispose]() {
      await open.disposeAsync();
    },
  };
}

const refusedSender: Reply = err({
  kind: "policy",
  code: "not-allowed",
  detail: "commands are taken from the panel's own page only",
});
