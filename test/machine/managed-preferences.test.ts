import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readManagedPreferences } from "../../electron/machine/managed-preferences.ts";
import { runProgram, type ProgramOutcome } from "../../electron/machine/run-program.ts";
import { systemMachine } from "../../electron/machine/system-machine.ts";

const me = { uid: process.getuid?.() ?? 0, name: "root" };
const signal = new AbortController().signal;
const ended = (output: string, code = 0): ProgramOutcome => ({ kind: "ended", code, output: new TextEncoder().encode(output) });
let path = "";
let base = "";
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "callside-test-"));
  await mkdir(join(base, "managed"), { mode: 0o755 });
  path = join(base, "managed", "com.callside.desktop.plist");
  await writeFile(path, "bplist", { mode: 0o644 });
});
afterEach(async () => {
  await rm(base, { recursive: true, force: true });
});

describe.skipIf(process.platform === "win32")("managed preferences", () => {
  test("are turned into JSON by the system's own program", async () => {
    const asked: string[] = [];
    const run = (file: string, args: readonly string[]): Promise<ProgramOutcome> => {
      asked.push([file, ...args].join(" "));
      return Promise.resolve(ended('{"version":1,"settings":{}}'));
    };
    expect(await readManagedPreferences(path, run, signal, me)).toStrictEqual({ kind: "text", origin: path, text: '{"version":1,"settings":{}}' });
    expect(asked).toStrictEqual([`/usr/bin/plutil -convert json -o - -- ${path}`]);
  });

  test("may hold the policy as one text", async () => {
    const run = () => Promise.resolve(ended(JSON.stringify({ Policy: '{"version":1}' })));
    expect(await readManagedPreferences(path, run, signal, me)).toMatchObject({ text: '{"version":1}' });
  });

  test.each([
    ["hold a date", ended("invalid object in plist for destination format", 1)],
    ["are not answered for", { kind: "failed" as const, reason: "no answer within 5 s" }],
  ])("that %s cannot be read, which is told", async (_case, outcome) => {
    expect(await readManagedPreferences(path, () => Promise.resolve(outcome), signal, me)).toMatchObject({ kind: "unreadable", origin: path });
  });

  test("that are not there are none, and nothing is run for them", async () => {
    const run = () => Promise.reject(new Error("nothing is to be run"));
    expect(await readManagedPreferences(join(base, "other.plist"), run, signal, me)).toMatchObject({ kind: "absent" });
  });

  test("of the person come before those of the computer", async () => {
    const machine = systemMachine({ platform: "darwin", env: {}, user: "mia", dataFolder: base, run: () => Promise.resolve(ended("{}")) });
    expect((await machine.read(signal)).map(({ origin }) => origin)).toStrictEqual([
      "/Library/Managed Preferences/mia/com.callside.desktop.plist",
      "/Library/Managed Preferences/com.callside.desktop.plist",
    ]);
  });
});

describe("running a program of the system", () => {
  const script = (code: string) => runProgram(process.execPath, ["-e", code], signal);

  test("gives what it says and how it ends", async () => {
    const outcome = await script("process.stdout.write('hi'); process.exitCode = 3");
    expect(outcome).toMatchObject({ kind: "ended", code: 3 });
    expect(outcome.kind === "ended" && Buffer.from(outcome.output).toString()).toBe("hi");
  });

  test("one that is not there, or says too much, or is given up, has failed", async () => {
    expect(await runProgram(join(base, "nothing"), [], signal)).toMatchObject({ kind: "failed", reason: "ENOENT" });
    expect(await script("process.stdout.write('x'.repeat(5_000_000))")).toMatchObject({ kind: "failed" });
    const leaving = new AbortController();
    const outcome = runProgram(process.execPath, ["-e", "setInterval(() => {}, 1000)"], leaving.signal);
    leaving.abort();
    expect(await outcome).toMatchObject({ kind: "failed" });
  });
});
