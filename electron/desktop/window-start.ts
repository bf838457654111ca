import type { BrowserWindow } from "electron";

export interface WindowStart {
  /** Whether the program was started in the background: with the person's session, not by the person. */
  readonly hidden: boolean;
  /** Whether a hidden window can be had back. */
  readonly canHide: () => boolean;
}

/**
 * Shows the window once its page has been drawn. A start in the background takes nobody's focus: it leaves the window
 * hidden, or minimised where nothing would bring it back.
 */
export function showWhenDrawn(window: BrowserWindow, { hidden, canHide }: WindowStart): void {
  window.once("ready-to-show", () => {
    if (!hidden) window.show();
    else if (!canHide()) window.minimize();
  });
}
