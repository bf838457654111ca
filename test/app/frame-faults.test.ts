import { expect, test } from "vitest";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { configFor, openProgram, startPlatform, type Program } from "../support/program.ts";
import { openScripted, type ScriptedPlatform } from "../support/scripted-platform.ts";
import { until } from "../support/until.ts";

/** Sends a good line and waits for it: everything before it has then been taken. */
async function marker(platform: ScriptedPlatform, program: Program, text = "this one is fine"): Promise<void> {
  platform.update({ transcript: text, utteranceId: text });
  await until(() => program.texts().includes(text), `the line "${text}" is shown`);
}

const malformed = (program: Program): readonly string[] =>
  program.events.flatMap((event) => (event.kind === "malformed" ? [event.reason] : []));

test.each([
  ["cut off in the middle", '{"type":"INTERACTION_UPDATE","payload":{"interactionId":"ta', "not JSON"],
  ["empty", "", "not JSON"],
  ["a list", "[1,2,3]", "not an object"],
  ["null", "null", "not an object"],
  ["without a type", '{"payload":{"interactionId":"talk"}}', "no type"],
  ["with a list as payload", '{"type":"INTERACTION_UPDATE","payload":[]}', "payload is not an object"],
  ["without payload", '{"type":"INTERACTION_UPDATE"}', "payload is not an object"],
  ["with an object as transcript", '{"type":"INTERACTION_UPDATE","payload":{"interactionId":"talk","transcript":{"text":"refund"}}}', "transcript is not text"],
  ["with an object as interactionId", '{"type":"INTERACTION_UPDATE","payload":{"interactionId":{"id":1},"transcript":"refund"}}', "interactionId is not text"],
  ["without interactionId", '{"type":"INTERACTION_UPDATE","payload":{"transcript":"I want a refund"}}', "no interactionId"],
  ["with an interactionId of nothing", '{"type":"INTERACTION_UPDATE","payload":{"interactionId":"","transcript":"I want a refund"}}', "no interactionId"],
])("a frame %s is counted and skipped, and the connection goes on", async (_, frame, reason) => {
  const { platform, program } = await openScripted();
  platform.raw(frame);
  await marker(platform, program);
  expect(malformed(program)).toEqual([reason]);
  expect(program.state().interactions.map((one) => one.interaction.id)).toEqual(["talk"]);
  expect(program.stream().kind).toBe("connected");
  expect(platform.stream.connections).toHaveLength(1);
  expect(platform.asked).toHaveLength(0);
});

test("a binary frame is counted and skipped", async () => {
  const { platform, program } = await openScripted();
  platform.raw(Buffer.from('{"type":"INTERACTION_UPDATE","payload":{"interactionId":"talk","transcript":"in bytes"}}'));
  await marker(platform, program);
  expect(malformed(program)).toEqual(["binary"]);
  expect(program.texts()).toEqual(["this one is fine"]);
});

test("a context nested 20,000 levels deep costs its own frame and nothing else", async () => {
  const { platform, program } = await openScripted();
  const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
  platform.raw(`{"type":"INTERACTION_UPDATE","payload":{"interactionId":"talk","transcript":"refund","context":${deep}}}`);
  await marker(platform, program);
  expect(malformed(program)).toEqual(["context is nested too deeply"]);
  expect(platform.asked).toHaveLength(0);
});

test("each kind of malformed frame is logged once, with its size and nothing of its text, and counted at the end", async () => {
  const { platform, program } = await openScripted();
  const flower = '{"type":"INTERACTION_UPDATE","payload":{"interactionId":"talk","transcript":{"text":"pelargonium"}}}';
  for (let turn = 0; turn < 3; turn += 1) platform.raw(flower);
  platform.raw("geranium is not json");
  await marker(platform, program);
  await program.close();
  const log = await readFile(join(program.folder, "data", "logs", "callside.log"), "utf8");
  const lines = log.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
  expect(lines.filter((line) => line.event === "malformed frame").map((line) => [line.reason, line.bytes])).toEqual([
    ["transcript is not text", Buffer.byteLength(flower)],
    ["not JSON", 20],
  ]);
  expect(lines.find((line) => line.event === "repeated")).toMatchObject({ kind: "malformed frame: transcript is not text", count: 3 });
  expect(log).not.toMatch(/pelargonium|geranium/u);
});

test("a frame of 5 MB is counted with its size and skipped, and costs neither the connection nor what follows on it", async () => {
  const { platform, program } = await openScripted();
  const huge = JSON.stringify({ type: "INTERACTION_UPDATE", payload: { interactionId: "talk", transcript: "x".repeat(5_000_000) } });
  platform.raw(huge);
  await marker(platform, program);
  expect(malformed(program)).toEqual(["too large"]);
  expect(program.events.find((event) => event.kind === "malformed")).toMatchObject({ bytes: huge.length });
  expect(program.stream().kind).toBe("connected");
  expect(program.texts()).toEqual(["this one is fine"]);
});

