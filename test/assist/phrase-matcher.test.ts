import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldCase, stripAccents } from "../../electron/assist/fold-text.ts";
import { compilePhrases } from "../../electron/assist/phrase-matcher.ts";
import { createStemmer } from "../../electron/assist/stem-word.ts";
import type { TriggerSettings } from "../../shared/settings.ts";

type Language = TriggerSettings["language"];

const found = (phrases: readonly string[], text: string, language: Language = "en") =>
  compilePhrases(phrases, language)(text).map((match) => [match.keyword, match.text]);
const matches = (phrase: string, text: string, language: Language = "en") => found([phrase], text, language).length > 0;

describe("a keyword", () => {
  test.for([
    ["refund", "I was refunded"],
    ["refund", "two REFUNDS please"],
    ["refund", "is it refundable?"],
    ["refund", "a non-refundable ticket"],
    ["cancel", "my cancellation"],
    ["cancel", "I cancelled it"],
    ["cancel", "canceling now"],
    ["cancellation", "please cancel"],
    ["escalate", "we are escalating this"],
    ["escalate", "an escalation"],
    ["complaint", "many complaints"],
    ["refund", "ｒｅｆｕｎｄ"],
    ["refund", "re\u00ADfund and re\u200Bfund"],
    ["ＲＥＦＵＮＤ", "refund"],
    ["don't", "I don’t know"],
    ["customer", "the customer's card"],
    ["café", "the cafes"],
    ["refund", "\u200Brefund"],
    ["refund", "❤️refund"],
  ] as const)("%s matches in: %s", ([keyword, text]) => {
    expect(matches(keyword, text)).toBe(true);
  });

  test.for([
    ["cancel", "scancellx"],
    ["refund", "prerefund"],
    ["refund", "re fund"],
    ["cancel", "can cell"],
    ["don't", "don the hat"],
    ["refund", ""],
    ["!!!", "!!!"],
    ["=", "="],
    ["refund", "constructor __proto__ toString"],
  ] as const)("%s does not match in: %s", ([keyword, text]) => {
    expect(matches(keyword, text)).toBe(false);
  });

  test("with = matches that very word, case and width aside", () => {
    expect(matches("=card", "my Ｃard")).toBe(true);
    expect(matches("=card", "my cards")).toBe(false);
    expect(matches("=papa", "el papá", "es")).toBe(false);
    expect(matches("=credit card", "CREDIT-CARD")).toBe(true);
    expect(matches("=credit card", "credit cards")).toBe(false);
  });

  test.for([
    ["de", "kündigen", "Ich möchte eine Kündigung"],
    ["de", "kündigen", "ICH MÖCHTE KUNDIGEN"],
    ["de", "Straße", "in der STRASSE"],
    ["de", "Beschwerde", "zwei Beschwerden"],
    ["es", "cancelar", "quiero la cancelación"],
    ["es", "cancelación", "una cancelacion"],
    ["es", "reembolso", "los reembolsos"],
    ["fr", "annuler", "l'annulation"],
    ["fr", "rembourser", "un remboursement"],
    ["it", "rimborso", "i rimborsi dell’anno"],
    ["it", "annullamento", "l’annullamento"],
    ["nl", "opzeggen", "mijn opzegging"],
    ["pt", "cancelar", "o cancelamento"],
    ["en", "iptal", "İPTAL istiyorum"],
    ["en", "ısrar", "ISRAR ediyorum"],
    ["en", "νόμος", "το νομοσχέδιο"],
    ["en", "возврат", "Требую ВОЗВРАТА"],
    ["en", "إلغاء", "أريد إِلْغَاء الطلب"],
    ["en", "ביטול", "אני רוצה ביטול עכשיו"],
    ["en", "रद्द", "इसे रद्द करें"],
    ["en", "환불", "환불을 원합니다"],
    ["en", "解約", "中途解約金はいくらですか"],
    ["en", "返金したい", "すぐに返金したいのですが"],
    ["en", "キャンセル", "予約をｷｬﾝｾﾙしたい"],
    ["en", "取消", "请帮我取消订单"],
    ["en", "ยกเลิก", "ต้องการยกเลิกบริการ"],
    ["en", "𠮷野家", "昨日𠮷野家で"],
  ] as const)("%s: %s matches in: %s", ([language, keyword, text]) => {
    expect(matches(keyword, text, language)).toBe(true);
  });

  test("what Snowball does not join needs a keyword of its own", () => {
    expect(matches("kündigen", "ich habe gekündigt", "de")).toBe(false);
    expect(matches("gekündigt", "ich habe gekündigt", "de")).toBe(true);
  });

  test("vowel signs are part of the word where they are sounds", () => {
    expect(matches("=का", "की", "en")).toBe(false);
    expect(matches("かき", "かぎ", "en")).toBe(false);
  });

  test("in a script without spaces it begins where a word does", () => {
    expect(matches("京都", "東京都に住んでいます")).toBe(false);
    expect(matches("=解約", "解約したい")).toBe(true);
    expect(matches("=キャン", "キャンセルしたい")).toBe(false);
  });
});

