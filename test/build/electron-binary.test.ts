import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeHindrance } from "../../build/check-node.ts";
import { electronBinary, electronHindrance } from "../../build/electron-binary.ts";

test("Electron is used where it can show a window", () => {
  expect(electronHindrance({ platform: "win32", env: {}, uid: undefined })).toBeNull();
  expect(electronHindrance({ platform: "darwin", env: {}, uid: 501 })).toBeNull();
  expect(electronHindrance({ platform: "linux", env: { WAYLAND_DISPLAY: "wayland-0" }, uid: 1000 })).toBeNull();
});

test("and not where there is no display, as root, or when told", () => {
  expect(electronHindrance({ platform: "linux", env: { DISPLAY: "" }, uid: 1000 })).toBe("there is no display here");
  expect(electronHindrance({ platform: "linux", env: { DISPLAY: ":0" }, uid: 0 })).toBe("Electron does not run as root");
  expect(electronHindrance({ platform: "win32", env: { CALLSIDE_NO_ELECTRON: "1" }, uid: undefined })).toBe("CALLSIDE_NO_ELECTRON is set");
});

test("a half-fetched Electron, or one of another version, is none", async () => {
  const folder = await mkdtemp(join(tmpdir(), "callside-electron-"));
  try {
    expect(electronBinary(folder)).toBeNull();
    await writeFile(join(folder, "package.json"), '{"version": "1.2.3"}');
    await writeFile(join(folder, "path.txt"), "electron\n");
    await mkdir(join(folder, "dist"));
    await writeFile(join(folder, "dist", "version"), "v1.2.3");
    expect(electronBinary(folder)).toBeNull();
    await writeFile(join(folder, "dist", "electron"), "");
    expect(electronBinary(folder)).toBe(join(folder, "dist", "electron"));
    await writeFile(join(folder, "dist", "version"), "1.2.2");
    expect(electronBinary(folder)).toBeNull();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("another Node than 24 is refused with what to do", () => {
  expect(nodeHindrance("v24.0.1")).toBeNull();
  expect(nodeHindrance("v20.20.2")).toContain("npm ci");
  expect(nodeHindrance("v240.0.0")).not.toBeNull();
});
