import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { LoginItemSettings } from "electron";
import { diskFault } from "../files/disk-fault.ts";
import { ownImage } from "../updates/own-image.ts";
import { autostartEntry, readAutostartEntry } from "./autostart-entry.ts";
import type { LoginHindrance } from "../words/en/desktop-words.ts";
import type { DesktopPorts } from "./desktop-ports.ts";

/** Started with the session, the program stays behind its tray icon. macOS gives no arguments: there Electron tells of such a start. */
const LOGIN_ARGUMENTS = ["--hidden"];

const ENTRY_WORDS = "callside.desktop in the folder autostart";
const NOT_INSTALLED: LoginHindrance = { kind: "notInstalled" };

/**
 * Brings the system's list of what starts at login to what is wanted, and gives why that cannot be; null: it is so.
 * `asked`: the person has just said so. Otherwise what the person switched off in the system's own settings stays off.
 */
type SetLogin = (wanted: boolean, asked: boolean) => Promise<LoginHindrance | null>;

/**
 * Makes the program start at login as the settings say, and tells what hinders it: at the start, on every change, and
 * when the panel comes into view, since the system's settings may have been changed in between.
 */
export function createLoginItem(ports: DesktopPorts): AsyncDisposable {
  const { electron, platform, settings, teller, window, speech, onBug } = ports;
  const set: SetLogin = electron.app.isPackaged ? (platform === "linux" ? linuxLogin(ports) : systemLogin(ports)) : () => Promise.resolve(NOT_INSTALLED);
  let told: LoginHindrance | null = null;
  let isTold = false;
  let wanted = settings.current().startAtLogin;
  let stopped = false;

  const follow = async (asked: boolean): Promise<void> => {
    if (stopped) return;
    const hindrance = await set(wanted, asked);
    if ((isTold && isDeepStrictEqual(hindrance, told)) || stopped) return;
    isTold = true;
    told = hindrance;
    tell();
  };
  const tell = (): void => {
    const words = speech.words().login;
    teller.login(told === null ? null : told.kind === "notSet" ? words.notSet(told.detail) : words[told.kind]);
  };
  // One after the other: the last wish is the one that stays.
  let last = follow(false).catch(onBug);
  const followNext = (asked: boolean): void => {
    last = last.then(() => follow(asked)).catch(onBug);
  };
  const stops = [
    settings.onChange(({ startAtLogin }) => {
      if (startAtLogin === wanted) return;
      wanted = startAtLogin;
      followNext(true);
    }),
    window.onView((inView) => {
      if (inView) followNext(false);
    }),
    speech.onChange(tell),
  ];
  return {
    async [Symbol.asyncDispose]() {
      for (const stop of stops) stop();
      // A change that the person has just made is still carried out.
      await last;
      stopped = true;
    },
  };
}

/** Windows and macOS keep a list of their own. */
function systemLogin({ electron: { app }, platform }: DesktopPorts): SetLogin {
  const own = platform === "win32" ? { args: LOGIN_ARGUMENTS } : {};
  const hindranceOf = platform === "win32" ? windowsHindrance : macHindrance;
  return async (wanted, asked) => {
    const before = app.getLoginItemSettings(own);
    // Written again, an entry that the person switched off in the system's settings would be on again.
    const isThere = before.openAtLogin || (platform === "darwin" && before.status === "requires-approval");
    if (wanted ? asked || !isThere : isThere) app.setLoginItemSettings({ openAtLogin: wanted, ...own });
    return hindranceOf(app.getLoginItemSettings(own), wanted);
  };
}

function windowsHindrance({ openAtLogin, executableWillLaunchAtLogin }: LoginItemSettings, wanted: boolean): LoginHindrance | null {
  if (openAtLogin !== wanted) return { kind: wanted ? "entryRefused" : "entryKept" };
  return wanted && !executableWillLaunchAtLogin ? { kind: "offInWindows" } : null;
}

function macHindrance({ openAtLogin, status }: LoginItemSettings, wanted: boolean): LoginHindrance | null {
  if (wanted && status === "requires-approval") return { kind: "macWaits" };
  return openAtLogin === wanted ? null : { kind: wanted ? "itemRefused" : "itemKept" };
}

/** A Linux desktop reads a folder of entries (freedesktop.org, Desktop Application Autostart). */
function linuxLogin({ electron: { app }, env, files }: DesktopPorts): SetLogin {
  // Electron's `appData` is $XDG_CONFIG_HOME, or ~/.config.
  const folder = join(app.getPath("appData"), "autostart");
  const path = join(folder, "callside.desktop");
  // What runs inside an AppImage is unpacked elsewhere at every start.
  const execPath = app.getPath("exe");
  const executable = ownImage({ execPath, env }) ?? execPath;

  const write = async (): Promise<LoginHindrance | null> => {
    const text = autostartEntry(executable);
    if (text === null) return { kind: "badPath" };
    if ((await files.readText(path)) !== text) {
      await files.makeDirectory(folder);
      await files.replace(path, text);
    }
    return null;
  };

  return async (wanted, asked) => {
    try {
      const entry = readAutostartEntry(await files.readText(path));
      if (entry.kind === "foreign") return { kind: "foreignEntry" };
      if (!wanted) {
        if (entry.kind === "ours") await files.remove(path);
        return null;
      }
      if (entry.kind === "ours" && entry.disabled && !asked) return { kind: "offInDesktop" };
      return await write();
    } catch (error) {
      return { kind: "notSet", detail: diskFault(error, ENTRY_WORDS).detail };
    }
  };
}
