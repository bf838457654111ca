import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { forgetInstall, MARK_FILE_NAME, noteInstall, takeLastInstall } from "../../electron/updates/install-mark.ts";
import { rolloutPlace, ROLLOUT_FILE_NAME } from "../../electron/updates/rollout.ts";
import { CALM_MS, firstLookMs, nextLookMs } from "../../electron/updates/update-times.ts";
import { createFaultyFiles } from "../support/faulty-files.ts";
import { tempDirectory } from "../support/temp-directory.ts";

async function folder(): Promise<string> {
  const made = await tempDirectory();
  onTestFinished(() => made[Symbol.asyncDispose]());
  return join(made.path, "updates");
}

describe("the machine's own number", () => {
  it("is drawn once and stays, over restarts", async () => {
    const ports = { files: nodeFiles, folder: await folder() };
    expect(await rolloutPlace({ ...ports, random: () => 0.25 })).toBe(25);
    expect(await rolloutPlace({ ...ports, random: () => 0.75 })).toBe(25);
  });

  it("is drawn anew where the file is no number of ours", async () => {
    const ports = { files: nodeFiles, folder: await folder() };
    await rolloutPlace({ ...ports, random: () => 0.25 });
    for (const text of ["", "{", `{"version":1,"place":100}`, `{"version":1,"place":-1}`, `{"version":1,"place":"5"}`]) {
      await writeFile(join(ports.folder, ROLLOUT_FILE_NAME), text);
      expect(await rolloutPlace({ ...ports, random: () => 0.5 })).toBe(50);
      expect(JSON.parse(await readFile(join(ports.folder, ROLLOUT_FILE_NAME), "utf8"))).toEqual({ version: 1, place: 50 });
    }
  });

  it("is given also where it cannot be kept", async () => {
    const { files, faults } = createFaultyFiles();
    faults.replace = "ENOSPC";
    expect(await rolloutPlace({ files, folder: await folder(), random: () => 0.1 })).toBe(10);
  });
});

describe("the note of an install", () => {
  it("tells the next start whether the version changed, once", async () => {
    const ports = { files: nodeFiles, folder: await folder() };
    expect(await takeLastInstall(ports, "1.0.0")).toEqual({ kind: "none" });
    await noteInstall(ports, "1.0.0", "1.1.0");
    expect(await takeLastInstall(ports, "1.0.0")).toEqual({ kind: "failed", version: "1.1.0" });
    expect(await takeLastInstall(ports, "1.0.0")).toEqual({ kind: "none" });
    await noteInstall(ports, "1.0.0", "1.1.0");
    expect(await takeLastInstall(ports, "1.1.0")).toEqual({ kind: "done", version: "1.1.0" });
  });

  it("says nothing when it was taken back, or is none of ours", async () => {
    const ports = { files: nodeFiles, folder: await folder() };
    await noteInstall(ports, "1.0.0", "1.1.0");
    await forgetInstall(ports);
    expect(await takeLastInstall(ports, "1.0.0")).toEqual({ kind: "none" });
    await writeFile(join(ports.folder, MARK_FILE_NAME), "{");
    expect(await takeLastInstall(ports, "1.0.0")).toEqual({ kind: "none" });
  });
});

describe("the times", () => {
  it("spread the first look over ten minutes, and each further one by a tenth", () => {
    expect([firstLookMs(0), firstLookMs(0.5)]).toEqual([0, 300_000]);
    expect(firstLookMs(0.999_999)).toBeLessThan(600_000);
    const hours = (chance: number): number => nextLookMs({ checkHours: 4, failures: 0, chance }) / 3_600_000;
    expect(hours(0)).toBeCloseTo(3.6);
    expect(hours(0.999_999)).toBeCloseTo(4.4, 4);
  });

  it("come sooner after a failure, later with each, and never later than usual", () => {
    const minutes = (failures: number, chance: number): number => nextLookMs({ checkHours: 1, failures, chance }) / 60_000;
    expect([1, 2, 3, 6].map((failures) => minutes(failures, 1))).toEqual([1, 2, 4, 32]);
    expect([1, 2, 3, 6].map((failures) => minutes(failures, 0))).toEqual([0.5, 1, 2, 16]);
    expect([7, 30, 2_000].map((failures) => minutes(failures, 1))).toEqual([60, 60, 60]);
    expect(CALM_MS).toBe(10_000);
  });
});
