import { expect, test } from "vitest";
import { describeFault } from "../../shared/fault-table.ts";
import { configFor, openProgram, startPlatform, type PlatformUnderTest, type Program } from "../support/program.ts";
import { openScripted } from "../support/scripted-platform.ts";
import { until } from "../support/until.ts";

const FALLBACK = [
  "I understand your concern. Let me connect you with a specialist.",
  "Would you like me to explain our resolution options?",
];
const GOOD = [{ text: "Offer the refund form.", confidence: 0.9, source: "KB" }];
const OTHER = [{ text: "Confirm the cancellation.", confidence: 0.9, source: "KB" }];

async function practice(platform: PlatformUnderTest, assist: Readonly<Record<string, unknown>> = {}): Promise<Program> {
  const program = await openProgram({ config: configFor(platform, assist), env: { ...platform.sandbox.env() } });
  await program.connected();
  return program;
}

const shown = (program: Program): readonly string[] => program.sets()[0]?.suggestions.map((one) => one.text) ?? [];
const requests = (platform: PlatformUnderTest): number => platform.sandbox.stats().suggestRequests;
/** A request has been made and answered: there is a set, or a pause before the next attempt. */
const asked = (platform: PlatformUnderTest, count: number): Promise<void> => until(() => requests(platform) === count, `${count} requests`);

test("a suggestion without text and one with confidence 7 are withheld alone, with the rule and a count", async () => {
  const { platform, program } = await openScripted();
  platform.update({ transcript: "a refund please", utteranceId: "u1" });
  await until(() => platform.asked.length === 1);
  platform.asked[0]?.reply([
    { text: "Too sure of itself.", confidence: 7, source: "KB" },
    { confidence: 0.9, source: "KB" },
    { text: "", confidence: 0.9, source: "KB" },
    { text: "Half a number.", confidence: "0.9", source: "KB" },
    null,
    ...GOOD,
  ]);
  await until(() => program.sets().length === 1);
  expect(shown(program)).toEqual(["Offer the refund form."]);
  expect(program.sets()[0]?.withheld.map((one) => one.rule)).toEqual(["malformed", "malformed", "malformed", "malformed", "malformed"]);
  expect(program.sets()[0]).toMatchObject({ origin: "live", outcome: "filled" });
  await program.close();
  expect(await program.metrics()).toMatchObject([{ suggestionCount: 1, blockedCount: 5, fallback: false }]);
  expect(await program.auditText()).not.toMatch(/Too sure|Half a number|Offer the refund/u);
});

test("the practice platform's bad suggestions are withheld and its good ones stay", async () => {
  await using platform = await startPlatform();
  const program = await practice(platform);
  platform.fault("bad-suggestions", "on");
  platform.say("I want a refund for the order that never came");
  await until(() => program.sets().length === 1);
  expect(program.sets()[0]?.withheld.filter((one) => one.rule === "malformed")).toHaveLength(2);
  expect(shown(program).length).toBeGreaterThan(0);
  expect(shown(program)).not.toContain("This one is too sure of itself.");
});

test("a reply of 10 MB is cut off, the fallback shows at once, and the next question is answered", async () => {
  await using platform = await startPlatform();
  const program = await practice(platform);
  platform.fault("huge-reply", "on");
  platform.say("I want a refund for the order that never came");
  await until(() => program.sets().length === 1);
  expect(program.sets()[0]).toMatchObject({ origin: "fallback", fault: { code: "reply-too-large" } });
  expect(shown(program)).toEqual(FALLBACK);
  platform.fault("huge-reply", null);
  platform.say("so where is my refund now, then");
  await until(() => program.sets().length === 2);
  expect(program.sets()[0]?.origin).toBe("live");
  expect(requests(platform)).toBe(2);
});

test.each([
  ["is no JSON", "<html>Please sign in</html>"],
  ["is no object", 3],
  ["has no suggestions", { result: [] }],
  ["has suggestions that are no list", { suggestions: { text: "x" } }],
])("a reply that %s brings the fallback with the reason, nothing of its text", async (_, body) => {
  const { platform, program } = await openScripted();
  platform.update({ transcript: "a refund please", utteranceId: "u1" });
  await until(() => platform.asked.length === 1);
  platform.asked[0]?.refuse(200, {}, body);
  await until(() => program.sets().length === 1);
  expect(program.sets()[0]).toMatchObject({ origin: "fallback", fault: { kind: "contract", code: "malformed-reply" } });
  expect(JSON.stringify(program.sets()[0]?.fault)).not.toContain("sign in");
});

