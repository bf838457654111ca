import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App, LoginItemSettings } from "electron";

/** The system's list of what starts at login. */
export interface StandInLogin {
  readonly members: Pick<App, "getPath" | "getLoginItemSettings" | "setLoginItemSettings">;
  /** Every change that was asked for. */
  readonly asked: readonly { readonly openAtLogin: boolean; readonly args: readonly string[] }[];
  /** `locked`: changes are not taken. `switchedOff`: in the system's own settings, until it is added anew (Windows) or approved (macOS). */
  locked: boolean;
  switchedOff: boolean;
  listed: boolean;
}

/** `folder`: where the person's configuration is; one that is not there unless given. */
export function createStandInLogin(platform: "win32" | "darwin" = "win32", folder = join(tmpdir(), "callside-no-such-folder")): StandInLogin {
  const asked: { openAtLogin: boolean; args: readonly string[] }[] = [];
  const self: StandInLogin = {
    members: {
      getPath: (name) => (name === "exe" ? "/opt/Callside/callside" : join(folder, name)),
      getLoginItemSettings(): LoginItemSettings {
        const approved = self.listed && !self.switchedOff;
        const isMac = platform === "darwin";
        return {
          openAtLogin: isMac ? approved : self.listed,
          wasOpenedAtLogin: false,
          status: approved ? "enabled" : self.listed ? "requires-approval" : "not-registered",
          executableWillLaunchAtLogin: approved,
          launchItems: [],
        };
      },
      setLoginItemSettings({ openAtLogin = false, args = [] }) {
        asked.push({ openAtLogin, args });
        if (self.locked) return;
        if (platform === "win32" && openAtLogin) self.switchedOff = false;
        self.listed = openAtLogin;
      },
    },
    asked,
    locked: false,
    switchedOff: false,
    listed: false,
  };
  return self;
}
