import type { BrowserWindow } from "electron";
import type { DesktopPorts, PanelWindow } from "./desktop-ports.ts";
import type { WindowPlaces } from "./window-places.ts";

export interface WindowCloseOptions extends Pick<DesktopPorts, "platform" | "settings" | "speech" | "quit"> {
  readonly electron: Pick<DesktopPorts["electron"], "app" | "Notification">;
  readonly window: BrowserWindow;
  readonly panelWindow: Pick<PanelWindow, "show">;
  readonly places: Pick<WindowPlaces, "wasToldHidden" | "noteToldHidden">;
  /** Whether a hidden window can be had back: by a tray icon, or by the Dock of macOS. */
  readonly canHide: () => boolean;
}

/**
 * Closing the window hides it while the setting `keepRunning` is on; where nothing would bring it back it is minimised
 * instead. The first time ever the person is told where it went. When the program or the person's session ends, or the
 * setting is off, the window really closes; with the session on Windows the program ends, too.
 */
export function watchClose({ electron, platform, settings, speech, quit, window, panelWindow, places, canHide }: WindowCloseOptions): Disposable {
  const { app } = electron;
  let ending = false;

  const tellOnce = (): void => {
    if (places.wasToldHidden() || !electron.Notification.isSupported()) return;
    places.noteToldHidden();
    const { hiddenTitle, hiddenBody } = speech.words().alerts;
    new electron.Notification({ title: hiddenTitle, body: hiddenBody[platform], silent: true }).show();
  };
  const hide = (): void => {
    if (window.isDestroyed()) return;
    window.hide();
    tellOnce();
  };
  const onClose = (event: { preventDefault(): void }): void => {
    if (ending || !settings.current().keepRunning) return;
    event.preventDefault();
    if (!canHide()) window.minimize();
    else if (platform === "darwin" && window.isFullScreen()) {
      // A full-screen window that is hidden leaves a black screen behind on macOS.
      window.once("leave-full-screen", hide);
      window.setFullScreen(false);
    } else hide();
  };
  const onEnding = (): void => {
    ending = true;
  };
  // Windows waits for nobody after this: what is to be closed is closed at once.
  const onSessionEnd = (): void => {
    ending = true;
    quit();
  };
  const onActivate = (): void => {
    panelWindow.show();
  };

  window.on("close", onClose);
  window.on("session-end", onSessionEnd);
  app.on("before-quit", onEnding);
  // A click on the icon in the Dock of macOS.
  app.on("activate", onActivate);
  return {
    [Symbol.dispose]() {
      window.off("close", onClose);
      window.off("session-end", onSessionEnd);
      app.off("before-quit", onEnding);
      app.off("activate", onActivate);
    },
  };
}
