import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { freshFuseWire, fuseProblems, fuseReport, fuseSettings, setFuses } from "../../build/fuse-wire.ts";
import { packagePlatforms, type PackagePlatform } from "../../build/package-platform.ts";
import { makeStubElectron, STUB_MARK } from "../../build/stub-electron.ts";

const SENTINEL_LENGTH = 32;
const programs: Readonly<Record<PackagePlatform, string>> = { linux: "electron", win32: "electron.exe", darwin: "Electron.app" };
const holders = { ...programs, darwin: "Electron.app/Contents/Frameworks/Electron Framework.framework/Electron Framework" };

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "callside-fuses-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

/** Changes the wire of a program: `change` gets the bytes from its version on. */
async function changeWire(file: string, change: (wire: Buffer) => Buffer): Promise<void> {
  const bytes = await readFile(file);
  const at = bytes.indexOf(freshFuseWire().subarray(0, SENTINEL_LENGTH)) + SENTINEL_LENGTH;
  await writeFile(file, Buffer.concat([bytes.subarray(0, at), change(bytes.subarray(at))]));
}

describe.each(packagePlatforms)("the fuses of a program for %s", (platform) => {
  it("are all wrong before they are set, and all right after", async () => {
    await makeStubElectron(directory, platform);
    const program = join(directory, programs[platform]);
    expect(await fuseProblems(program)).toHaveLength(Object.keys(fuseSettings).length);
    await setFuses(program, { adHoc: false });
    expect(await fuseProblems(program)).toEqual([]);
  });

  it("are each told when one is not as it should be", async () => {
    await makeStubElectron(directory, platform);
    const program = join(directory, programs[platform]);
    for (const [index, [name, { on }]] of Object.entries(fuseSettings).entries()) {
      await setFuses(program, { adHoc: false });
      await changeWire(join(directory, holders[platform]), (wire) => {
        wire.write(on ? "0" : "1", 2 + index, "latin1");
        return wire;
      });
      expect(await fuseProblems(program)).toEqual([`fuse ${name}: found ${on ? "off" : "on"}, wanted ${on ? "on" : "off"}`]);
    }
  });
});

it("stand as the security of the program asks", async () => {
  const on = Object.entries(fuseSettings).filter(([, setting]) => setting.on).map(([name]) => name);
  expect(on).toEqual(["EnableCookieEncryption", "EnableEmbeddedAsarIntegrityValidation", "OnlyLoadAppFromAsar", "WasmTrapHandlers"]);
  for (const { why } of Object.values(fuseSettings)) expect(why).not.toBe("");
});

it("are refused where Electron brings one that the table does not know, or lacks one that it knows", async () => {
  await makeStubElectron(directory, "linux");
  const program = join(directory, "electron");
  const count = Object.keys(fuseSettings).length;
  await changeWire(program, (wire) => Buffer.concat([Buffer.from([1, count + 1]), wire.subarray(2), Buffer.from("1")]));
  await expect(setFuses(program, { adHoc: false })).rejects.toThrow("fuse wire in the Electron binary has 10 fuses");
  expect(await fuseProblems(program)).toContain(`fuse number ${count}: not known to the table of fuses`);
  await changeWire(program, (wire) => Buffer.concat([Buffer.from([1, count - 1]), wire.subarray(2)]));
  await expect(setFuses(program, { adHoc: false })).rejects.toThrow("WasmTrapHandlers");
  expect(await fuseProblems(program)).toContain("fuse WasmTrapHandlers: found not there, wanted on");
});

it("are told as removed where Electron has taken one out", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  await makeStubElectron(directory, "linux");
  const program = join(directory, "electron");
  await setFuses(program, { adHoc: false });
  await changeWire(program, (wire) => {
    wire.write("r", 2, "latin1");
    return wire;
  });
  expect(await fuseProblems(program)).toEqual(["fuse RunAsNode: found removed, wanted off"]);
  expect(await fuseReport(program)).toContain("RunAsNode: removed");
});

it("cannot be read from a program that is no Electron", async () => {
  await writeFile(join(directory, "other"), "nothing of the kind");
  await expect(fuseProblems(join(directory, "other"))).rejects.toThrow("sentinel");
});

it("are carried by a stub that says what it is and ends badly when it is started", async () => {
  for (const platform of packagePlatforms) {
    await makeStubElectron(directory, platform);
    const mark = platform === "darwin" ? `Electron.app/Contents/Resources/${STUB_MARK}` : STUB_MARK;
    expect(await readFile(join(directory, mark), "utf8")).toContain("Not for distribution");
  }
  await makeStubElectron(directory, "linux");
  expect(await readFile(join(directory, "electron"), "latin1")).toMatch(/^#!\/bin\/sh\n.*stub.*\n' >&2\nexit 70\n/);
});
