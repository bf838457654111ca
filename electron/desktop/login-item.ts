import { join } from "node:path";
import type { LoginItemSettings } from "electron";
import { diskFault } from "../files/disk-fault.ts";
import { autostartEntry, readAutostartEntry } from "./autostart-entry.ts";
import type { DesktopPorts } from "./desktop-ports.ts";

/** Started with the session, the program stays behind its tray icon. macOS gives no arguments: there Electron tells of such a start. */
const LOGIN_ARGUMENTS = ["--hidden"];

const ENTRY_WORDS = "callside.desktop in the folder autostart";
const NOT_INSTALLED = "This Callside was started from a folder and is not installed: it cannot start at login.";

/**
 * Brings the system's list of what starts at login to what is wanted, and gives why that cannot be; null: it is so.
 * `asked`: the person has just said so. Otherwise what the person switched off in the system's own settings stays off.
 */
type SetLogin = (wanted: boolean, asked: boolean) => Promise<string | null>;

/**
 * Makes the program start at login as the settings say, and tells what hinders it: at the start, on every change, and
 * when the panel comes into view, since the system's settings may have been changed in between.
 */
export function createLoginItem(ports: DesktopPorts): AsyncDisposable {
  const { electron, platform, settings, teller, window, onBug } = ports;
  const set: SetLogin = electron.app.isPackaged ? (platform === "linux" ? linuxLogin(ports) : systemLogin(ports)) : () => Promise.resolve(NOT_INSTALLED);
  let told: string | null = null;
  let wanted = settings.current().startAtLogin;
  let stopped = false;

  const follow = async (asked: boolean): Promise<void> => {
    if (stopped) return;
    const hindrance = await set(wanted, asked);
    if (hindrance === told || stopped) return;
    told = hindrance;
    teller.login(hindrance);
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

function windowsHindrance({ openAtLogin, executableWillLaunchAtLogin }: LoginItemSettings, wanted: boolean): string | null {
  if (openAtLogin !== wanted) return `Windows did not ${wanted ? "take the entry" : "remove the entry"}: your organisation may have locked it.`;
  return wanted && !executableWillLaunchAtLogin ? "It is switched off in Windows: Settings, Apps, Startup." : null;
}

function macHindrance({ openAtLogin, status }: LoginItemSettings, wanted: boolean): string | null {
  if (wanted && status === "requires-approval") return "macOS waits for your approval: System Settings, General, Login Items.";
  return openAtLogin === wanted ? null : `macOS did not ${wanted ? "add" : "remove"} the login item: your organisation may have locked it.`;
}

/** A Linux desktop reads a folder of entries (freedesktop.org, Desktop Application Autostart). */
function linuxLogin({ electron: { app }, env, files }: DesktopPorts): SetLogin {
  // Electron's `appData` is $XDG_CONFIG_HOME, or ~/.config.
  const folder = join(app.getPath("appData"), "autostart");
  const path = join(folder, "callside.desktop");
  // What runs inside an AppImage is unpacked elsewhere at every start.
  const appImage = env["APPIMAGE"] ?? "";
  const executable = appImage === "" ? app.getPath("exe") : appImage;

  const write = async (): Promise<string | null> => {
    const text = autostartEntry(executable);
    if (text === null) return "The program's own path has a character that an autostart entry cannot hold: move it to another folder.";
    if ((await files.readText(path)) !== text) {
      await files.makeDirectory(folder);
      await files.replace(path, text);
    }
    return null;
  };

  return async (wanted, asked) => {
    try {
      const entry = readAutostartEntry(await files.readText(path));
      if (entry.kind === "foreign") return `${ENTRY_WORDS} was not written by Callside and is left as it is: it decides.`;
      if (!wanted) {
        if (entry.kind === "ours") await files.remove(path);
        return null;
      }
      if (entry.kind === "ours" && entry.disabled && !asked) return "It is switched off in this desktop's own startup settings.";
      return await write();
    } catch (error) {
      return `Starting at login cannot be set. Found: ${diskFault(error, ENTRY_WORDS).detail}.`;
    }
  };
}