test("two replies out of order: the older one changes nothing above or below the newer one", async () => {
  const { platform, program } = await openScripted();
  platform.update({ transcript: "I want a refund", utteranceId: "u1", sequence: 1 });
  await until(() => platform.asked.length === 1);
  await program.passUntil(() => program.sets().length === 1, 2_100, "the fallback of the first");
  platform.update({ transcript: "or you cancel it", utteranceId: "u2", sequence: 2 });
  await until(() => platform.asked.length === 2);
  platform.asked[1]?.reply(OTHER);
  await until(() => program.sets().length === 2);
  platform.asked[0]?.reply(GOOD);
  await until(() => program.events.filter((event) => event.kind === "evaluated").length === 2, "both have ended");
  expect(program.sets().map((set) => [set.utteranceId, set.origin])).toEqual([
    ["u2", "live"],
    ["u1", "fallback"],
  ]);
  expect(program.view()?.pending).toBeNull();
  await program.close();
  expect(await program.metrics()).toMatchObject([
    { fallback: false, suggestionCount: 1 },
    { fallback: true, suggestionCount: 2 },
  ]);
});

test("a newer question takes the place of one that has not been sent yet, and nothing old shows", async () => {
  const { platform, program } = await openScripted();
  platform.update({ transcript: "I want a refund", utteranceId: "u1" });
  await until(() => platform.asked.length === 1);
  platform.update({ transcript: "I may cancel", utteranceId: "u2" });
  platform.update({ transcript: "yes cancel it all", utteranceId: "u3" });
  await until(() => program.texts().length === 3);
  platform.asked[0]?.reply(GOOD);
  await until(() => platform.asked.length === 2);
  expect(platform.asked[1]?.body["transcript"]).toBe("yes cancel it all");
  platform.asked[1]?.reply(OTHER);
  await until(() => program.sets().some((set) => set.utteranceId === "u3"));
  expect(program.sets().map((set) => set.utteranceId)).not.toContain("u2");
  expect(program.sets()[0]?.utteranceId).toBe("u3");
  expect(program.events.filter((event) => event.kind === "superseded")).toHaveLength(1);
});

test("a late answer takes the fallback's place in place, and says that it did", async () => {
  await using platform = await startPlatform();
  const program = await practice(platform);
  platform.fault("latency", 3_000);
  platform.say("I want a refund for the order that never came");
  await asked(platform, 1);
  expect(program.view()?.pending).not.toBeNull();
  await program.pass(1_900);
  expect(program.sets()).toEqual([]);
  await program.passUntil(() => program.sets().length === 1, 200, "the fallback after 2 s");
  expect(program.sets()[0]).toMatchObject({ origin: "fallback", fault: { code: "timeout" } });
  expect(shown(program)).toEqual(FALLBACK);
  const [fallback] = program.sets();
  await platform.clock.advance(3_000);
  await until(() => program.sets()[0]?.origin === "live", "the answer replaced it");
  expect(program.sets()).toHaveLength(1);
  expect(program.sets()[0]).toMatchObject({ id: fallback?.id, replaces: "fallback" });
  expect(shown(program)).not.toContain(FALLBACK[0]);
  await program.close();
  // The platform's own calls went on with its clock.
  const own = (await program.metrics()).filter((line) => line["interactionId"] === "talk");
  expect(own).toMatchObject([{ triggered: true, fallback: false, latencyMs: 2_000 }]);
});

test("where no answer ever comes the fallback stands for good after 5 s, and the panel says why", async () => {
  await using platform = await startPlatform();
  const program = await practice(platform);
  platform.fault("timeout", 1);
  platform.say("I want a refund");
  await asked(platform, 1);
  await program.passUntil(() => program.sets().length === 1, 2_100);
  expect(program.events.filter((event) => event.kind === "evaluated")).toHaveLength(0);
  await program.passUntil(() => program.events.some((event) => event.kind === "evaluated"), 3_100, "the end of the budget");
  expect(program.sets()).toHaveLength(1);
  expect(program.sets()[0]).toMatchObject({ origin: "fallback", fault: { kind: "transport", code: "timeout" } });
  expect(program.view()?.pending).toBeNull();
  platform.fault("timeout", null);
  platform.say("hello? my refund?");
  await until(() => program.sets().length === 2);
  expect(program.sets()[0]?.origin).toBe("live");
});

test("429 with a short Retry-After is obeyed, and the answer still comes within the budget", async () => {
  const { platform, program } = await openScripted();
  platform.update({ transcript: "a refund please", utteranceId: "u1" });
  await until(() => platform.asked.length === 1);
  platform.asked[0]?.refuse(429, { "retry-after": "1" });
  await program.pass(950);
  expect(platform.asked).toHaveLength(1);
  await program.passUntil(() => platform.asked.length === 2, 300, "the second attempt");
  expect(platform.asked[1]?.body).toEqual(platform.asked[0]?.body);
  expect(platform.asked[1]?.headers["idempotency-key"]).toBe(platform.asked[0]?.headers["idempotency-key"]);
  platform.asked[1]?.reply(GOOD);
  await until(() => program.sets().length === 1);
  expect(program.sets()[0]).toMatchObject({ origin: "live" });
});

