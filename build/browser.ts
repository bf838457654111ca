import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Where Chromium or Chrome may be, by platform; `CHROME_PATH` goes first. */
function candidates(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly string[] {
  const named = env["CHROME_PATH"];
  // A path that was given is meant: another browser found by chance would hide that it is wrong.
  if (named !== undefined && named !== "") return [named];
  if (platform === "darwin") {
    return ["", env["HOME"] ?? ""].flatMap((home) => [
      `${home}/Applications/Google Chrome.app/Contents/MacOS/Google Chrome`,
      `${home}/Applications/Chromium.app/Contents/MacOS/Chromium`,
    ]);
  }
  if (platform === "win32") {
    return [env["PROGRAMFILES"], env["PROGRAMFILES(X86)"], env["LOCALAPPDATA"]].flatMap((folder) =>
      folder === undefined ? [] : [join(folder, "Google/Chrome/Application/chrome.exe"), join(folder, "Chromium/Application/chrome.exe")],
    );
  }
  return [...(env["PATH"] ?? "").split(delimiter), "/usr/bin", "/snap/bin"].flatMap((folder) => NAMES.map((name) => join(folder, name)));
}

/** The path of an installed Chromium or Chrome; throws, with what to do, where there is none. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  const looked = candidates(env, platform);
  const found = looked.find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    `The browser suite, the pictures and the measurements need Chromium or Chrome, and none was found. Install one (Debian: apt-get install chromium) or set CHROME_PATH. Looked at: ${looked.join(", ")}`,
  );
}

/** Starts the installed browser without a window. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(), args: FLAGS });
}
