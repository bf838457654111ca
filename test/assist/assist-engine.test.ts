import { describe, expect, it } from "vitest";
import { createAssistEngine, type AssistSettings } from "../../electron/assist/assist-engine.ts";
import type { AskReply, SuggestRequest } from "../../electron/assist/suggest-api.ts";
import type { AssistEvent, EvaluationRecord } from "../../shared/assist-event.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const settings: AssistSettings = {
  agentId: null,
  triggers: {
    keywords: ["refund", "cancel", "complaint", "escalate"],
    sentimentThreshold: -0.4,
    enableKeywordTrigger: true,
    enableSentimentTrigger: true,
    triggerOn: "customer",
    language: "en",
  },
  policy: { prohibitedPhrases: ["legal action"], minConfidence: 0.75, maxSuggestions: 3 },
  requestTimeoutMs: 5_000,
  fallbackAfterMs: 2_000,
  cache: { maxEntries: 500, ttlSeconds: 120, scope: "interaction", contextKeys: [] },
  fallback: [
    { text: "Let me connect you.", confidence: 0.85 },
    { text: "Shall I explain?", confidence: 0.5 },
  ],
};

interface Sent {
  readonly request: SuggestRequest;
  reply(result: Result<AskReply, Fault>): Promise<void>;
}

function setUp(changes: Partial<AssistSettings> = {}) {
  const clock = createFakeClock();
  const events: AssistEvent[] = [];
  const sent: Sent[] = [];
  const engine = createAssistEngine({
    settings: { ...settings, ...changes },
    clock,
    setPrefix: "set-",
    emit: (event) => events.push(event),
    ask: (request) =>
      new Promise((resolve) => {
        sent.push({
          request,
          async reply(result) {
            resolve(result);
            await clock.advance(0);
          },
        });
      }),
  });
  const say = (transcript: string, more: Record<string, unknown> = {}): void => {
    const frame = JSON.stringify({
      type: "INTERACTION_UPDATE",
      payload: { interactionId: "call", transcript, speaker: "caller", ...more },
    });
    engine.take(frame, frame.length);
  };
  const sets = (): SuggestionSet[] => events.flatMap((event) => (event.kind === "suggestions" ? [event.set] : []));
  const records = (): EvaluationRecord[] => events.flatMap((event) => (event.kind === "evaluated" ? [event.record] : []));
  const kinds = (): string[] => events.map((event) => event.kind);
  return { clock, engine, events, sent, say, sets, records, kinds };
}

const answer = (...texts: string[]): Result<AskReply, Fault> =>
  ok({ items: texts.map((text, index) => ({ text, confidence: 0.95 - index / 100, source: "Billing" })), upstreamMs: 42 });
const failure: Result<AskReply, Fault> = err({ kind: "transport", code: "server-error", detail: "answered 500", status: 500 });