test("429 with a Retry-After beyond the budget shows the fallback at once, with the pause in words", async () => {
  await using platform = await startPlatform();
  const program = await practice(platform);
  platform.fault("429", "30");
  platform.say("I want a refund");
  await until(() => program.sets().length === 1);
  const fault = program.sets()[0]?.fault;
  expect(program.sets()[0]).toMatchObject({ origin: "fallback", fault: { code: "rate-limited", status: 429, retryAfterMs: 30_000 } });
  expect(fault === undefined ? "" : describeFault(fault).remedy).toContain("The platform asked for 30 seconds.");
  expect(requests(platform)).toBe(1);
});

test("a 500 is no matter of waiting: one request, and the fallback at once", async () => {
  await using platform = await startPlatform();
  const program = await practice(platform);
  platform.fault("500", 1);
  platform.say("I want a refund");
  await until(() => program.sets().length === 1);
  expect(program.sets()[0]).toMatchObject({ origin: "fallback", fault: { code: "server-error", status: 500 } });
  expect(requests(platform)).toBe(1);
});

test("503 is tried three times with the same body before the fallback stands", async () => {
  const { platform, program } = await openScripted();
  platform.update({ transcript: "a refund please", utteranceId: "u1" });
  for (const attempt of [1, 2, 3]) {
    await program.passUntil(() => platform.asked.length === attempt, 1_500, `attempt ${attempt}`);
    platform.asked[attempt - 1]?.refuse(503);
  }
  await program.passUntil(() => program.events.some((event) => event.kind === "evaluated"), 100);
  expect(program.sets()[0]).toMatchObject({ origin: "fallback", fault: { code: "server-error", status: 503 } });
  expect(new Set(platform.asked.map((one) => JSON.stringify(one.body))).size).toBe(1);
  expect(platform.asked).toHaveLength(3);
});

test("a drop in the middle of a reply is tried again, and the answer shows", async () => {
  const { platform, program } = await openScripted();
  platform.update({ transcript: "a refund please", utteranceId: "u1" });
  await until(() => platform.asked.length === 1);
  platform.asked[0]?.cut();
  await program.passUntil(() => platform.asked.length === 2, 1_000, "a second attempt");
  platform.asked[1]?.reply(GOOD);
  await until(() => program.sets().length === 1);
  expect(shown(program)).toEqual(["Offer the refund form."]);
  expect(program.sets()[0]?.origin).toBe("live");
});

test("replies that always break off end in the fallback, never in half a suggestion", async () => {
  await using platform = await startPlatform();
  const program = await practice(platform);
  platform.fault("cut", 1);
  platform.say("I want a refund for the order that never came");
  await program.passUntil(() => program.events.some((event) => event.kind === "evaluated"), 5_200);
  expect(program.sets()).toHaveLength(1);
  expect(shown(program)).toEqual(FALLBACK);
  expect(program.sets()[0]?.fault?.kind).toBe("transport");
  expect(requests(platform)).toBe(3);
});

test("a token that expires in mid-connection is renewed once, unseen: no fallback, no reconnect", async () => {
  await using platform = await startPlatform();
  const program = await practice(platform);
  platform.fault("expired-tokens", "now");
  platform.say("I want a refund for the order that never came");
  await until(() => program.sets().length === 1);
  expect(program.sets()[0]).toMatchObject({ origin: "live" });
  expect(requests(platform)).toBe(2);
  expect(platform.sandbox.stats().tokenRequests).toBe(2);
  expect(program.states.map((state) => state.kind)).toEqual(["connecting", "connected"]);
});

test("tokens that are never good bring the fallback with the credentials named, after one renewal", async () => {
  await using platform = await startPlatform();
  const program = await practice(platform);
  platform.fault("expired-tokens", "on");
  platform.say("I want a refund");
  await until(() => program.sets().length === 1);
  expect(program.sets()[0]).toMatchObject({ origin: "fallback", fault: { code: "credentials", status: 401 } });
  expect(requests(platform)).toBe(2);
  expect(platform.sandbox.stats().tokenRequests).toBe(2);
});

test("an empty reply and one that policy empties are told apart, and neither is a fallback", async () => {
  const { platform, program } = await openScripted();
  platform.update({ transcript: "a refund please", utteranceId: "u1" });
  await until(() => platform.asked.length === 1);
  platform.asked[0]?.reply([]);
  await until(() => program.sets().length === 1);
  expect(program.sets()[0]).toMatchObject({ origin: "live", outcome: "empty", withheld: [] });
  platform.update({ transcript: "then cancel it", utteranceId: "u2" });
  await until(() => platform.asked.length === 2);
  platform.asked[1]?.reply([{ text: "We will take LEGAL  action.", confidence: 0.99, source: "KB" }]);
  await until(() => program.sets().length === 2);
  expect(program.sets()[0]).toMatchObject({ origin: "live", outcome: "emptied", suggestions: [], withheld: [{ rule: "phrase", phrase: "legal action" }] });
});
