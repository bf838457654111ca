import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parseDefinition } from "../../electron/integrations/definition-file.ts";
import { parseSuite } from "../../electron/simulations/suite-file.ts";

const CLI = fileURLToPath(new URL("../../electron/cli.ts", import.meta.url));

/** What has been compiled once need not be again, in these tests as in life. */
let cache = "";
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), "callside-process-cache-"));
});
afterAll(async () => {
  await rm(cache, { recursive: true, force: true });
});

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "callside-process-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The real program in a process of its own, its files in a folder of its own. */
function start(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [CLI, ...argv], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: folder, XDG_CONFIG_HOME: folder, XDG_DATA_HOME: folder, XDG_CACHE_HOME: cache, TMPDIR: folder, APPDATA: folder, LOCALAPPDATA: folder, TEMP: folder, ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (stdout += part));
  child.stderr.setEncoding("utf8").on("data", (part: string) => (stderr += part));
  const ended = once(child, "close").then(([code]: unknown[]) => code);
  const lines = createInterface({ input: child.stdout });
  const firstEvent = once(lines, "line").then(([line]: unknown[]) => JSON.parse(String(line)) as Readonly<Record<string, unknown>>);
  firstEvent.catch(() => undefined);
  return { child, ended, firstEvent, stdout: () => stdout, stderr: () => stderr };
}

describe("the program as a process", () => {
  test("checks a configuration given from where the person stands, and says the answer by its exit code", async () => {
    await writeFile(join(folder, "good.json"), '{"panel": {}}');
    await writeFile(join(folder, "bad.json"), '{"panel": {"quiet": 1}}');
    const env = { INIT_CWD: folder, npm_lifecycle_event: "callside" };
    expect(await start(["config", "check", "--config", "good.json"], env).ended).toBe(0);
    const bad = start(["config", "check", "--config", "bad.json", "--json"], env);
    expect(await bad.firstEvent).toMatchObject({ event: "invalid", errors: [{ path: "panel.quiet" }] });
    expect(await bad.ended).toBe(1);
    expect(await start(["nonsense"]).ended).toBe(2);
  });

  test("ends quietly when its reader goes away", async () => {
    const run = start(["sandbox", "--json", "--speed", "100"]);
    await run.firstEvent;
    run.child.stdout.destroy();
    run.child.kill("SIGTERM");
    expect(await run.ended).toBe(0);
    expect(run.stderr()).toBe("");
  });
});

