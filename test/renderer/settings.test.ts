import { describe, expect, it } from "vitest";
import { matchPhrases, PHRASES_SHOWN } from "../../renderer/settings/phrase-matching.ts";
import { inversePatch, refusalText } from "../../renderer/settings/settings-change.ts";
import type { Fault, FaultCode } from "../../shared/fault.ts";
import { type SettingsPatch, settingsPatchSchema } from "../../shared/settings.ts";
import { fixtureSettings } from "../support/panel-parts.ts";

describe("taking a change back", () => {
  it("names the fields that were changed, with what they were, and no others", () => {
    const patch: SettingsPatch = { triggers: { keywords: ["price"], sentimentThreshold: -0.9 }, display: { quiet: true } };
    expect(inversePatch({ settings: fixtureSettings, desktop: null }, patch)).toEqual({
      triggers: { keywords: ["refund", "cancel", "complaint", "escalate"], sentimentThreshold: -0.4 },
      display: { quiet: false },
    });
  });

  it("is a patch that main takes", () => {
    const inverse = inversePatch({ settings: fixtureSettings, desktop: null }, { policy: { minConfidence: 0.9 } });
    expect(settingsPatchSchema.parse(inverse)).toEqual({ policy: { minConfidence: 0.75 } });
  });
});

describe("a refusal at its field", () => {
  const refused = (code: FaultCode, detail: string): Fault => ({ kind: "policy", code, detail });

  it.each([
    ["policy.minConfidence: found 7, allowed 0 to 1", "found 7, allowed 0 to 1"],
    ["settings.change: policy.minConfidence: Too big: at most 1", "Too big: at most 1"],
    ["assist.minConfidence: found 7", "found 7"],
  ])("drops the path, as it stands at the field: %s", (detail, words) => {
    expect(refusalText(refused("invalid-input", detail), "minConfidence")).toBe(words);
  });

  it.each([
    "the configuration file has to be mended first: tunnel.botId: found nothing",
    "assist.maxSuggestions: found 7",
    "assist.minConfidence is set by --min-confidence: change it there",
  ])("keeps what is about something else: %s", (detail) => {
    expect(refusalText(refused("not-allowed", detail), "minConfidence")).toBe(detail);
  });

  it("says what to do where main could not write at all", () => {
    const words = refusalText({ kind: "transport", code: "disk", detail: "ENOSPC" }, "minConfidence");
    expect(words).not.toContain("ENOSPC");
    expect(words.length).toBeGreaterThan(20);
  });
});

describe("looking through a list of phrases", () => {
  const many = Array.from({ length: 20_000 }, (_, index) => `phrase ${index}`);

  it("draws a bounded part of it and counts the rest", () => {
    expect(matchPhrases(many, "")).toMatchObject({ more: 20_000 - PHRASES_SHOWN, known: false });
    expect(matchPhrases(many, "").shown).toHaveLength(PHRASES_SHOWN);
  });

  it("finds by any part, in upper or lower case", () => {
    expect(matchPhrases(many, " PHRASE 1999").shown).toEqual(["phrase 1999", ...Array.from({ length: 10 }, (_, index) => `phrase 1999${index}`)]);
  });

  it("knows what is in the list already, also beyond what is drawn", () => {
    expect(matchPhrases(many, "Phrase 19999").known).toBe(true);
    expect(matchPhrases(many, "phrase 20000").known).toBe(false);
    expect(matchPhrases([], "").known).toBe(false);
  });
});
