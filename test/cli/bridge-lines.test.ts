import { describe, expect, test } from "vitest";
import { bridgeLine, statusText } from "../../electron/cli/bridge-lines.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import { bridgeView, deadLetterOf, deliveryOf, hopOf, uncertainReplies } from "../support/bridge-fixture.ts";

const PRIVATE = "my card number is private";
const letter = deadLetterOf(0, "m1", PRIVATE);

const events: readonly (readonly [BridgeEvent, object | null, RegExp | null])[] = [
  [{ kind: "message", id: "m1", conversationId: "c1", sequenceId: 7, speaker: "customer", text: PRIVATE, at: 5 }, { event: "message", fields: { id: "m1", conversationId: "c1", sequenceId: 7, speaker: "customer" } }, null],
  [{ kind: "duplicate", id: "m1", conversationId: "c1" }, { event: "duplicate", fields: { id: "m1", conversationId: "c1" } }, null],
  [{ kind: "gap", from: 5, to: 9 }, { event: "gap", fields: { from: 5, to: 9 } }, /events 5 to 9 did not come/u],
  [{ kind: "gap", from: 5, to: 5 }, { event: "gap", fields: { from: 5, to: 5 } }, /event 5 did not come/u],
  [{ kind: "gap-filled", count: 2 }, { event: "gap_filled", fields: { count: 2 } }, /2 events came after all/u],
  [{ kind: "malformed", reason: "no body", bytes: 12 }, { event: "malformed", fields: { reason: "no body", bytes: 12 } }, /12 bytes was skipped: no body/u],
  [{ kind: "foreign" }, null, null],
  [{ kind: "delivery", delivery: deliveryOf(0, "m1", PRIVATE) }, null, null],
  [
    { kind: "answered", id: "m1", conversationId: "c1", hops: { genesys: 12, bot: 640, reply: 80 }, totalMs: 733, level: "elevated" },
    { event: "answered", fields: { id: "m1", conversationId: "c1", latencyMs: 640, level: "elevated", hops: { genesys: 12, bot: 640, reply: 80 }, totalMs: 733 } },
    null,
  ],
  [
    { kind: "withheld", id: "m1", conversationId: "c1", rule: { rule: "phrase", phrase: "legal action" }, instead: "hand-over" },
    { event: "withheld", fields: { id: "m1", conversationId: "c1", rule: "phrase", phrase: "legal action", instead: "hand-over" } },
    /answer to m1, because it contains "legal action"; the hand-over text is sent/u,
  ],
  [{ kind: "left-to-agent", id: "m1", conversationId: "c1" }, { event: "left_to_agent", fields: { id: "m1", conversationId: "c1" } }, null],
  [
    { kind: "dead-letter", letter },
    { event: "dead_letter", fields: { id: "m1", conversationId: "chat-rivera", reason: "no answer in 5 s", code: "timeout", attempts: 5 } },
    /Not answered: m1 in conversation chat-rivera\. .*no answer in 5 s/u,
  ],
  [{ kind: "dead-letter", letter, fromBefore: true }, { fields: { fromBefore: true } }, /from before/u],
  [{ kind: "uncertain", id: "m1", conversationId: "c1" }, { event: "uncertain", fields: { id: "m1", conversationId: "c1" } }, /whether the reply to m1 arrived in conversation c1/u],
  [{ kind: "settled", id: "m1", conversationId: "c1", how: "arrived" }, { event: "settled", fields: { id: "m1", conversationId: "c1", how: "arrived" } }, /m1 had arrived/u],
  [{ kind: "answerer", conversationId: "c1", answerer: "agent", why: "policy" }, { event: "answerer", fields: { conversationId: "c1", answerer: "agent", why: "policy" } }, null],
  [{ kind: "level", hop: "bot", level: "critical", ms: 1_400, aboveMs: 1_000 }, { event: "level", fields: { hop: "bot", level: "critical", ms: 1_400 } }, /The bot takes 1\.4 s \(critical above 1 s\)/u],
  [{ kind: "paused", host: "api.x", until: 0, why: "failing" }, { event: "paused", fields: { host: "api.x", until: "1970-01-01T00:00:00.000Z", why: "failing" } }, /api\.x pause: it keeps failing/u],
  [{ kind: "paused", host: "api.x", until: null, why: null }, { event: "paused", fields: { host: "api.x", until: null } }, /api\.x go again/u],
  [{ kind: "storage", detail: "disk full" }, { event: "storage", fields: { detail: "disk full" } }, /cannot be kept, and wait: disk full/u],
  [{ kind: "storage", detail: null }, { event: "storage", fields: { detail: null } }, /can be kept again/u],
];

test.each(events)("%j", (event, told, words) => {
  const line = bridgeLine(event);
  if (told === null) expect(line).toBeNull();
  else expect(line).toMatchObject(told);
  expect(JSON.stringify(line)).not.toContain(PRIVATE);
  if (words === null) expect(line?.human ?? null).toBeNull();
  else expect(line?.human).toMatch(words);
});

test("an answer whose hop to the bot was not measured says so", () => {
  const line = bridgeLine({ kind: "answered", id: "m1", conversationId: "c1", hops: { genesys: null, bot: null, reply: null }, totalMs: 40, level: "normal" });
  expect(line?.fields).toMatchObject({ latencyMs: null });
});

test("an id with line breaks stays in its line", () => {
  const line = bridgeLine({ kind: "uncertain", id: `m1\n09:00  Ready${"x".repeat(300)}`, conversationId: "c1" });
  expect(line?.human).not.toContain("\n");
  expect(line?.human?.length).toBeLessThan(250);
});

describe("the line of figures", () => {
  test("tells pace, what is in hand, and the bot's latency", () => {
    const view = bridgeView(0, { throughput: [100, ...Array.from({ length: 12 }, () => 1), 2], answered: 42, queue: { waiting: 2, working: 1, oldestAt: 0 } });
    expect(statusText(view)).toBe("42 answered, 14 in the last minute, 3 in hand, bot 184 ms");
  });

  test("tells what is slow and what waits for a person", () => {
    const view = bridgeView(0, {
      throughput: [],
      answered: 0,
      queue: { waiting: 0, working: 0, oldestAt: null },
      hops: [hopOf("bot", 1_400)],
      deadLetters: { count: 1, list: [letter] },
      uncertain: { count: 2, list: uncertainReplies(0, 2) },
    });
    expect(statusText(view)).toBe("0 answered, 0 in the last minute, bot 1.4 s (critical), 1 dead letter, 2 uncertain");
  });
});
