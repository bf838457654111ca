import { describe, expect, test } from "vitest";
import { compilePolicy } from "../../electron/assist/policy.ts";
import type { PolicySettings } from "../../shared/settings.ts";
import { evasions, innocents, tablePhrases } from "./policy-table.ts";

const settings: PolicySettings = { prohibitedPhrases: [...tablePhrases], minConfidence: 0.75, maxSuggestions: 3 };
const policy = compilePolicy(settings);
const withPhrases = (...prohibitedPhrases: readonly string[]) => compilePolicy({ ...settings, prohibitedPhrases: [...prohibitedPhrases] });

describe("the table of phrases", () => {
  test("has at least fifty rows of either kind, all different", () => {
    expect(evasions.length).toBeGreaterThanOrEqual(50);
    expect(innocents.length).toBeGreaterThanOrEqual(50);
    expect(new Set([...evasions, ...innocents].map(([, text]) => text)).size).toBe(evasions.length + innocents.length);
  });

  test.for(evasions)("withholds: %s", ([, text]) => {
    expect(policy.judgeText(text)).toMatchObject({ rule: "phrase" });
  });

  test.for(innocents)("lets through: %s", ([, text]) => {
    expect(policy.judgeText(text)).toBeNull();
  });

  test("splits the same when ten thousand other phrases are prohibited as well", () => {
    const others = Array.from({ length: 10_000 }, (_, number) => `prohibited offer ${number.toString(36)} zq`);
    const crowded = withPhrases(...others, ...tablePhrases);
    for (const [how, text] of evasions) expect(crowded.judgeText(text), how).toMatchObject({ rule: "phrase" });
    for (const [how, text] of innocents) expect(crowded.judgeText(text), how).toBeNull();
  });

  test("names the phrase as it was configured", () => {
    expect(withPhrases("Légal  ACTION").judgeText("some legal-action")).toEqual({ rule: "phrase", phrase: "Légal  ACTION" });
  });
});

describe("other phrases", () => {
  test("a single word is found as that word, and not where its letters meet by chance", () => {
    const one = withPhrases("together");
    expect(one.judgeText("We stand together!")).not.toBeNull();
    expect(one.judgeText("t o g e t h e r")).not.toBeNull();
    expect(one.judgeText("We want to get her a new card.")).toBeNull();
    expect(one.judgeText("altogether fine")).toBeNull();
  });

  test("a contraction is not the word that it looks like without its apostrophe", () => {
    const words = withPhrases("hell", "ill", "were", "shed");
    for (const text of ["He'll call.", "I’ll see.", "We're here.", "she'd like that"]) expect(words.judgeText(text)).toBeNull();
    expect(words.judgeText("go to h'ell")).not.toBeNull();
    expect(withPhrases("can't promise").judgeText("I cant promise that")).not.toBeNull();
    expect(withPhrases("can't").judgeText("I can’t")).not.toBeNull();
  });

  test("a number is not read as a word", () => {
    expect(withPhrases("lie").judgeText("Your number is 113.")).toBeNull();
    expect(withPhrases("sos").judgeText("Extension 505, please.")).toBeNull();
    expect(withPhrases("lie").judgeText("That is a l1e.")).not.toBeNull();
  });

  test("letters that look alike are not mixed up with each other", () => {
    expect(withPhrases("bail").judgeText("BALL and ball")).toBeNull();
    expect(withPhrases("bail").judgeText("out on bai1")).not.toBeNull();
    expect(withPhrases("big").judgeText("b1g")).not.toBeNull();
  });

  test("phrases in other scripts are found, between words that are not spaced as well", () => {
    expect(withPhrases("法的措置").judgeText("当社は法的措置を取ります")).not.toBeNull();
    expect(withPhrases("全額返金").judgeText("全額、返金")).not.toBeNull();
    expect(withPhrases("법적 조치").judgeText("법적 조치를 취하겠습니다")).not.toBeNull();
    expect(withPhrases("судебный иск").judgeText("Подайте СУДЕБНЫЙ  иск!")).not.toBeNull();
    expect(withPhrases("νομική ενέργεια").judgeText("ΝΟΜΙΚΗ ΕΝΕΡΓΕΙΑ")).not.toBeNull();
    expect(withPhrases("إجراء قانوني").judgeText("إِجْرَاء قانوني")).not.toBeNull();
    expect(withPhrases("कानूनी कार्रवाई").judgeText("यह कानूनी कार्रवाई है")).not.toBeNull();
    expect(withPhrases("ดำเนินคดี").judgeText("เราจะดำเนินคดีกับคุณ")).not.toBeNull();
    expect(withPhrases("volle Rückerstattung").judgeText("VOLLE RUECKERSTATTUNG")).toBeNull();
    expect(withPhrases("große Garantie").judgeText("GROSSE GARANTIE")).not.toBeNull();
  });

  test("a phrase with digits is found with those digits", () => {
    expect(withPhrases("100% guarantee").judgeText("with 100 % guarantee")).not.toBeNull();
    expect(withPhrases("100% guarantee").judgeText("with 1000 guarantee")).toBeNull();
  });

  test("a phrase without letters is looked for as it is", () => {
    expect(withPhrases("%%").judgeText("50%% off")).toMatchObject({ phrase: "%%" });
    expect(withPhrases("%%").judgeText("50% off")).toBeNull();
  });

  test("no phrase, no finding", () => {
    expect(withPhrases().judgeText("legal action")).toBeNull();
  });

  test("names of object members are words like others", () => {
    expect(withPhrases("constructor", "__proto__").judgeText("toString hasOwnProperty")).toBeNull();
    expect(withPhrases("constructor").judgeText("the constructor")).not.toBeNull();
  });
});

