import { generateKeyPairSync, sign } from "node:crypto";
import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { memoryConfigFile } from "../../electron/config/config-file.ts";
import { listen } from "../support/loopback-http.ts";
import { openScripted } from "../support/scripted-platform.ts";
import { until } from "../support/until.ts";

const HOUR = 3_600_000;

/** A machine whose policy the test holds. */
function machine(first: unknown) {
  const held = { policy: first };
  const text = (): string => (typeof held.policy === "string" ? held.policy : JSON.stringify({ version: 1, settings: held.policy, reason: "Ask IT" }));
  return { held, port: { kept: memoryConfigFile(), read: async () => [{ kind: "text" as const, origin: "/etc/callside/policy.json", text: text() }] } };
}

test("what IT tightens takes standing cards away as soon as the computer wakes up, and the panel shows the lock", async () => {
  const { held, port } = machine({});
  const { platform, program } = await openScripted({}, { machine: port });
  platform.update({ transcript: "a refund please", utteranceId: "u1" });
  await until(() => platform.asked.length === 1);
  platform.asked[0]?.reply([{ text: "Offer the form.", confidence: 0.95, source: "KB" }, { text: "Explain the waiver.", confidence: 0.8, source: "KB" }]);
  await until(() => program.sets()[0]?.suggestions.length === 2);
  const before = program.sets()[0]?.policyVersion;

  held.policy = { assist: { minConfidence: 0.9 } };
  program.app.wake();
  await until(() => program.sets()[0]?.suggestions.length === 1);
  expect(program.sets()[0]?.policyVersion).not.toBe(before);
  await until(() => program.state().settings.locks.length === 1);
  expect(program.state().settings).toMatchObject({ policy: { minConfidence: 0.9 }, locks: [{ path: "assist.minConfidence", by: "machine", reason: "Ask IT" }] });
  expect(await program.command("settings.change", { policy: { minConfidence: 0.1 } })).toMatchObject({ ok: false, error: { code: "not-allowed", detail: expect.stringContaining("Ask IT") } });
});

test("a policy that is broken is told loudly, from the start, and no more once it is mended", async () => {
  const { held, port } = machine("{");
  const { program } = await openScripted({ minConfidence: 0.1 }, { machine: port });
  await until(() => program.notice("machine-policy") !== undefined);
  expect(program.notice("machine-policy")).toMatchObject({ level: "error", what: expect.stringContaining("/etc/callside/policy.json:1:2"), effect: expect.stringContaining("built-in rules") });
  expect(program.state().settings.policy.minConfidence).toBe(0.75);
  held.policy = {};
  program.app.wake();
  await until(() => program.notice("machine-policy") === undefined);
  expect(program.state().settings.policy.minConfidence).toBe(0.1);
});

test("a new list of phrases takes standing cards away, while the settings show only what is theirs", async () => {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const list = { bytes: Buffer.from("# callside-phrases 1 serial 1\nnever said") };
  const server = createServer((request, response) => {
    response.end(request.url === "/list" ? list.bytes : sign(null, list.bytes, privateKey).toString("base64"));
  });
  const port = await listen(server);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const phraseList = { url: `http://127.0.0.1:${port}/list`, publicKey: publicKey.export({ format: "der", type: "spki" }).toString("base64") };
  const { platform, program } = await openScripted({ phraseList, prohibitedPhrases: ["sue"] });
  platform.update({ transcript: "a refund please", utteranceId: "u1" });
  await until(() => platform.asked.length === 1);
  platform.asked[0]?.reply([{ text: "This is free of charge.", confidence: 0.95, source: "KB" }, { text: "Explain the waiver.", confidence: 0.8, source: "KB" }]);
  await until(() => program.sets()[0]?.suggestions.length === 2);
  const before = program.sets()[0]?.policyVersion;

  list.bytes = Buffer.from("# callside-phrases 1 serial 2\nfree of charge");
  await program.passUntil(() => program.sets()[0]?.suggestions.length === 1, 2 * HOUR, "the list is looked for again");
  expect(program.sets()[0]).toMatchObject({ suggestions: [{ text: "Explain the waiver." }], withheld: [{ rule: "phrase", phrase: "free of charge" }] });
  expect(program.sets()[0]?.policyVersion).not.toBe(before);
  expect(program.state().settings.policy.prohibitedPhrases).toEqual(["sue"]);
});