describe("the assist engine", () => {
  it("shows an answer with its trigger, origin, latency and policy", async () => {
    const { engine, sent, say, sets, records, kinds, clock } = setUp();
    say("I want a refund", { sentimentScore: -0.9, utteranceId: "u1", context: { plan: "gold" } });
    expect(kinds()).toEqual(["interaction", "utterance", "asking"]);
    expect(sent[0]?.request).toEqual({
      interactionId: "call",
      transcript: "I want a refund",
      sentimentScore: -0.9,
      context: { plan: "gold" },
    });
    await clock.advance(150);
    await sent[0]?.reply(answer("Take it back.", "We take legal action."));
    expect(sets()).toMatchObject([
      {
        id: "set-1",
        utteranceId: "u1",
        origin: "live",
        outcome: "filled",
        trigger: { kind: "keyword", matches: [{ keyword: "refund", text: "refund", span: { start: 9, end: 15 } }] },
        suggestions: [{ text: "Take it back.", confidence: 0.95, source: "Billing" }],
        withheld: [{ rule: "phrase", phrase: "legal action" }],
        latencyMs: 150,
        upstreamMs: 42,
      },
    ]);
    expect(records()).toMatchObject([
      { triggered: true, cached: false, fallback: false, suggestionCount: 1, blockedCount: 1, trigger: "keyword", latencyMs: 150 },
    ]);
    await engine[Symbol.asyncDispose]();
  });

  it("records what did not trigger as neither triggered nor cached", () => {
    const { say, records, kinds } = setUp();
    say("hello there");
    expect(kinds()).toEqual(["interaction", "utterance", "evaluated"]);
    expect(records()).toMatchObject([
      { interactionId: "call", triggered: false, cached: false, fallback: false, suggestionCount: 0, eventType: "AGENT_ASSIST_QUERY", trigger: null },
    ]);
    expect(records()[0]?.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/u);
  });

  it("answers the same request from the cache without asking, and judges it anew", async () => {
    const { engine, sent, say, sets, records } = setUp();
    say("refund please");
    await sent[0]?.reply(answer("Sure.", "Certainly."));
    say("refund   please");
    expect(sent).toHaveLength(1);
    expect(sets()).toMatchObject([{ origin: "live" }, { origin: "cached", id: "set-2", suggestions: [{ text: "Sure." }, { text: "Certainly." }] }]);
    expect(records().map((record) => record.cached)).toEqual([false, true]);
    engine.apply({ ...settings, policy: { ...settings.policy, prohibitedPhrases: ["sure"] } });
    say("refund please");
    expect(sets()[2]).toMatchObject({ origin: "cached", suggestions: [{ text: "Certainly." }], withheld: [{ rule: "phrase" }] });
  });

  it("shows the fallback when the answer is late and replaces it in place when it comes", async () => {
    const { clock, sent, say, sets, records } = setUp();
    say("refund please");
    await clock.advance(1_999);
    expect(sets()).toEqual([]);
    await clock.advance(1);
    expect(sets()).toMatchObject([{ id: "set-1", origin: "fallback", fault: { code: "timeout" }, suggestions: [{ confidence: 0.85 }, { confidence: 0.5 }] }]);
    expect(records()).toEqual([]);
    await clock.advance(500);
    await sent[0]?.reply(answer("Here it is."));
    expect(sets()[1]).toMatchObject({ id: "set-1", origin: "live", replaces: "fallback", latencyMs: 2_500 });
    expect(records()).toMatchObject([{ fallback: false, suggestionCount: 1, latencyMs: 2_500 }]);
    expect(clock.pending()).toBe(0);
  });

  it("shows the fallback at once on a fault, and never caches it", async () => {
    const { sent, say, sets, records, clock } = setUp();
    say("refund please");
    await sent[0]?.reply(failure);
    expect(sets()).toMatchObject([{ origin: "fallback", fault: { code: "server-error", status: 500 } }]);
    expect(records()).toMatchObject([{ fallback: true, suggestionCount: 2 }]);
    expect(clock.pending()).toBe(0);
    say("refund please");
    expect(sent).toHaveLength(2);
  });

  it("keeps a late fallback for good when the request then fails, with one record", async () => {
    const { clock, sent, say, sets, records } = setUp();
    say("refund please");
    await clock.advance(3_000);
    await sent[0]?.reply(failure);
    expect(sets()).toHaveLength(1);
    expect(records()).toMatchObject([{ fallback: true }]);
  });

  it("passes the fallback through the phrase rules", async () => {
    const { sent, say, sets } = setUp({ fallback: [{ text: "We avoid Legal-Action.", confidence: 1 }] });
    say("refund please");
    await sent[0]?.reply(failure);
    expect(sets()).toMatchObject([{ origin: "fallback", outcome: "emptied", suggestions: [], withheld: [{ rule: "phrase" }] }]);
  });

  it("tells an empty reply from an emptied one", async () => {
    const { sent, say, sets } = setUp();
    say("refund one");
    await sent[0]?.reply(answer());
    say("refund two");
    await sent[1]?.reply(ok({ items: [{ text: "weak", confidence: 0.2, source: "" }, { text: "", confidence: 0.9 }, { text: "odd", confidence: 7 }], upstreamMs: 1 }));
    expect(sets()).toMatchObject([
      { origin: "live", outcome: "empty", withheld: [] },
      { outcome: "emptied", withheld: [{ rule: "confidence" }, { rule: "malformed" }, { rule: "malformed" }] },
    ]);
  });

  it("supersedes what was not sent by the newest moment, and shows nothing older than what is shown", async () => {
    const { sent, say, sets, events, records, clock } = setUp();
    say("refund one", { sequence: 1 });
    say("refund two", { sequence: 2 });
    say("refund three", { sequence: 3 });
    expect(events.filter((event) => event.kind === "superseded")).toMatchObject([{ setId: "set-2" }]);
    await clock.advance(2_000);
    // The first is overdue: its fallback shows and the third is asked for beside it, but its own fallback is due too.
    expect(sets().map((set) => [set.id, set.origin])).toEqual([["set-1", "fallback"], ["set-3", "fallback"]]);
    await sent[1]?.reply(answer("third"));
    await sent[0]?.reply(answer("first"));
    expect(sets().map((set) => [set.id, set.origin])).toEqual([["set-1", "fallback"], ["set-3", "fallback"], ["set-3", "live"]]);
    expect(records().map((record) => [record.fallback, record.superseded])).toEqual([[false, true], [false, false], [true, false]]);
    expect(clock.pending()).toBe(0);
  });

  it("drops an answer that a newer cached one has overtaken", async () => {
    const { sent, say, sets, events } = setUp();
    say("refund known");
    await sent[0]?.reply(answer("known"));
    say("refund unknown");
    say("refund known");
    await sent[1]?.reply(answer("late"));
    expect(sets().map((set) => [set.id, set.origin])).toEqual([["set-1", "live"], ["set-3", "cached"]]);
    expect(events.filter((event) => event.kind === "superseded")).toMatchObject([{ setId: "set-2" }]);
  });

  it("settles a moment that was never sent at the end of its budget", async () => {
    const { clock, say, sets, records, sent } = setUp();
    for (let call = 0; call < 64; call += 1) say("refund", { interactionId: `busy-${call}` });
    say("refund", { interactionId: "late" });
    expect(sent).toHaveLength(64);
    await clock.advance(5_000);
    expect(sets().filter((set) => set.interactionId === "late")).toMatchObject([{ origin: "fallback", fault: { code: "timeout" } }]);
    expect(records().filter((record) => record.interactionId === "late")).toMatchObject([{ fallback: true }]);
  });

  it("does not let one interaction wait for another's request", async () => {
    const { sent, say, sets } = setUp();
    say("refund", { interactionId: "slow" });
    say("refund", { interactionId: "quick" });
    await sent[1]?.reply(answer("now"));
    expect(sets()).toMatchObject([{ interactionId: "quick" }]);
  });

  it("evaluates a repeated utterance once", async () => {
    const { sent, say, kinds } = setUp();
    say("refund", { utteranceId: "u1" });
    await sent[0]?.reply(answer("a"));
    const before = kinds().length;
    say("refund", { utteranceId: "u1" });
    expect(kinds()).toHaveLength(before);
  });

  it("shows an interim form and evaluates its successor only", () => {
    const { say, events, sent } = setUp();
    say("I want a ref", { utteranceId: "u1", final: false });
    say("I want a refund or cancel", { utteranceId: "u1", final: false });
    expect(sent).toEqual([]);
    say("I want a refund", { utteranceId: "u1" });
    expect(sent).toHaveLength(1);
    const lines = events.flatMap((event) => (event.kind === "utterance" ? [event.utterance] : []));
    expect(new Set(lines.map((line) => line.id))).toEqual(new Set(["u1"]));
    expect(lines.at(-1)).toMatchObject({ final: true, marks: [{ start: 9, end: 15 }] });
  });

  it("takes an agent id that cannot be read for another agent's", () => {
    const { say, kinds } = setUp({ agentId: "me" });
    for (const agentId of ["", true, ["me"], { id: "me" }]) say("refund secret", { interactionId: "odd", agentId });
    expect(new Set(kinds())).toEqual(new Set(["foreign"]));
  });

  it("records what stands when it is closed: a shown fallback, and a request that nobody waits for any more", async () => {
    const { engine, clock, say, sent, records } = setUp();
    say("refund one", { interactionId: "late" });
    await clock.advance(2_500);
    say("refund two", { interactionId: "fresh" });
    const closing = engine[Symbol.asyncDispose]();
    for (const one of sent) await one.reply(failure);
    await closing;
    expect(records()).toMatchObject([
      { interactionId: "late", triggered: true, fallback: true, suggestionCount: 2 },
      { interactionId: "fresh", triggered: true, fallback: false, suggestionCount: 0, superseded: false },
    ]);
  });

  it("drops another agent's frames before anything else sees them, and what follows from their interaction", () => {
    const { say, events } = setUp({ agentId: "me" });
    say("refund secret", { interactionId: "theirs", agentId: "other" });
    say("refund secret", { interactionId: "theirs" });
    say("hello", { interactionId: "mine", agentId: "me" });
    say("hello again", { interactionId: "mine" });
    expect(events.filter((event) => event.kind === "foreign")).toHaveLength(2);
    expect(JSON.stringify(events)).not.toContain("secret");
    expect(events.filter((event) => event.kind === "utterance")).toHaveLength(2);
  });

  it("tells what it knows of an interaction once, and its end", () => {
    const { say, events } = setUp();
    say("hi", { customerName: "Ana", channel: "voice" });
    say("there", { customerName: "Ana" });
    say("", { status: "ended" });
    say("late words");
    const told = events.flatMap((event) => (event.kind === "interaction" ? [event.interaction] : []));
    expect(told).toMatchObject([{ status: "live", customerName: "Ana", channel: "voice" }, { status: "ended", customerName: "Ana" }]);
  });

  it("counts what breaks the contract and goes on", () => {
    const { engine, events, say } = setUp();
    for (const bad of ["{", "[]", '{"type":"INTERACTION_UPDATE"}', '{"type":"INTERACTION_UPDATE","payload":{"transcript":"x"}}']) {
      engine.take(bad, bad.length);
    }
    engine.take(null, 12);
    engine.take('{"type":"HEARTBEAT"}', 20);
    say("hello");
    expect(events.filter((event) => event.kind === "malformed")).toHaveLength(5);
    expect(events.at(-1)?.kind).toBe("evaluated");
  });

  it("judges standing sets again when policy changes: what it forbids goes, what it allows comes, the rest keeps its id", async () => {
    const { engine, sent, say, sets, events } = setUp();
    say("refund please");
    await sent[0]?.reply(answer("Keep me.", "Promise everything."));
    const kept = sets()[0]?.suggestions[0]?.id;
    const strict = { ...settings, policy: { ...settings.policy, prohibitedPhrases: ["promise everything"] } };
    engine.apply(strict);
    engine.apply(strict);
    const rejudged = events.flatMap((event) => (event.kind === "rejudged" ? [event.set] : []));
    expect(rejudged).toMatchObject([{ id: "set-1", suggestions: [{ id: kept, text: "Keep me." }], withheld: [{ rule: "phrase" }] }]);
    engine.apply(settings);
    expect(events.at(-1)).toMatchObject({ kind: "rejudged", set: { suggestions: [{ id: kept }, { text: "Promise everything." }] } });
  });

  it("hears an interaction that does not come from the stream like one that does, whosever frames are taken", async () => {
    const { engine, events, sent, sets, kinds } = setUp({ agentId: "jo", triggers: { ...settings.triggers, triggerOn: "both" } });
    const hear = (utteranceId: string, transcript: string, speaker: "customer" | "bot", status = "live"): void => {
      engine.hear({ interactionId: "chat", transcript, sentimentScore: 0, speaker, utteranceId, status, final: true, timestamp: undefined, channel: "chat", agentId: "sam", context: {} });
    };
    hear("m1", "I want a refund", "customer");
    hear("m1", "I want a refund", "customer");
    hear("reply-m1", "A refund takes a day", "bot");
    expect(kinds()).toEqual(["interaction", "utterance", "asking", "utterance", "evaluated"]);
    expect(events[0]).toMatchObject({ interaction: { id: "chat", channel: "chat", agentId: "sam" } });
    await sent[0]?.reply(answer("Take it back."));
    expect(sets()).toMatchObject([{ interactionId: "chat", utteranceId: "m1" }]);
    hear("end", "", "customer", "ended");
    expect(events.at(-1)).toMatchObject({ kind: "interaction", interaction: { status: "ended" } });
    await engine[Symbol.asyncDispose]();
  });

  it("takes new keywords at once", () => {
    const { engine, say, sent } = setUp();
    say("my card is lost");
    engine.apply({ ...settings, triggers: { ...settings.triggers, keywords: ["card"] } });
    say("my card is lost");
    expect(sent).toHaveLength(1);
  });

  it("leaves no timer behind when it is closed in the middle of a request", async () => {
    const { engine, clock, say, sent, kinds } = setUp();
    say("refund please");
    const closing = engine[Symbol.asyncDispose]();
    await sent[0]?.reply(failure);
    await closing;
    expect(clock.pending()).toBe(0);
    expect(kinds()).not.toContain("suggestions");
  });
});
