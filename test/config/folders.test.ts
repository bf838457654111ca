import { expect, test } from "vitest";
import { appFolders } from "../../electron/config/folders.ts";

test("Linux follows the XDG base directories, where they are absolute", () => {
  expect(appFolders({ platform: "linux", home: "/home/ada", env: {} })).toStrictEqual({
    config: "/home/ada/.config/callside",
    data: "/home/ada/.local/share/callside",
    cache: "/home/ada/.cache/callside",
  });
  const env = { XDG_CONFIG_HOME: "/cfg", XDG_DATA_HOME: "relative" };
  expect(appFolders({ platform: "linux", home: "/home/ada", env })).toMatchObject({
    config: "/cfg/callside",
    data: "/home/ada/.local/share/callside",
  });
});

test("Windows and macOS have their own places", () => {
  const env = { APPDATA: String.raw`C:\Users\ada\AppData\Roaming`, LOCALAPPDATA: String.raw`D:\Local` };
  expect(appFolders({ platform: "win32", home: String.raw`C:\Users\ada`, env })).toStrictEqual({
    config: String.raw`C:\Users\ada\AppData\Roaming\Callside`,
    data: String.raw`D:\Local\Callside\Data`,
    cache: String.raw`D:\Local\Callside\Cache`,
  });
  expect(appFolders({ platform: "darwin", home: "/Users/ada", env: {} }).config).toBe("/Users/ada/Library/Application Support/Callside");
});
