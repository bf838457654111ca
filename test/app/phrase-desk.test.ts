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
import { nodeFiles } from "../../electron/files/node-files.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { listen } from "../support/loopback-http.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const PEM = publicKey.export({ format: "pem", type: "spki" }).toString();
const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
});

function config(phraseList: unknown) {
  const file = { assist: { orgDomain: "x.example", prohibitedPhrases: ["sue"], ...(phraseList === undefined ? {} : { phraseList }) } };
  const loaded = loadConfig({ file: { path: "/c.json", text: JSON.stringify(file) }, env: {}, flags: [], dataFolder: "/d", cwd: "/" });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value.config;
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
