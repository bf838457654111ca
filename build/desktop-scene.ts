import type { Page } from "playwright-core";
import type { App } from "../electron/app.ts";
import { desktopProgram } from "../electron/app/desktop-program.ts";
import type { PanelDesk } from "../electron/app/panel-desk.ts";
import { createDesktopTeller } from "../electron/desktop/desktop-teller.ts";
import { boundsAt, FIRST_PLACE } from "../electron/desktop/window-place.ts";
import type { SteppedClock } from "./stepped-clock.ts";

/** A common screen with a task bar of 40 px, and where the pointer is on it. */
const DISPLAY = { id: 1, bounds: { x: 0, y: 0, width: 1920, height: 1080 }, workArea: { x: 0, y: 0, width: 1920, height: 1040 }, scaleFactor: 1 };
const NEAR = { x: 0, y: 0 };

/** What the pictures of the panel as a window of its own need of the program at a standstill. */
interface DesktopScene {
  readonly app: App;
  readonly desk: PanelDesk;
  readonly clock: SteppedClock;
  readonly shoot: (name: string, prepare: ((page: Page) => Promise<void>) | undefined, sizes: readonly { readonly width: number; readonly height: number }[]) => Promise<void>;
}

/**
 * The panel in the sizes that its window has where our own code puts it on a common screen, docked and floating, with what only
 * a window of its own has in its settings. The frame around it is the system's, and so are tray and notifications.
 */
export async function shootDesktop({ app, desk, clock, shoot }: DesktopScene): Promise<void> {
  using teller = createDesktopTeller(desktopProgram({ app: () => app, desk, onSwitched: () => () => {} }, { clock, platform: "win32", version: "1.0.0", env: {}, dataFolder: app.dataFolder }));
  teller.shortcuts({ show: "works", copyFirst: "works", quiet: "taken" });
  teller.update({ kind: "ready", version: "1.1.0", notes: "Keeps its place on every set of displays." });
  const docked = boundsAt("right", FIRST_PLACE, [DISPLAY], NEAR);
  await shoot("docked", undefined, [docked]);
  await shoot("floating", undefined, [boundsAt("floating", FIRST_PLACE, [DISPLAY], NEAR)]);
  const showSettings = async (page: Page): Promise<void> => {
    await page.getByRole("button", { name: "Settings" }).click();
    await page.getByText("On the desktop", { exact: true }).evaluate((title: HTMLElement) => {
      title.style.scrollMarginTop = "16px";
      title.scrollIntoView({ block: "start" });
    });
  };
  await shoot("desktop-settings", showSettings, [docked]);
}
