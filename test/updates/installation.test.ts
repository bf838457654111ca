import { describe, expect, it } from "vitest";
import { judgeInstallation, type InstallationFacts } from "../../electron/updates/installation.ts";

const bases = {
  linux: {
    execPath: "/tmp/.mount_CallsiAbc/callside",
    resourcesPath: "/tmp/.mount_CallsiAbc/resources",
    env: { APPIMAGE: "/home/ada/Callside.AppImage", APPDIR: "/tmp/.mount_CallsiAbc" },
    there: ["/home/ada/Callside.AppImage", "/tmp/.mount_CallsiAbc/resources/app-update.yml"],
    writable: ["/home/ada"],
  },
  win32: {
    execPath: "C:\\Users\\ada\\AppData\\Local\\Programs\\Callside\\Callside.exe",
    resourcesPath: "C:\\Users\\ada\\AppData\\Local\\Programs\\Callside\\resources",
    env: {},
    there: ["C:\\Users\\ada\\AppData\\Local\\Programs\\Callside\\Uninstall Callside.exe", "C:\\Users\\ada\\AppData\\Local\\Programs\\Callside\\resources\\app-update.yml"],
    writable: ["C:\\Users\\ada\\AppData\\Local\\Programs\\Callside"],
  },
  darwin: {
    execPath: "/Applications/Callside.app/Contents/MacOS/Callside",
    resourcesPath: "/Applications/Callside.app/Contents/Resources",
    env: {},
    there: ["/Applications/Callside.app/Contents/Resources/app-update.yml"],
    writable: ["/Applications", "/Applications/Callside.app"],
  },
} as const;

type Base = { readonly execPath: string; readonly resourcesPath: string; readonly env: InstallationFacts["env"]; readonly there: readonly string[]; readonly writable: readonly string[] };

async function judge(platform: keyof typeof bases, more: Partial<Base & { readonly isPackaged: boolean }> = {}): Promise<string> {
  const { there, writable, isPackaged = true, ...facts } = { ...(bases[platform] as Base), ...more };
  const judged = await judgeInstallation({ platform, isPackaged, ...facts, exists: async (path) => there.includes(path), canWrite: async (folder) => writable.includes(folder) });
  return judged.kind === "own" ? `own ${judged.configPath}` : judged.why;
}

it.each(["linux", "win32", "darwin"] as const)("updates itself on %s where the person installed it for themselves", async (platform) => {
  expect(await judge(platform)).toBe(`own ${bases[platform].there.at(-1)}`);
});

it.each(["linux", "win32", "darwin"] as const)("does not on %s out of a checkout, or from a build that names no place for updates", async (platform) => {
  expect(await judge(platform, { isPackaged: false })).toBe("notInstalled");
  expect(await judge(platform, { there: bases[platform].there.slice(0, -1) })).toBe("noFeed");
});

describe("belongs to whoever installed it for the machine", () => {
  it("on Linux: deb and rpm, and an AppImage in a folder of the system's", async () => {
    expect(await judge("linux", { execPath: "/opt/Callside/callside", resourcesPath: "/opt/Callside/resources", env: {} })).toBe("byIt");
    expect(await judge("linux", { writable: [] })).toBe("byIt");
    expect(await judge("linux", { env: { ...bases.linux.env, APPIMAGE: "Callside.AppImage" } })).toBe("byIt");
  });

  it("on Linux: a package that was started out of another program's AppImage does not take that one's file for its own", async () => {
    for (const APPDIR of ["/tmp/.mount_TerminalXyz", "/tmp/.mount_Callsi", ""]) expect(await judge("linux", { env: { APPIMAGE: "/home/ada/Callside.AppImage", APPDIR } })).toBe("byIt");
    expect(await judge("linux", { execPath: "/opt/Callside/callside", env: { APPIMAGE: "/home/ada/Callside.AppImage", APPDIR: "/tmp/.mount_TerminalXyz" } })).toBe("byIt");
  });

  it("on Windows: the MSI, and the installer with /allusers", async () => {
    expect(await judge("win32", { there: bases.win32.there.slice(1) })).toBe("byIt");
    expect(await judge("win32", { writable: [] })).toBe("byIt");
  });

  it("on macOS: a bundle or a folder that this person may not change", async () => {
    expect(await judge("darwin", { writable: ["/Applications"] })).toBe("byIt");
    expect(await judge("darwin", { writable: ["/Applications/Callside.app"] })).toBe("byIt");
  });
});

it("asks for the program to be moved out of its disk image", async () => {
  for (const app of ["/Volumes/Callside/Callside.app", "/private/var/folders/x/AppTranslocation/123/d/Callside.app"]) {
    expect(await judge("darwin", { execPath: `${app}/Contents/MacOS/Callside`, resourcesPath: `${app}/Contents/Resources` })).toBe("diskImage");
  }
});
