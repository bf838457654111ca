import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { runHealth } from "../../electron/app/health-run.ts";
import { doctorCommand, type DoctorSources, type RunHealth } from "../../electron/cli/doctor.ts";
import { doctorSources } from "../../electron/cli/doctor-sources.ts";
import type { OpenSecretVault } from "../../electron/cli/secret-vault.ts";
import { openHistory } from "../../electron/history/history.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { HealthLine, HealthOutcome, HealthView } from "../../shared/health.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { closedPort, silentServer } from "../support/health-servers.ts";
import { trialMachine } from "../support/health-sources.ts";
import { sendJson, serveHttp } from "../support/loopback-http.ts";
import { tempDirectory } from "../support/temp-directory.ts";
import { until } from "../support/until.ts";
import { openTestVault } from "../support/vault-fixture.ts";
import { runHere, type CliSetting } from "./surroundings.ts";

const fault = { kind: "transport", code: "network", detail: "a.test:443: nothing listens there" } as const;
const env = { COGNIGY_CLIENT_ID: "desk-client", COGNIGY_CLIENT_SECRET: "desk-secret-9f2c71" };

/** A folder with a configuration in it. */
async function folderWith(config: object | string): Promise<string> {
  const temp = await tempDirectory();
  onTestFinished(() => temp[Symbol.asyncDispose]());
  await writeFile(join(temp.path, "callside.config.json"), typeof config === "string" ? config : JSON.stringify(config));
  return temp.path;
}

/** Where a test says nothing else, a key store of this machine is not to be asked. */
const noVault: OpenSecretVault = () => Promise.reject(new Error("the key store was opened"));

/** The command with the checks that a test says. */
async function scripted(outcomes: readonly HealthOutcome[], argv: readonly string[] = []) {
  const run: RunHealth = async (_sources, { onView }) => {
    const line = (outcome: HealthOutcome, index: number): HealthLine => ({ subject: "assist", check: "reach", target: `h${index}.test:443`, outcome });
    const waiting: HealthView = { state: "running", since: 0, lines: outcomes.map((_one, index) => line({ kind: "waiting" }, index)) };
    onView(waiting);
    // One after the other, the last first.
    const lines = [...waiting.lines];
    for (const [index, outcome] of [...outcomes.entries()].toReversed()) {
      lines[index] = line(outcome, index);
      onView({ ...waiting, lines: [...lines] });
    }
    return { state: "done", since: 0, lines };
  };
  const cli = runHere(["doctor", ...argv], { folder: await folderWith({}), commands: { doctor: doctorCommand(doctorSources(noVault), run) } });
  return { cli, code: await cli.code };
}

/** The command as it is, but for the machine: no name is looked up outside. */
function real(setting: CliSetting, argv: readonly string[] = ["--json"], vault = noVault) {
  const sources: DoctorSources = async (context, config) => ({ ...(await doctorSources(vault)(context, config)), machine: trialMachine() });
  return runHere(["doctor", ...argv], { env, clock: createFakeClock(Date.now()), ...setting, commands: { doctor: doctorCommand(sources, runHealth) } });
}

describe("what the command says", () => {
  test("is a line for each check as soon as it is over, once, and the sum of them", async () => {
    const { cli, code } = await scripted([{ kind: "good", found: "the port answers", tookMs: 12 }, { kind: "doubtful", found: "slow", remedy: "look" }, { kind: "skipped", why: "the name was not found" }], ["--json"]);
    expect(cli.lines()).toMatchObject([
      { event: "check", subject: "assist", check: "reach", target: "h2.test:443", outcome: { kind: "skipped", why: "the name was not found" } },
      { event: "check", target: "h1.test:443", outcome: { kind: "doubtful" } },
      { event: "check", target: "h0.test:443", outcome: { kind: "good", found: "the port answers", tookMs: 12 } },
      { event: "checked", good: 1, doubtful: 1, bad: 0, skipped: 1 },
    ]);
    expect(code).toBe(0);
  });

  test("has a mark and, for what is bad, the error table's words", async () => {
    const { cli, code } = await scripted([{ kind: "bad", fault, tookMs: 3 }, { kind: "good", found: "1 address", tookMs: 12 }, { kind: "doubtful", found: "slow", remedy: "Look again." }]);
    const text = cli.stdout.text();
    const words = describeFault(fault);
    expect(text).toContain(`BAD    assist         reach        h0.test:443  ${words.what}\n       ${words.cause}\n       ${words.remedy}\n`);
    expect(text).toContain("good   assist         reach        h1.test:443  1 address (12 ms)\n");
    expect(text).toContain("doubt  assist         reach        h2.test:443  slow\n       Look again.\n");
    expect(text).toMatch(/1 good, 1 doubtful, 1 bad, 0 not tried\n$/);
    expect(code).toBe(1);
  });
});

