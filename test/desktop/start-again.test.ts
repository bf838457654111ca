import type { App, RelaunchOptions } from "electron";
import { describe, expect, test } from "vitest";
import { startAgain } from "../../electron/desktop/start-again.ts";
import { createFakeList } from "../support/only-members.ts";

const image = { APPIMAGE: "/home/ada/Callside 1.AppImage", APPDIR: "/tmp/.mount_CallsiAbc" };
const mounted = "/tmp/.mount_CallsiAbc/callside";

/** What Electron is asked to start; undefined: the program as it was started. */
function startedBy(execPath: string, env: Readonly<Record<string, string>>, more: readonly string[] = []): RelaunchOptions | undefined {
  const asked: (RelaunchOptions | undefined)[] = [];
  const app = createFakeList().fake<App, "relaunch">("App", { relaunch: (options) => void asked.push(options) });
  startAgain(app, { execPath, env, argv: [execPath, ...more] });
  expect(asked).toHaveLength(1);
  return asked[0];
}

describe("starting again", () => {
  test("out of an AppImage starts the image, unpacked, with the arguments that there were", () => {
    expect(startedBy(mounted, image, ["--hidden"])).toEqual({ execPath: image.APPIMAGE, args: ["--appimage-extract-and-run", "--hidden"] });
    expect(startedBy(mounted, image, ["--appimage-extract-and-run", "--hidden"])?.args).toEqual(["--appimage-extract-and-run", "--hidden"]);
  });

  test("is Electron's matter in every other program, and in one that was started out of a foreign AppImage", () => {
    expect(startedBy("/opt/Callside/callside", {})).toBeUndefined();
    expect(startedBy("/opt/Callside/callside", image)).toBeUndefined();
    expect(startedBy(mounted, { ...image, APPIMAGE: "Callside.AppImage" })).toBeUndefined();
  });
});
