import type * as Electron from "electron";
import type { BrowserWindow, Session, WebContents } from "electron";
import type { DesktopView } from "../../shared/desktop.ts";
import { APP_ORIGIN, isAppAddress } from "./app-protocol.ts";
import { windowIcon } from "./icons.ts";
import type { Bounds } from "./window-displays.ts";
import { MIN_HEIGHT, MIN_WIDTH } from "./window-place.ts";

export interface DesktopWindowOptions {
  readonly session: Session;
  readonly preloadPath: string;
  readonly devTools: boolean;
  /** Where it is to stand; the system decides where only its size is given. */
  readonly bounds: Bounds | Pick<Bounds, "width" | "height">;
  readonly platform: DesktopView["platform"];
}

/**
 * The window of the panel: a page without Node, in the operating system's sandbox, apart from the preload script's
 * world, on a session that is kept in memory only (no transcript in a disk cache). It is not shown yet.
 */
export function createDesktopWindow(
  electron: typeof Electron,
  { session, preloadPath, devTools, bounds, platform }: DesktopWindowOptions,
): BrowserWindow {
  return new electron.BrowserWindow({
    ...bounds,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    title: "Callside",
    // Windows and macOS take it from the program; on Linux an AppImage has no other.
    ...(platform === "linux" ? { icon: electron.nativeImage.createFromDataURL(windowIcon) } : {}),
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      session,
      preload: preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // The spell checker would fetch dictionaries from a server of its own.
      spellcheck: false,
      devTools,
    },
  });
}

/** Keeps a page where it is: no navigation in any frame, no new window, no embedded guest. */
export function lockPage(contents: WebContents): void {
  contents.on("will-frame-navigate", (event) => {
    if (!(event.isMainFrame && isAppAddress(event.url))) event.preventDefault();
  });
  contents.on("will-navigate", (event) => {
    if (!isAppAddress(event.url)) event.preventDefault();
  });
  contents.on("will-redirect", (event) => {
    event.preventDefault();
  });
  contents.on("will-attach-webview", (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}

/**
 * Denies the session everything that the panel does not need: all permissions but one, devices, downloads, and every
 * request that leaves the panel's own scheme. `clipboard-sanitized-write` is what copying a suggestion needs: it lets
 * our own page put plain text into the clipboard, and not read it.
 */
export function lockSession(session: Session, devTools: boolean): void {
  session.setPermissionRequestHandler((contents, permission, callback, details) => {
    const fromOurPage = details.isMainFrame && isAppAddress(details.requestingUrl) && isAppAddress(contents.getURL());
    callback(fromOurPage && permission === "clipboard-sanitized-write");
  });
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) =>
      permission === "clipboard-sanitized-write" && requestingOrigin.replace(/\/$/, "") === APP_ORIGIN,
  );
  session.setDevicePermissionHandler(() => false);
  session.on("will-download", (event) => {
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest((details, callback) => {
    const allowed =
      isAppAddress(details.url) || details.url.startsWith("data:image/") || (devTools && details.url.startsWith("devtools:"));
    callback({ cancel: !allowed });
  });
}
