import { expect, test } from "vitest";
import { createBot } from "../../electron/sandbox/bot.ts";
import { practiceArticles } from "../../electron/sandbox/knowledge-base.ts";
import { practiceCalls } from "../../electron/sandbox/practice-list.ts";

const bot = createBot(practiceArticles);
const keyword = /refund|cancel|complain|escalat|kündig|erstatt|beschwer|reembols|queja|reclamación/i;

function moments(call: (typeof practiceCalls)[number]) {
  return call.lines.filter((line) => line.speaker === "customer" && (keyword.test(line.text) || line.sentimentScore < -0.4));
}

test("there are a dozen calls or more, in three languages, by voice and chat, from several queues", () => {
  expect(practiceCalls.length).toBeGreaterThanOrEqual(12);
  expect(new Set(practiceCalls.map((call) => call.language))).toEqual(new Set(["en", "de", "es"]));
  expect(new Set(practiceCalls.map((call) => call.channel))).toEqual(new Set(["voice", "chat"]));
  expect(new Set(practiceCalls.map((call) => call.queue)).size).toBeGreaterThanOrEqual(6);
  expect(new Set(practiceCalls.map((call) => call.id)).size).toBe(practiceCalls.length);
});

test.each(practiceCalls.map((call) => [call.id, call] as const))("%s can be played: 12 to 30 lines, in order, scores in range", (_, call) => {
  expect(call.lines.length).toBeGreaterThanOrEqual(12);
  expect(call.lines.length).toBeLessThanOrEqual(30);
  for (const [at, line] of call.lines.entries()) {
    expect(line.offsetMs).toBeGreaterThan(call.lines[at - 1]?.offsetMs ?? 0);
    expect(Math.abs(line.sentimentScore)).toBeLessThanOrEqual(1);
    expect(line.text.trim()).not.toBe("");
  }
});

test.each(practiceCalls.flatMap((call) => moments(call).map((line) => [call.id, line.text, line.sentimentScore, call.language] as const)))(
  "%s: a suggestion that may be shown fits “%s”",
  (_, transcript, sentimentScore, language) => {
    const answer = bot.suggest({ interactionId: "any", transcript, sentimentScore, context: { language } });
    expect(answer.filter((one) => one.confidence >= 0.75).length).toBeGreaterThan(0);
  },
);

test("the first two calls have something to show within fifteen seconds and the first half minute", () => {
  const first = practiceCalls.slice(0, 2).map((call) => moments(call)[0]?.offsetMs ?? Infinity);
  expect(Math.min(...first)).toBeLessThan(15_000);
  expect(Math.max(...first)).toBeLessThan(30_000);
});

test("one call sinks without a keyword, one has no moment at all", () => {
  const sinking = practiceCalls.filter((call) => moments(call).length > 2 && !call.lines.some((line) => keyword.test(line.text)));
  expect(sinking.map((call) => call.id)).toContain("nobody-came");
  expect(practiceCalls.filter((call) => moments(call).length === 0).map((call) => call.id)).toEqual(["new-address"]);
});
