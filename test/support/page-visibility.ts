import type { Page } from "playwright-core";
import type { StandInWindow } from "./stand-in-window.ts";

/**
 * Makes a page of the stand-in as visible as its window is. Chromium, which shows it, knows nothing of that window; in
 * Electron the page of a hidden window is hidden, and tells no card that it was on screen.
 */
export async function followVisibility(window: StandInWindow, page: Page): Promise<void> {
  const set = (hidden: boolean): Promise<void> => page.evaluate(setVisibility, hidden);
  for (const name of ["show", "hide", "minimize", "restore"]) {
    // A page that is gone by then has nothing to be told.
    window.windowEvents.on(name, () => void set(!window.isVisible()).catch(() => {}));
  }
  await set(!window.isVisible());
}

/** Runs in the page. */
function setVisibility(hidden: boolean): void {
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
  Object.defineProperty(document, "visibilityState", { configurable: true, get: () => (hidden ? "hidden" : "visible") });
  document.dispatchEvent(new Event("visibilitychange"));
}
