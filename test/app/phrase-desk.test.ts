import { generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { createNotices } from "../../electron/app/notices.ts";
import { createPhraseDesk } from "../../electron/app/phrase-desk.ts";
import { assistSettings } from "../../electron/app/assist-settings.ts";
import { compilePolicy } from "../../electron/assist/policy.ts";
import { loadConfig } from "../../electron/config/load-config.ts";
import type { MachineRules } from "../../electron/config/machine-rules.ts";
import { nodeFiles } from "../../electron/files/node-files.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { listen } from "../support/loopback-http.ts";
import { until } from "../support/until.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const PEM = publicKey.export({ format: "pem", type: "spki" }).toString();
const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
});

function config(phraseList: unknown) {
  return loaded({ assist: { orgDomain: "x.example", prohibitedPhrases: ["sue"], ...(phraseList === undefined ? {} : { phraseList }) } });
}

function loaded(file: unknown, machine?: MachineRules) {
  const read = loadConfig({ file: { path: "/c.json", text: JSON.stringify(file) }, env: {}, flags: [], dataFolder: "/d", cwd: "/", ...(machine === undefined ? {} : { machine }) });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value.config;
}

async function world() {
  const dataFolder = await mkdtemp(join(tmpdir(), "callside-test-"));
  closings.push(() => rm(dataFolder, { recursive: true, force: true }));
  const list = { bytes: Buffer.from("# callside-phrases 1 serial 1\nsue\nfree of charge") };
  const server = createServer((request, response) => {
    response.end(request.url === "/list" ? list.bytes : sign(null, list.bytes, privateKey).toString("base64"));
  });
  const port = await listen(server);
  closings.push(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  );
  const clock = createFakeClock();
  const notices = createNotices(clock);
  let changes = 0;
  const desk = createPhraseDesk({ env: {}, clock, readFile: async () => "", files: nodeFiles, dataFolder, notices, onPhrases: () => { changes += 1; } });
  closings.push(async () => {
    await desk[Symbol.asyncDispose]();
  });
  return { desk, notices, clock, url: `http://127.0.0.1:${port}/list`, changes: () => changes };
}

const judge = (of: ReturnType<typeof config>) => compilePolicy(assistSettings(of.assist ?? (() => { throw new Error("assist is off"); })()).policy);

test("the list is added to the phrases of the settings, never put in their place, and the policy's version tells it", async () => {
  const { desk, url, changes, notices } = await world();
  const wanted = config({ url, publicKey: PEM });
  await desk.apply(wanted);
  const joined = desk.joined(wanted);
  expect(joined.assist?.prohibitedPhrases).toStrictEqual(["sue", "free of charge"]);
  expect(wanted.assist?.prohibitedPhrases).toStrictEqual(["sue"]);
  expect(judge(joined).judgeText("This is free of charge.")).toStrictEqual({ rule: "phrase", phrase: "free of charge" });
  expect(judge(wanted).judgeText("This is free of charge.")).toBeNull();
  expect(judge(joined).version).not.toBe(judge(wanted).version);
  expect([changes(), notices.all()]).toStrictEqual([1, []]);

  const none = config(undefined);
  await desk.apply(none);
  expect(desk.joined(none)).toBe(none);
});

test("a list that IT has set holds for a bridge alone, and is not fetched where nothing is judged", async () => {
  const { desk, url } = await world();
  const machine: MachineRules = { rules: [{ kind: "set", path: ["assist", "phraseList"], value: { url, publicKey: PEM }, origin: "policy", reason: "" }], unknown: null };
  const alone = loaded({ bridge: { orgId: "o1", dialogUrl: "https://bot.example/dialogs" } }, machine);
  await desk.apply(alone);
  expect(desk.joined(alone).phrases.prohibited).toStrictEqual(["guarantee full refund", "legal action", "sue the company", "sue", "free of charge"]);
  expect(desk.joined(alone).assist).toBeUndefined();
  await desk.apply(loaded({}, machine));
  expect(desk.listed()).toStrictEqual([]);
});

test("one that was never had is told before its server answers", async () => {
  const { desk, notices, clock } = await world();
  const silent = createServer(() => undefined);
  const port = await listen(silent);
  closings.push(async () => {
    silent.closeAllConnections();
    silent.close();
  });
  const applying = desk.apply(config({ url: `http://127.0.0.1:${port}/list`, publicKey: PEM }));
  await until(() => notices.all().length === 1);
  expect(notices.all()).toMatchObject([{ id: "phrase-list", level: "error", what: expect.stringContaining("never been fetched"), effect: expect.stringContaining("only the phrases of the settings") }]);
  await until(() => clock.pending() >= 2);
  await clock.advance(5_000);
  await applying;
});

test("one that is signed by another key is told as a notice, and the settings' phrases hold alone", async () => {
  const { desk, url, notices } = await world();
  const other = generateKeyPairSync("ed25519").publicKey.export({ format: "der", type: "spki" }).toString("base64");
  const wanted = config({ url, publicKey: other });
  await desk.apply(wanted);
  expect(desk.joined(wanted)).toBe(wanted);
  expect(notices.all()).toMatchObject([{ id: "phrase-list", level: "error", what: expect.stringContaining("signature") }]);
  await desk.apply(config({ url, publicKey: PEM }));
  expect(notices.all()).toStrictEqual([]);
});

test.each([["no key", "hello"], ["an RSA key", generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ format: "pem", type: "spki" }).toString()], ["plain http", null]])("%s is refused in the configuration, with what is allowed", (_case, key) => {
  expect(() => config({ url: key === null ? "http://x.example/list" : "https://x.example/list", publicKey: key ?? PEM })).toThrow(/Ed25519 public key|begins with https/);
});