describe("a phrase", () => {
  test("matches word by word, each in its forms, with anything but letters between", () => {
    expect(found(["lost card"], "He has lost, his card. Lost-cards!")).toEqual([["lost card", "Lost-cards"]]);
    expect(matches("cancel my subscription", "I cancelled my subscriptions")).toBe(true);
    expect(matches("close account", "closing accounts")).toBe(true);
    expect(matches("lost card", "lost the card")).toBe(false);
    expect(matches("lost card", "card lost")).toBe(false);
    expect(matches("lost card", "lost")).toBe(false);
  });

  test("short words within are not met by longer ones that begin with them", () => {
    expect(matches("see a manager", "see any manager")).toBe(false);
    expect(matches("speak to a rep", "speak to a representative")).toBe(true);
  });

  test("is found when its beginning is said twice", () => {
    expect(found(["my card is lost"], "my card my card is lost")).toEqual([["my card is lost", "my card is lost"]]);
    expect(found(["a a b"], "a a a b")).toEqual([["a a b", "a a b"]]);
  });

  test("crosses from one script to another", () => {
    expect(matches("VIP 解約", "VIP解約の件")).toBe(true);
    expect(matches("解約 手数料", "解約手数料はいくらですか")).toBe(true);
    expect(matches("解約 手数料", "解約、手数料")).toBe(true);
    expect(matches("解約 手数料", "解約の手数料")).toBe(false);
    // The first part takes two words; what follows has to come after both.
    expect(matches("解約した した", "解約したい")).toBe(false);
    expect(matches("解約した い", "解約したい")).toBe(true);
  });
});

describe("what is told", () => {
  test("each keyword once, at its leftmost place, in order of place, the longer first", () => {
    expect(found(["refund", "full refund", "cancel"], "Cancel it, full refund, refund, cancel")).toEqual([
      ["cancel", "Cancel"],
      ["full refund", "full refund"],
      ["refund", "refund"],
    ]);
    expect(found(["cancel", "cancellation"], "a cancellation")).toEqual([
      ["cancel", "cancellation"],
      ["cancellation", "cancellation"],
    ]);
  });

  test("the same keyword in another spelling is told once, as it was written first", () => {
    expect(found(["Refund", "refund", "ＲＥＦＵＮＤ"], "refund")).toEqual([["Refund", "refund"]]);
  });

  test.for([
    ["😀 Ｒｅｆｕｎｄ!", "Ｒｅｆｕｎｄ"],
    ["ﬁﬁ re\u200Bfu\u00ADnds.", "re\u200Bfu\u00ADnds"],
    ["é e\u0301 refund", "refund"],
    ["\u{1D42B}\u{1D41E}\u{1D41F}\u{1D42E}\u{1D427}\u{1D41D} it", "\u{1D42B}\u{1D41E}\u{1D41F}\u{1D42E}\u{1D427}\u{1D41D}"],
    ["\uD83D refund \uDE00", "refund"],
  ] as const)("spans are those of the text as it came: %s", ([text, words]) => {
    const [match] = compilePhrases(["refund"], "en")(text);
    expect(match?.text).toBe(words);
    expect(text.slice(match?.span.start, match?.span.end)).toBe(words);
  });

  test("half-width kana are marked as they came", () => {
    const text = "予約をｶﾞｲﾄﾞしたい";
    const [match] = compilePhrases(["ガイド"], "en")(text);
    expect(match?.text).toBe("ｶﾞｲﾄﾞ");
  });

  test("one call leaves nothing behind for the next", () => {
    const match = compilePhrases(["lost card"], "en");
    expect(match("I lost")).toEqual([]);
    expect(match("card")).toEqual([]);
    expect(match("lost card")).toHaveLength(1);
    expect(match("lost card")).toHaveLength(1);
  });

  test("more word forms than are remembered change nothing", () => {
    const match = compilePhrases(["refund"], "en");
    for (let number = 0; number < 40_000; number += 1) match(`word${number} other`);
    expect(match("refunded")).toHaveLength(1);
    expect(match(`${"x".repeat(200_000)} refund`)).toHaveLength(1);
  });
});

