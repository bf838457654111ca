import type { Environment } from "../config/environment.ts";

/** Starts the person's browser on an address; rejects where that cannot be done. */
export type BrowserLauncher = (address: string) => Promise<unknown>;

/**
 * Opens `address` in the person's browser. Gives null where the browser was started, or else why it was not; never
 * rejects, because the panel can be opened by hand as well.
 */
export async function openBrowser(
  address: string,
  { env, platform, launch }: { readonly env: Environment; readonly platform: NodeJS.Platform; readonly launch: BrowserLauncher },
): Promise<string | null> {
  if (!hasDisplay(env, platform)) return "there is no display here";
  try {
    await launch(address);
    return null;
  } catch {
    // The launcher's own words may hold the address, which lets a browser in.
    return "no browser could be started";
  }
}

/** Windows and macOS always have one; elsewhere X11 or Wayland says so, and WSL reaches the browser of Windows. */
function hasDisplay(env: Environment, platform: NodeJS.Platform): boolean {
  if (platform === "win32" || platform === "darwin") return true;
  return ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"].some((name) => (env[name] ?? "") !== "");
}
