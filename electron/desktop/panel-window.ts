import type { BrowserWindow } from "electron";
import type { PanelWindow } from "./desktop-ports.ts";

/** The panel's window for the other parts of the desktop. A window that is gone is out of view and stays so. */
export function createPanelWindow(window: BrowserWindow): PanelWindow {
  const listeners = new Set<(inView: boolean) => void>();
  const isInView = (): boolean => !window.isDestroyed() && window.isVisible() && !window.isMinimized();
  let told = isInView();
  const look = (): void => {
    const inView = isInView();
    if (inView === told) return;
    told = inView;
    for (const listener of listeners) listener(inView);
  };
  window.on("show", look);
  window.on("hide", look);
  window.on("minimize", look);
  window.on("restore", look);
  window.on("closed", look);
  return {
    show() {
      if (window.isDestroyed()) return;
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    hide() {
      if (!window.isDestroyed()) window.hide();
    },
    isInView,
    isInFront: () => isInView() && window.isFocused(),
    onView(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
