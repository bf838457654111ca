import { describe, expect, test } from "vitest";
import { untriggeredEvent } from "../support/sample-events.ts";
import { assistLine } from "../../electron/cli/assist-lines.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";

const set: SuggestionSet = {
  id: "s1",
  interactionId: "i1",
  utteranceId: "u1",
  utteranceAt: 1,
  order: 1,
  trigger: {
    kind: "keyword",
    matches: [
      { keyword: "refund", text: "refunded", span: { start: 0, end: 8 } },
      { keyword: "=card", text: "card", span: { start: 9, end: 13 } },
    ],
  },
  origin: "live",
  suggestions: [{ id: "g1", text: "I can look into it.", confidence: 0.9, source: "Billing" }],
  withheld: [{ rule: "phrase", phrase: "legal action" }],
  outcome: "filled",
  policyVersion: "p1",
  latencyMs: 12.5,
  upstreamMs: 10,
  at: 2,
};

const fields = (event: Parameters<typeof assistLine>[0]) => assistLine(event)?.fields;

describe("suggestions", () => {
  test("carry every field that is relied on, and the text of no withheld one", () => {
    expect(assistLine({ kind: "suggestions", set })).toMatchObject({
      event: "suggestion",
      fields: {
        interactionId: "i1",
        suggestions: [{ text: "I can look into it.", confidence: 0.9, source: "Billing" }],
        cached: false,
        fallback: false,
        blockedCount: 1,
        latencyMs: 12.5,
        trigger: { kind: "keyword", match: "refund", matches: ["refund", "=card"] },
      },
    });
    expect(fields({ kind: "suggestions", set })).not.toHaveProperty("replaces");
    expect(fields({ kind: "suggestions", set })).not.toHaveProperty("suggestions.0.id");
  });

  test("tell cached, fallback with its reason, and what replaced it", () => {
    expect(fields({ kind: "suggestions", set: { ...set, origin: "cached" } })).toMatchObject({ cached: true, fallback: false });
    const fault = { kind: "transport", code: "timeout", detail: "no answer within 5000 ms" } as const;
    expect(fields({ kind: "suggestions", set: { ...set, origin: "fallback", fault } })).toMatchObject({ cached: false, fallback: true, reason: fault.detail });
    expect(fields({ kind: "suggestions", set: { ...set, replaces: "fallback" } })).toMatchObject({ fallback: false, replaces: "fallback" });
  });

  test("one line also when nothing is left to show", () => {
    const none = { ...set, suggestions: [] };
    expect(assistLine({ kind: "suggestions", set: { ...none, outcome: "empty" } })).toMatchObject({ fields: { suggestions: [] }, human: expect.stringContaining("no suggestion") });
    expect(assistLine({ kind: "suggestions", set: { ...none, outcome: "emptied" } })?.human).toContain("withheld every");
  });

  test("a sentiment trigger has no match", () => {
    const trigger = { kind: "sentiment", score: -0.8, threshold: -0.4 } as const;
    expect(fields({ kind: "suggestions", set: { ...set, trigger } })).toMatchObject({ trigger: { kind: "sentiment", score: -0.8 } });
    expect(fields({ kind: "suggestions", set: { ...set, trigger } })).not.toHaveProperty("trigger.match");
  });
});

test("untriggered, superseded and malformed are lines of their own", () => {
  expect(assistLine(untriggeredEvent("i1", "u1"))).toMatchObject({ event: "untriggered", fields: { interactionId: "i1" } });
  expect(assistLine({ kind: "superseded", interactionId: "i1", setId: "s1" })).toMatchObject({ event: "superseded", fields: { interactionId: "i1" } });
  expect(assistLine({ kind: "malformed", reason: "not JSON", bytes: 3 })).toMatchObject({ event: "malformed", fields: { reason: "not JSON", bytes: 3 } });
});

test("what was said is no line: it stays in memory and in the history", () => {
  const utterance = { id: "u1", speaker: "customer", text: "private", at: 1, score: 0, final: true, marks: [] } as const;
  expect(assistLine({ kind: "utterance", interactionId: "i1", utterance: { ...utterance, marks: [] } })).toBeNull();
  expect(assistLine({ kind: "foreign" })).toBeNull();
  expect(assistLine({ kind: "rejudged", set })).toBeNull();
});
