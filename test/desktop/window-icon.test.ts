import type * as Electron from "electron";
import { expect, it } from "vitest";
import { createDesktopWindow } from "../../electron/desktop/desktop-window.ts";
import { windowIcon } from "../../electron/desktop/icons.ts";

/** The icon that a window is made with on a platform. */
function iconOn(platform: "linux" | "win32" | "darwin"): unknown {
  const made: Electron.BrowserWindowConstructorOptions[] = [];
  const BrowserWindow = function (options: Electron.BrowserWindowConstructorOptions) {
    made.push(options);
  };
  const electron = { BrowserWindow, nativeImage: { createFromDataURL: (url: string) => ({ url }) } } as unknown as typeof Electron;
  const session = {} as Electron.Session;
  createDesktopWindow(electron, { session, preloadPath: "/preload.cjs", devTools: false, bounds: { width: 400, height: 900 }, platform });
  return made[0]?.icon;
}

it("is given to the window where the system takes it from there, and nowhere else", () => {
  expect(["linux", "win32", "darwin"].map((platform) => iconOn(platform as "linux"))).toEqual([{ url: windowIcon }, undefined, undefined]);
});