describe("sandbox", () => {
  test("prints a ready configuration that the program accepts and only this user can read, and leaves nothing behind", async () => {
    const run = start(["sandbox", "--json", "--fault", "latency=5", "--fault", "html"]);
    const ready = await run.firstEvent;
    expect(ready).toMatchObject({
      event: "ready",
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      env: {
        COGNIGY_CLIENT_ID: expect.any(String),
        COGNIGY_CLIENT_SECRET: expect.any(String),
        GENESYS_CLIENT_ID: expect.any(String),
        GENESYS_CLIENT_SECRET: expect.any(String),
        COGNIGY_API_KEY: expect.any(String),
      },
    });
    const configFile = String(ready["configFile"]);
    const config = JSON.parse(await readFile(configFile, "utf8")) as { readonly $schema: string };
    expect(JSON.stringify(config)).not.toContain("secret");
    expect(existsSync(join(dirname(configFile), config.$schema))).toBe(true);
    if (process.platform !== "win32") expect((await stat(dirname(configFile))).mode & 0o077).toBe(0);

    const check = start(["config", "check", "--config", configFile, "--json"]);
    expect(await check.firstEvent).toMatchObject({ event: "valid", sections: ["tunnel", "assist", "bridge", "integrations", "simulations"] });

    const suiteFile = String(ready["suiteFile"]);
    expect(dirname(suiteFile)).toBe(dirname(configFile));
    expect(parseSuite({ file: suiteFile, text: await readFile(suiteFile, "utf8") }).ok).toBe(true);
    const integrationFile = String(ready["integrationFile"]);
    expect(dirname(integrationFile)).toBe(dirname(configFile));
    expect(parseDefinition({ file: integrationFile, text: await readFile(integrationFile, "utf8") }).problems).toEqual([]);

    const faults: unknown = await (await fetch(`${String(ready["url"])}/sandbox/faults`)).json();
    expect(JSON.stringify(faults)).toContain("latency");

    run.child.kill("SIGINT");
    expect(await run.ended).toBe(0);
    expect(existsSync(dirname(configFile))).toBe(false);
    await expect(fetch(String(ready["url"]))).rejects.toThrow();
  });

  test.each([
    [["--port", "http"], "--port: found"],
    [["--speed", "0"], "--speed: found"],
    [["--fault", "latensy=1"], "latency"],
    [["--fault", "latency=soon"], "milliseconds"],
    [["--calls", "no-such-folder"], "no-such-folder"],
  ])("%j is refused with what is allowed", async (argv, words) => {
    const run = start(["sandbox", ...argv]);
    expect(await run.ended).toBe(2);
    expect(run.stderr()).toContain(words);
    expect(run.stdout()).toBe("");
  });

  test("a port that is taken is told as such", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    const run = start(["sandbox", "--port", String(port), "--json"]);
    expect(await run.firstEvent).toMatchObject({ event: "error", message: expect.stringContaining(`port ${port} is in use`) });
    expect(await run.ended).toBe(2);
    taken.close();
  });
});

describe("tunnel --once", () => {
  test("gates by its exit code, and a signal ends it politely with the question left open", async () => {
    const platform = start(["sandbox", "--json"]);
    const ready = await platform.firstEvent;
    const env = ready["env"] as Readonly<Record<string, string>>;
    const argv = ["tunnel", "--once", "--json", "--config", String(ready["configFile"])];

    const works = start(argv, env);
    expect(await works.ended).toBe(0);
    expect(JSON.parse(works.stdout().trimEnd().split("\n").at(-1) ?? "")).toMatchObject({ event: "verdict", works: true });
    expect(works.stderr()).toBe("");

    const faults = `${String(ready["url"])}/sandbox/faults`;
    await fetch(faults, { method: "POST", headers: { "content-type": "application/json" }, body: '{"bot-inactive": "on"}' });
    expect(await start(argv, env).ended).toBe(1);

    await fetch(faults, { method: "POST", headers: { "content-type": "application/json" }, body: '{"bot-inactive": null, "tunnel-mute": "on"}' });
    const cancelled = start(argv, env);
    await cancelled.firstEvent;
    cancelled.child.kill("SIGTERM");
    expect(await cancelled.ended).toBe(2);
    expect(cancelled.stdout()).toContain("Stopped before it was known");

    expect(await start(argv, { ...env, COGNIGY_CLIENT_SECRET: "" }).ended).toBe(2);
    platform.child.kill("SIGINT");
    await platform.ended;
    expect(await start([...argv.slice(0, 3), "--set", "tunnel.botId=b1", "--set", "tunnel.socketUrl=ws://127.0.0.1:1", "--set", "tunnel.tokenUrl=http://127.0.0.1:1"], env).ended).toBe(2);
  });
});

