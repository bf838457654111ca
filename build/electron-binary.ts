import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What decides whether Electron can show a window here. */
export interface Place {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's id, where the system has such. */
  readonly uid: number | undefined;
}

/** Why Electron cannot be used here whatever is installed, in a few words; null where it can. */
export function electronHindrance({ platform, env, uid }: Place): string | null {
  if (env["CALLSIDE_NO_ELECTRON"] === "1") return "CALLSIDE_NO_ELECTRON is set";
  if (platform === "win32" || platform === "darwin") return null;
  if ((env["DISPLAY"] ?? "") === "" && (env["WAYLAND_DISPLAY"] ?? "") === "") return "there is no display here";
  // Chromium's sandbox does not run as root, and without it we do not run.
  return uid === 0 ? "Electron does not run as root" : null;
}

/** The program that the package has fetched, or null where it has not (all of it) yet. */
export function electronBinary(packageDirectory: string): string | null {
  try {
    const { version } = JSON.parse(readFileSync(join(packageDirectory, "package.json"), "utf8")) as { readonly version: string };
    const fetched = readFileSync(join(packageDirectory, "dist", "version"), "utf8").trim().replace(/^v/, "");
    const binary = join(packageDirectory, "dist", readFileSync(join(packageDirectory, "path.txt"), "utf8").trim());
    return fetched === version && existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}
