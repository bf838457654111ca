import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import open from "open";
import type { BrowserLauncher } from "./open-browser.ts";

/** A system's opener that finds no browser gives up within this time; one that found one may stay as long as it. */
const GIVES_UP_MS = 1_500;

/** Starts the person's browser. Rejects where the system's opener cannot be started or finds no browser. */
export const launchBrowser: BrowserLauncher = async (address) => {
  const opener = await open(address);
  // What it meets later concerns nobody: the address stands on the terminal as well.
  opener.on("error", () => undefined);
  const exitCode = opener.exitCode ?? (await Promise.race([once(opener, "exit").then(([code]: unknown[]) => code), pause(GIVES_UP_MS, 0, { ref: false })]));
  if (exitCode !== 0) throw new Error("no browser was found");
};