describe("an utterance made to be slow", () => {
  const match = compilePhrases(["か", "かかか か", "a a a b", "a", "é"], "en");

  test.for([
    ["one run", "か".repeat(50_000)],
    ["one word", "aé".repeat(50_000)],
    ["one word said over and over", "a ".repeat(50_000)],
    ["apostrophes", "a'".repeat(50_000)],
    ["marks", `a${"\u0301".repeat(100_000)}`],
    ["halves of characters", "\uD83D".repeat(50_000)],
  ] as const)("is matched like any other: %s", ([, text]) => {
    expect(match(`${text} é`).map((one) => one.keyword)).toContain("é");
  });
});

/** The rules of contract 2.2 said as plainly as possible, for scripts with spaces: every phrase at every word. */
function naive(phrases: readonly string[], text: string, language: Language): readonly string[] {
  const stem = createStemmer(language);
  const plain = (word: string): string => stripAccents(foldCase(word));
  const stemOf = (word: string): string => stripAccents(stem(foldCase(word)));
  const wordsOf = (of: string): readonly string[] => of.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) ?? [];
  const spoken = wordsOf(text);
  const fits = (wanted: string, word: string, exact: boolean, last: boolean): boolean => {
    if (exact) return foldCase(wanted) === foldCase(word);
    if (stemOf(wanted) === stemOf(word) || plain(wanted) === plain(word)) return true;
    return plain(wanted).length > 1 && (last || plain(wanted).length >= 4) && plain(word).startsWith(plain(wanted));
  };
  return phrases.filter((phrase) => {
    const wanted = wordsOf(phrase);
    return spoken.some((_, at) =>
      wanted.every((one, index) => {
        const word = spoken[at + index];
        return word !== undefined && fits(one, word, phrase.startsWith("="), index === wanted.length - 1);
      }),
    );
  });
}

describe("compared with a plain reading of the rules", () => {
  const word = fc.constantFrom("cancel", "cancelled", "cancellation", "can", "a", "to", "the", "card", "cards", "Card", "refund", "Refunds", "abé", "abe", "ré", "résumé", "resume", "tax", "taxes", "taxi", "no", "not", "north", "ab", "abc", "abcd", "abcde");
  const spoken = fc.array(word, { maxLength: 12 }).map((words) => words.join(" "));
  const phrase = fc
    .tuple(fc.constantFrom("", "", "="), fc.array(word, { minLength: 1, maxLength: 4 }))
    .map(([sign, words]) => `${sign}${words.join(" ")}`);

  test("finds the same phrases, each with a span that slices to what is told", () => {
    fc.assert(
      fc.property(fc.uniqueArray(phrase, { selector: foldCase, maxLength: 12 }), spoken, fc.constantFrom<Language[]>("en", "fr"), (phrases, text, language) => {
        const told = compilePhrases(phrases, language)(text);
        for (const match of told) expect(text.slice(match.span.start, match.span.end)).toBe(match.text);
        expect(told.map((match) => match.keyword).toSorted()).toEqual(naive(phrases, text, language).toSorted());
      }),
      { numRuns: 2_000 },
    );
  });

  test("never fails and never tells a span beyond the text, whatever is said", () => {
    const match = compilePhrases(["refund", "lost card", "解約", "=ok", "e", "か"], "en");
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary", maxLength: 60 }), fc.string({ unit: "grapheme", maxLength: 60 })), (text) => {
        for (const { span, text: words } of match(text)) expect(text.slice(span.start, span.end)).toBe(words);
      }),
      { numRuns: 2_000 },
    );
  });
});
