import { describe, expect, test } from "vitest";
import { compileTriggers } from "../../electron/assist/trigger.ts";
import type { TriggerSettings } from "../../shared/settings.ts";

const settings: TriggerSettings = {
  keywords: ["refund", "cancel", "complaint", "escalate"],
  sentimentThreshold: -0.4,
  enableKeywordTrigger: true,
  enableSentimentTrigger: true,
  triggerOn: "customer",
  language: "en",
};
const said = { text: "", score: 0, speaker: "customer", final: true } as const;

describe("a trigger", () => {
  const trigger = compileTriggers(settings);

  test("is the keyword, with the words it stood for and where", () => {
    expect(trigger({ ...said, text: "I want my refunds." })).toEqual({
      kind: "keyword",
      matches: [{ keyword: "refund", text: "refunds", span: { start: 10, end: 17 } }],
    });
  });

  test("is sentiment strictly below the threshold", () => {
    expect(trigger({ ...said, score: -0.41 })).toEqual({ kind: "sentiment", score: -0.41, threshold: -0.4 });
    expect(trigger({ ...said, score: -0.4 })).toBeNull();
    expect(trigger({ ...said, text: "fine", score: 1 })).toBeNull();
  });

  test("is the keyword where both hold", () => {
    expect(trigger({ ...said, text: "cancel", score: -1 })?.kind).toBe("keyword");
  });

  test("is not what the agent says, unless both are asked for; who is unknown counts as the customer", () => {
    const utterance = { ...said, text: "cancel", score: -1 };
    expect(trigger({ ...utterance, speaker: "agent" })).toBeNull();
    expect(trigger({ ...utterance, speaker: "unknown" })).not.toBeNull();
    expect(compileTriggers({ ...settings, triggerOn: "both" })({ ...utterance, speaker: "agent" })).not.toBeNull();
  });

  test("is never an interim form", () => {
    expect(trigger({ ...said, text: "cancel", score: -1, final: false })).toBeNull();
  });

  test("can be switched off, each for itself", () => {
    const utterance = { ...said, text: "cancel", score: -1 };
    expect(compileTriggers({ ...settings, enableKeywordTrigger: false })(utterance)?.kind).toBe("sentiment");
    const wordsOnly = compileTriggers({ ...settings, enableSentimentTrigger: false });
    expect(wordsOnly(utterance)?.kind).toBe("keyword");
    expect(wordsOnly({ ...said, score: -1 })).toBeNull();
    const off = compileTriggers({ ...settings, enableKeywordTrigger: false, enableSentimentTrigger: false });
    expect(off(utterance)).toBeNull();
  });

  test("with no keywords is sentiment alone", () => {
    const trigger = compileTriggers({ ...settings, keywords: [] });
    expect(trigger({ ...said, text: "cancel" })).toBeNull();
    expect(trigger({ ...said, text: "cancel", score: -0.9 })?.kind).toBe("sentiment");
  });

  test("finds the same four among ten thousand others", () => {
    const others = Array.from({ length: 10_000 }, (_, number) => `keyword${number.toString(36)} phrase ${number}`);
    const crowded = compileTriggers({ ...settings, keywords: [...others, ...settings.keywords] });
    for (const text of ["I was refunded and cancelled", "keyword phrase", "nothing here", "a complaint, escalating"]) {
      expect(crowded({ ...said, text })).toEqual(trigger({ ...said, text }));
    }
    expect(crowded({ ...said, text: "keywordrs phrase 1000" })?.kind).toBe("keyword");
  });
});
