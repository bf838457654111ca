import type { App } from "electron";
import { ownImage, type ImageFacts } from "../updates/own-image.ts";

/**
 * Instead of mounting it: what Electron's helper starts gains no rights, so the program that mounts for people
 * (`fusermount`, setuid) fails under it (electron-userland/electron-builder#4650).
 */
const UNPACKED = "--appimage-extract-and-run";

/**
 * Has the program started again once it has ended. Out of an AppImage it is the image that is started, because the
 * executable within goes away with the mount when the program ends (electron-userland/electron-builder#1727).
 */
export function startAgain(app: Pick<App, "relaunch">, process: ImageFacts & { readonly argv: readonly string[] }): void {
  const image = ownImage(process);
  if (image === null) app.relaunch();
  else app.relaunch({ execPath: image, args: [UNPACKED, ...process.argv.slice(1).filter((argument) => argument !== UNPACKED)] });
}
