import type { App } from "electron";

/**
 * Chromium's switches that open the page to whoever started the program or can reach a port of it, and that no fuse closes:
 * a debugger on the page, scripts of foreign origins, other rules of the engine.
 */
const WEAKENING_SWITCHES = ["remote-debugging-port", "remote-debugging-pipe", "remote-allow-origins", "disable-web-security", "disable-site-isolation-trials", "js-flags"] as const;

/** Takes those switches off an installed program, whoever gave them. Before the app is ready: Chromium reads them then. */
export function dropWeakeningSwitches({ isPackaged, commandLine }: Pick<App, "isPackaged" | "commandLine">): void {
  if (!isPackaged) return;
  for (const name of WEAKENING_SWITCHES) commandLine.removeSwitch(name);
}