test.each([
  ["7", 7],
  ["-1.5", -1.5],
  ["text", "very low"],
  ["null", null],
  ["a list", [-0.9]],
  ["true", true],
])("a sentiment score of %s loses the score, not the utterance, and triggers nothing", async (_, sentimentScore) => {
  const { platform, program } = await openScripted();
  platform.update({ utteranceId: "u1", transcript: "it rains again", sentimentScore });
  await marker(platform, program);
  expect(program.view()?.utterances.map(({ text, score }) => [text, score])).toEqual([["it rains again", 0], ["this one is fine", 0]]);
  expect(malformed(program)).toEqual([]);
  expect(platform.asked).toHaveLength(0);
  expect(program.events.filter((event) => event.kind === "evaluated" && !event.record.triggered)).toHaveLength(2);
});

test("wrong types in what is optional lose that field alone", async () => {
  const { platform, program } = await openScripted();
  platform.update({ utteranceId: "u1", transcript: "hello", speaker: 3, timestamp: {}, sequence: "one", customerName: ["A"], channel: 9, status: false, final: "yes" });
  await marker(platform, program);
  expect(program.texts()).toEqual(["hello", "this one is fine"]);
  expect(program.view()?.interaction).toMatchObject({ id: "talk", status: "live" });
  expect(program.view()?.interaction.customerName).toBeUndefined();
});

test("frames of another agent reach nothing: no panel, no request, no record, only a count", async () => {
  const { platform, program } = await openScripted({ agentId: "ada" });
  platform.update({ interactionId: "theirs", agentId: "bob", transcript: "a refund for chrysanthemums", sentimentScore: -0.9, utteranceId: "b1" });
  // It names nobody, but the interaction is known as another's.
  platform.update({ interactionId: "theirs", transcript: "cancel the chrysanthemums", utteranceId: "b2" });
  platform.update({ agentId: "ada", transcript: "this one is mine", utteranceId: "a1" });
  await until(() => program.texts().length === 1, "the own line is shown");
  expect(program.state().interactions.map((one) => one.interaction.id)).toEqual(["talk"]);
  expect(program.events.filter((event) => event.kind === "foreign")).toHaveLength(2);
  expect(platform.asked).toHaveLength(0);
  await program.close();
  const kept = `${await program.auditText()}${JSON.stringify(await program.metrics())}${await readFile(join(program.folder, "data", "logs", "callside.log"), "utf8")}`;
  expect(kept).not.toContain("theirs");
  expect(kept).not.toContain("chrysanthemums");
  expect(kept).not.toContain("bob");
});

test("HTML in what is said and in what is suggested stays the text that it is", async () => {
  const { platform, program } = await openScripted();
  const markup = `<img src=x onerror="alert(1)"> &amp; <b>refund</b>`;
  platform.update({ utteranceId: "u1", transcript: markup });
  await until(() => platform.asked.length === 1, "the platform is asked");
  platform.asked[0]?.reply([{ text: `<script>alert(1)</script>Offer it`, confidence: 0.9, source: "<i>KB</i>" }]);
  await until(() => program.sets().length === 1, "the set is shown");
  expect(program.texts()).toEqual([markup]);
  expect(platform.asked[0]?.body["transcript"]).toBe(markup);
  expect(program.sets()[0]?.suggestions).toMatchObject([{ text: "<script>alert(1)</script>Offer it", source: "<i>KB</i>" }]);
  const [mark] = program.view()?.utterances[0]?.marks ?? [];
  expect(markup.slice(mark?.start, mark?.end)).toBe("refund");
});

test("all of the practice platform's broken frames at once cost none of the call's own lines", async () => {
  await using platform = await startPlatform();
  const program = await openProgram({ config: configFor(platform), env: { ...platform.sandbox.env() } });
  await program.connected();
  for (const name of ["malformed", "binary", "deep", "bad-score"] as const) platform.fault(name, 1);
  platform.fault("foreign", 3);
  const said = Array.from({ length: 15 }, (_, at) => `line number ${at}`);
  for (const text of said) platform.say(text);
  await until(() => program.texts().length === said.length, "all lines are shown");
  expect(program.texts()).toEqual(said);
  // 15 binary, 15 deep, and of the twelve ways to break a frame all that are really broken.
  expect(malformed(program).length).toBeGreaterThanOrEqual(45);
  expect(program.states.map((state) => state.kind)).toEqual(["connecting", "connected"]);
  expect(program.bugs).toEqual([]);
});