describe("judging a reply", () => {
  const good = { text: "We can look into that.", confidence: 0.8, source: "kb" };

  test("keeps the best, best first, and does not count what the maximum cut off as withheld", () => {
    const items = [0.76, 0.9, 0.8, 0.95, 0.85].map((confidence) => ({ ...good, confidence }));
    const judged = policy.judge(items, { rules: "all" });
    expect(judged.suggestions.map((one) => one.confidence)).toEqual([0.95, 0.9, 0.85]);
    expect(judged.withheld).toEqual([]);
    expect(judged.outcome).toBe("filled");
  });

  test("keeps the platform's order among equals", () => {
    const items = ["a", "b", "c"].map((source) => ({ ...good, source }));
    expect(policy.judge(items, { rules: "all" }).suggestions.map((one) => one.source)).toEqual(["a", "b", "c"]);
  });

  test("the minimum itself is enough", () => {
    const judged = policy.judge([{ ...good, confidence: 0.75 }, { ...good, confidence: 0.7499 }], { rules: "all" });
    expect(judged.suggestions).toHaveLength(1);
    expect(judged.withheld).toEqual([{ rule: "confidence", confidence: 0.7499, minConfidence: 0.75 }]);
  });

  test("the fallback passes the phrases but not the confidence rule", () => {
    const items = [{ ...good, confidence: 0.1 }, { ...good, text: "Take legal action", confidence: 0.9 }];
    const judged = policy.judge(items, { rules: "phrases" });
    expect(judged.suggestions).toEqual([{ ...good, confidence: 0.1 }]);
    expect(judged.withheld).toEqual([{ rule: "phrase", phrase: "legal action" }]);
  });

  test.for([
    ["not an object", null],
    ["not an object", "text"],
    ["not an object", [good]],
    ["no text", { confidence: 0.9 }],
    ["no text", { text: "  \n", confidence: 0.9 }],
    ["no text", { text: 7, confidence: 0.9 }],
    ["no confidence", { text: "Hello" }],
    ["confidence is not a number", { text: "Hello", confidence: "0.9" }],
    ["confidence is not between 0 and 1", { text: "Hello", confidence: 7 }],
    ["confidence is not between 0 and 1", { text: "Hello", confidence: -0.1 }],
    ["confidence is not a number", { text: "Hello", confidence: Number.NaN }],
    ["text is too long", { text: "x".repeat(10_001), confidence: 0.9 }],
  ] as const)("drops one that is malformed alone: %s (%j)", ([reason, item]) => {
    const judged = policy.judge([item, good], { rules: "all" });
    expect(judged.suggestions).toEqual([good]);
    expect(judged.withheld).toEqual([{ rule: "malformed", reason }]);
  });

  test("a missing source is empty, other members are left out", () => {
    const judged = policy.judge([{ text: "Hello", confidence: 1, secret: "x" }], { rules: "all" });
    expect(judged.suggestions).toEqual([{ text: "Hello", confidence: 1, source: "" }]);
  });

  test("tells a set that policy emptied from an empty one", () => {
    expect(policy.judge([], { rules: "all" })).toEqual({ suggestions: [], withheld: [], outcome: "empty" });
    expect(policy.judge([{ ...good, confidence: 0.1 }], { rules: "all" }).outcome).toBe("emptied");
  });

  test("what is withheld tells the rule and never the text", () => {
    const text = "My secret plan: legal action against Ms Brown";
    expect(JSON.stringify(policy.judge([{ text, confidence: 0.9 }], { rules: "all" }))).not.toContain("Brown");
  });

  test("judges the same after thousands of other texts", () => {
    for (let number = 0; number < 3_000; number += 1) expect(policy.judgeText(`fine ${number}`)).toBeNull();
    expect(policy.judgeText("take legal action")).not.toBeNull();
    expect(policy.judgeText("fine 1")).toBeNull();
  });
});

describe("a text made to be slow", () => {
  test.for([
    ["one long word", "é".repeat(100_000)],
    ["capital i", `${"I".repeat(100_000)}é`],
    ["symbols", `${"@".repeat(100_000)}é`],
    ["openings of a phrase", "sue the é".repeat(20_000)],
    ["spaced letters", "l e g é ".repeat(20_000)],
    ["brackets", "<a".repeat(50_000)],
    ["references", "&#".repeat(50_000)],
    ["marks", `a${"\u0301".repeat(100_000)}`],
    ["Greek among Latin", "aé".repeat(50_000)],
  ] as const)("is judged like any other: %s", ([, text]) => {
    expect(policy.judgeText(text)).toBeNull();
    expect(policy.judgeText(`${text} legal action`)).not.toBeNull();
  });
});

describe("the version", () => {
  test("is the same for the same settings and another for others", () => {
    expect(compilePolicy({ ...settings }).version).toBe(policy.version);
    expect(policy.version).toMatch(/^[0-9a-f]{12}$/u);
    const others = [withPhrases("x").version, compilePolicy({ ...settings, minConfidence: 0.7 }).version, compilePolicy({ ...settings, maxSuggestions: 4 }).version];
    expect(new Set([policy.version, ...others]).size).toBe(4);
  });
});