describe("simulate", () => {
  const utterances = ["where is ORD-1140", "cancel ORD-1140", "I want to return my washer", "when are you open in Hamburg", "I forgot my password", "hello there", "bye", "let me speak to a human"];
  const suite = JSON.stringify({
    name: "small",
    defaults: { user_id: "usr_1" },
    cases: utterances.map((utterance, index) => ({ test_id: `test_${index}`, utterance, expected_outcome: { intent: "order_status", entities: {} } })),
  });
  type Line = Readonly<Record<string, unknown>>;
  const linesOf = (text: string): readonly Line[] => text.split("\n").slice(0, -1).map((line) => JSON.parse(line) as Line);
  const casesOf = (text: string): readonly Line[] => linesOf(text).filter((line) => line["event"] === "case");

  /** Resolves once the run has told of so many cases. */
  const told = (run: ReturnType<typeof start>, count: number): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (casesOf(run.stdout()).length < count) return;
        run.child.stdout.off("data", look);
        resolve();
      };
      run.child.stdout.on("data", look);
      look();
    });

  test("killed in the middle and resumed, it comes to what an uninterrupted run comes to, and asks for nothing twice", async () => {
    await writeFile(join(folder, "small.json"), suite);
    const platform = start(["sandbox", "--json"]);
    const ready = await platform.firstEvent;
    const env = ready["env"] as Readonly<Record<string, string>>;
    const argv = ["simulate", "small.json", "--json", "--concurrency", "1", "--config", String(ready["configFile"])];

    const whole = start([...argv, "--report", "whole.json"], env);
    expect(await whole.ended).toBe(1);

    const killed = start([...argv, "--report", "killed.json"], env);
    await told(killed, 3);
    killed.child.kill("SIGKILL");
    await killed.ended;
    expect(existsSync(join(folder, "killed.json"))).toBe(false);

    const resumed = start([...argv, "--resume", "--report", "resumed.json"], env);
    expect(await resumed.ended).toBe(1);
    const [begun] = linesOf(resumed.stdout());
    const kept = Number(begun?.["resumed"]);
    expect(kept).toBeGreaterThanOrEqual(2);
    expect(casesOf(resumed.stdout())).toHaveLength(utterances.length - kept);
    const outcome = async (name: string): Promise<unknown> => {
      const { counts, coverage, results } = JSON.parse(await readFile(join(folder, name), "utf8")) as { readonly [key in "counts" | "coverage"]: unknown } & { readonly results: readonly Line[] };
      return { counts, coverage, results: results.map(({ testId, verdict, checks, turns }) => ({ testId, verdict, checks, turns })) };
    };
    expect(await outcome("resumed.json")).toEqual(await outcome("whole.json"));

    const cancelled = start([...argv, "--junit", "cancelled.xml"], env);
    await told(cancelled, 1);
    cancelled.child.kill("SIGINT");
    expect(await cancelled.ended).toBe(2);
    expect(linesOf(cancelled.stdout()).at(-1)).toMatchObject({ event: "batch", end: "cancelled" });
    expect(existsSync(join(folder, "cancelled.xml"))).toBe(true);
    expect(cancelled.stderr()).toBe("");
    platform.child.kill("SIGINT");
    await platform.ended;
  }, 60_000);
});

describe("audit verify", () => {
  test("an empty folder is whole; one that is not there cannot be tried", async () => {
    const whole = start(["audit", "verify", ".", "--json"]);
    expect(await whole.firstEvent).toMatchObject({ event: "whole", entries: 0 });
    expect(await whole.ended).toBe(0);
    const absent = start(["audit", "verify", "nowhere", "--json"]);
    expect(await absent.firstEvent).toMatchObject({ event: "error" });
    expect(await absent.ended).toBe(2);
  });

  test("a broken chain says where; the folder may come from the configuration", async () => {
    await writeFile(join(folder, "audit-2026-01-05.jsonl"), '{"seq":1,"prev":"x","timestamp":"2026-01-05T09:00:00.000Z","event":"A","data":{}}\n');
    await writeFile(join(folder, "my.json"), '{"audit": {"directory": "."}}');
    const run = start(["audit", "verify", "--config", "my.json", "--json"]);
    expect(await run.firstEvent).toMatchObject({ event: "broken", file: "audit-2026-01-05.jsonl", line: 1, reason: expect.any(String) });
    expect(await run.ended).toBe(1);
    const none = start(["audit", "verify"]);
    expect(await none.ended).toBe(2);
    expect(none.stderr()).toContain("audit.directory");
  });
});
