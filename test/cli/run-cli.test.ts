import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createFakeClock } from "../support/fake-clock.ts";
import type { Command, CommandContext } from "../../electron/cli/command.ts";
import { untilStopped } from "../../electron/cli/command.ts";
import { programName, standingFolder } from "../../electron/cli/standing.ts";
import { runHere } from "./surroundings.ts";

function command(run: (context: CommandContext) => Promise<0 | 1 | 2>): Command {
  return {
    usage: "[FILE]",
    maxPositionals: 1,
    options: { port: { takes: "N", does: "A port." }, set: { takes: "K=V", multiple: true, does: "A value." }, loop: { takes: null, does: "Again." } },
    run,
  };
}

const service = command(async ({ stopped, output }) => {
  output.event("ready", { port: 1 }, "Ready");
  await untilStopped(stopped);
  output.event("closed", {}, "Closed");
  return 0;
});
const commands = { serve: service, "group one": command(() => Promise.resolve(1)), "group two": command(() => Promise.resolve(0)) };

describe("finding the command", () => {
  test("tells whoever has no terminal why arguments were refused, before it ends", async () => {
    const told: string[] = [];
    const run = runHere(["serve", "--lop"], {
      commands,
      async onRefused(words) {
        await Promise.resolve();
        told.push(words);
      },
    });
    expect(await run.code).toBe(2);
    expect(told).toEqual(["unknown flag --lop; did you mean --loop? allowed: --port, --set, --loop, --json, --help"]);
  });

  test.each([
    [[], "a command is missing"],
    [["sevre"], "did you mean serve?"],
    [["--prot"], 'unknown command "--prot"'],
    [["group"], 'unknown command "group"'],
    [["group", "tow"], "did you mean group two?"],
    [["toString"], "allowed: serve, group one, group two"],
    [["serve", "--prot", "1"], "did you mean --port?"],
    [["serve", "--port"], "--port needs a value: --port N"],
    [["serve", "--port", "--loop"], "--port needs a value: --port N"],
    [["serve", "--port=1", "--port=2"], "--port is given twice"],
    [["serve", "--loop=yes"], "--loop takes no value"],
    [["serve", "a", "b"], "allowed: at most 1"],
    [["serve", "-x"], "unknown flag -x"],
    [["serve", "--toString"], "unknown flag --toString"],
  ])("%j ends with 2 and says what is allowed", async (argv, message) => {
    const run = runHere(argv, { commands });
    expect(await run.code).toBe(2);
    expect(run.stderr.text()).toContain(message);
    expect(run.stdout.text()).toBe("");
  });

  test("with --json a refusal is an error event, wherever --json stands", async () => {
    for (const argv of [["serve", "--prot", "--json"], ["--json", "sevre"]]) {
      const run = runHere(argv, { commands });
      expect(await run.code).toBe(2);
      expect(run.lines()).toMatchObject([{ event: "error", timestamp: "2026-01-05T09:00:00.000Z", message: expect.stringContaining("did you mean") }]);
    }
  });

  test("a value on the command line is never repeated in a refusal", async () => {
    const run = runHere(["serve", "--prot=hunter2", "hunter2"], { commands });
    await run.code;
    expect(run.stderr.text()).not.toContain("hunter2");
  });

  test("help tells the commands, those of a group, and the flags of one", async () => {
    const all = runHere(["--help"], { commands });
    expect(await all.code).toBe(0);
    expect(all.stdout.text()).toContain("sandbox");
    const group = runHere(["config", "--help"]);
    expect(await group.code).toBe(0);
    expect(group.stdout.text()).toContain("config check");
    expect(group.stdout.text()).not.toContain("sandbox");
    const one = runHere(["serve", "--help"], { commands });
    expect(await one.code).toBe(0);
    expect(one.stdout.text()).toMatch(/callside serve \[FILE\] \[flags\][\s\S]*--port N[\s\S]*--json/);
  });

  test("the version is that of the package", async () => {
    const run = runHere(["--version"]);
    expect(await run.code).toBe(0);
    expect(run.stdout.text()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test("flags and arguments arrive as given, the exit code is the command's", async () => {
    let seen: unknown;
    const echo = command(({ args }) => {
      seen = [args.positionals, args.text("port"), args.all("set"), args.has("loop"), args.text("nothing")];
      return Promise.resolve(1);
    });
    const run = runHere(["echo", "--set", "a=1", "file", "--set=b=-2", "--port", "-5", "--loop"], { commands: { echo } });
    expect(await run.code).toBe(1);
    expect(seen).toStrictEqual([["file"], "-5", ["a=1", "b=-2"], true, undefined]);
  });
});

describe("a service", () => {
  test("closes in order at the first signal and ends with 0, no listener left", async () => {
    for (const name of ["SIGINT", "SIGTERM"] as const) {
      const run = runHere(["serve", "--json"], { commands });
      await run.stdout.shows("ready");
      run.signal(name);
      expect(await run.code).toBe(0);
      expect(run.lines().map((line) => line["event"])).toStrictEqual(["ready", "closed"]);
      expect(run.exits).toStrictEqual([]);
      expect([run.signalListeners(), run.stdout.listeners(), run.stderr.listeners()]).toStrictEqual([0, 0, 0]);
    }
  });

  test("a later signal ends it at once; one in the same moment is the same signal", async () => {
    const stuck = command(async ({ output, stopped }) => {
      output.event("ready", {}, "Ready");
      await untilStopped(stopped);
      return new Promise(() => undefined);
    });
    const clock = createFakeClock();
    const run = runHere(["stuck"], { commands: { stuck }, clock });
    await run.stdout.shows("Ready");
    run.signal("SIGTERM");
    run.signal("SIGTERM");
    expect(run.exits).toStrictEqual([]);
    await clock.advance(1_000);
    run.signal("SIGINT");
    expect(run.exits).toStrictEqual([130]);
  });

  test("closes when nobody reads its output any more, and writes no further", async () => {
    const run = runHere(["serve", "--json"], { commands });
    await run.stdout.shows("ready");
    run.stdout.break();
    expect(await run.code).toBe(0);
    expect(run.lines().map((line) => line["event"])).toStrictEqual(["ready"]);
  });

  test("text from outside cannot command the terminal", async () => {
    const hostile = command(({ output }) => {
      output.event("suggestion", {}, "a\u001b[2Jb\u0007\u009bc\nd");
      output.note("\u001b]0;x");
      return Promise.resolve(0);
    });
    const run = runHere(["hostile"], { commands: { hostile } });
    await run.code;
    expect(run.stdout.text()).toBe("a�[2Jb��c\nd\n");
    expect(run.stderr.text()).toBe("�]0;x\n");
  });
});

describe("config check and config schema", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "callside-cli-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test("a good file: valid, 0, with the sections that are on", async () => {
    await writeFile(join(folder, "my.json"), '{"assist": {"orgDomain": "x.example"}, "audit": {}}');
    const run = runHere(["config", "check", "--config", "my.json", "--json"], { cwd: folder });
    expect(await run.code).toBe(0);
    expect(run.lines()).toMatchObject([{ event: "valid", file: join(folder, "my.json"), sections: ["assist", "audit"] }]);
  });

  test("a bad file: every mistake with path, found and allowed; 1", async () => {
    await writeFile(join(folder, "callside.config.json"), '{"assist": {"minConfidence": 2}, "panl": {}}');
    const run = runHere(["config", "check", "--json", "--set", "assist.orgDomain=x.example"], { folder });
    expect(await run.code).toBe(1);
    const [line] = run.lines();
    expect(line).toMatchObject({ event: "invalid" });
    expect(line?.["errors"]).toMatchObject([
      { path: "assist.minConfidence", found: "2", allowed: "a number from 0 to 1", message: expect.stringContaining("callside.config.json:1:13") },
      { path: "panl", found: "an unknown key" },
    ]);
    const readable = runHere(["config", "check"], { folder });
    expect(await readable.code).toBe(1);
    expect(readable.stdout.text()).toContain("3 mistakes");
  });

  test("a file that was named and is not there is a mistake", async () => {
    const run = runHere(["config", "check", "--config", "none.json"], { cwd: folder });
    expect(await run.code).toBe(1);
    expect(run.stdout.text()).toContain("no such file");
  });

  test("the schema is one document, or one event", async () => {
    const plain = runHere(["config", "schema"]);
    expect(await plain.code).toBe(0);
    const schema: unknown = JSON.parse(plain.stdout.text());
    const event = runHere(["config", "schema", "--json"]);
    await event.code;
    expect(event.lines()).toMatchObject([{ event: "schema", schema }]);
  });
});

describe("where the person stands", () => {
  test("is where npm was called, for our own scripts only", () => {
    const env = { INIT_CWD: "/home/ada", npm_lifecycle_event: "callside" };
    expect(standingFolder(env, "/project")).toBe("/home/ada");
    expect(standingFolder({ ...env, npm_lifecycle_event: "start" }, "/project")).toBe("/home/ada");
    expect(standingFolder({ ...env, npm_lifecycle_event: "deploy" }, "/project")).toBe("/project");
    expect(standingFolder({ INIT_CWD: "/home/ada" }, "/project")).toBe("/project");
  });

  test("what to type next fits how the program was started", () => {
    expect(programName("/project/electron/cli.ts")).toBe("npm run -s callside --");
    expect(programName("/usr/bin/callside")).toBe("callside");
  });
});