describe("the exit code", () => {
  test("is 0 where nothing is bad, and 1 where something is", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { access_token: "t", expires_in: 60 }));
    const simulations = (url: string) => ({ simulations: { tokenUrl: `${url}/token`, apiUrl: url } });
    const good = real({ folder: await folderWith(simulations(server.url)) });
    expect([await good.code, good.stderr.text()]).toEqual([0, ""]);
    const bad = real({ folder: await folderWith(simulations(`http://127.0.0.1:${await closedPort()}`)) });
    expect(await bad.code).toBe(1);
    expect(bad.lines().at(-1)).toMatchObject({ event: "checked", bad: 1 });
  });

  test.each([["{ this is no JSON"], [{ assist: { nonsense: 1 } }]])("is 2 where the configuration cannot be used (%j), and nothing is tried", async (config) => {
    const cli = real({ folder: await folderWith(config) });
    expect(await cli.code).toBe(2);
    expect(cli.lines()).toMatchObject([{ event: "error" }]);
  });

  test("is 2 where it was stopped, and the rest is told as stopped", async () => {
    const silent = await silentServer();
    const url = `http://127.0.0.1:${silent.port}`;
    const cli = real({ folder: await folderWith({ simulations: { tokenUrl: `${url}/token`, apiUrl: url } }) });
    await until(() => silent.asked() > 0);
    cli.signal("SIGINT");
    expect(await cli.code).toBe(2);
    expect(cli.lines()).toContainEqual(expect.objectContaining({ check: "token", outcome: { kind: "skipped", why: "stopped" } }));
    expect(cli.signalListeners()).toBe(0);
  });
});

describe("without a panel", () => {
  test("no connection is opened, nothing is begun in the data folder, and the bridge is among the systems", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { access_token: "t", expires_in: 60 }));
    const { url } = server;
    const socket = url.replace("http", "ws");
    const folder = await folderWith({
      assist: { tokenUrl: `${url}/token`, apiUrl: url, streamUrl: `${socket}/stream` },
      bridge: { orgId: "o1", tokenUrl: `${url}/token`, apiUrl: url, socketUrl: `${socket}/events`, dialogUrl: `${url}/dialog` },
      audit: {},
      history: {},
    });
    const cli = real({ folder, env: { ...env, GENESYS_CLIENT_ID: "g", GENESYS_CLIENT_SECRET: "genesys-secret-1", COGNIGY_API_KEY: "dialog-key-1" } });
    expect(await cli.code).toBe(0);
    const of = (check: string) => cli.lines().filter((line) => line["check"] === check);
    expect(of("connection")).toMatchObject([
      { subject: "assist", outcome: { kind: "skipped", why: "not connected by this command" } },
      { subject: "bridge", outcome: { kind: "skipped", why: "not connected by this command" } },
    ]);
    expect(of("history")).toMatchObject([{ outcome: { kind: "good", found: "nothing is kept yet" } }]);
    expect(of("secrets")).toMatchObject([{ outcome: { kind: "skipped" } }]);
    expect(server.requests.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(["GET /", "GET /", "GET /dialog", "POST /token", "POST /token"]);
    expect(await readdir(folder)).toEqual(["callside.config.json"]);
    expect(cli.stdout.text()).not.toMatch(/desk-secret|genesys-secret|dialog-key/);
  });

  test("the place for secrets is looked at where a system's credentials are not in the environment, for a panel has them there", async () => {
    const off = `http://127.0.0.1:${await closedPort()}`;
    const folder = await folderWith({ simulations: { tokenUrl: `${off}/token`, apiUrl: off } });
    const secretsLine = (cli: ReturnType<typeof real>) => cli.lines().find((line) => line["check"] === "secrets");
    const bare = real({ folder, env: {} }, ["--json"], async () => openTestVault());
    await bare.code;
    expect(secretsLine(bare)).toMatchObject({ outcome: { kind: "good", found: "nothing is kept; it would be in memory only" } });
    const given = real({ folder });
    await given.code;
    expect(secretsLine(given)).toMatchObject({ outcome: { kind: "skipped" } });
  });

  test("what the environment lacks is taken from the place for secrets, as every other command takes it, and never said", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { access_token: "t", expires_in: 60 }));
    const folder = await folderWith({ simulations: { tokenUrl: `${server.url}/token`, apiUrl: server.url } });
    const vault = openTestVault();
    for (const [name, value] of Object.entries(env)) await vault.put(name, value);
    const cli = real({ folder, env: {} }, ["--json"], async () => vault);
    expect(await cli.code).toBe(0);
    expect(cli.lines().find((line) => line["check"] === "token")).toMatchObject({ outcome: { kind: "good" } });
    expect(cli.stdout.text()).not.toContain(env.COGNIGY_CLIENT_SECRET);
  });

  test("a history is looked at without being opened, and a newer one is told", async () => {
    const folder = await folderWith({ history: {} });
    const file = join(folder, "history.sqlite");
    const opened = await openHistory({ file, mask: true, retentionDays: 30, clock: createFakeClock(), onTrouble: () => undefined });
    if (!opened.ok) throw new Error(opened.error.detail);
    await opened.value.flush();
    await opened.value[Symbol.asyncDispose]();
    const before = await readdir(folder);
    const first = real({ folder });
    expect(await first.code).toBe(0);
    expect(first.lines()).toContainEqual(expect.objectContaining({ check: "history", outcome: expect.objectContaining({ kind: "good", found: expect.stringMatching(/^\d+ kB$/) }) }));
    expect(await readdir(folder)).toEqual(before);
    const header = Buffer.alloc(100);
    header.write("SQLite format 3\0");
    header.writeUInt32BE(9_999, 60);
    await writeFile(file, header);
    const second = real({ folder });
    expect(await second.code).toBe(1);
    expect(second.lines()).toContainEqual(expect.objectContaining({ check: "history", outcome: expect.objectContaining({ kind: "bad", fault: expect.objectContaining({ code: "newer-file" }) }) }));
  });
});

test("the command is in the help, with the others", async () => {
  const cli = runHere(["--help"]);
  expect(await cli.code).toBe(0);
  expect(cli.stdout.text()).toMatch(/ doctor +Say what is wrong/);
});
