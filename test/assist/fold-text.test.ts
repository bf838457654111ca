import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldCase, foldLooks, foldText, stripAccents } from "../../electron/assist/fold-text.ts";

/** Text from all of Unicode, with a good share of what folds in surprising ways. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ unit: fc.constantFrom("ß", "ẞ", "İ", "ı", "Σ", "ς", "ﬁ", "ſ", "\u0307", "\u0301", "\u0345", "ΐ", "ŉ", "\u200B", "\u00AD", "Α", "Н", "a", "I", "K", "Å", "ー", "\u3099", "か", "ᾳ", "Ꮪ", "🅰", "ﷺ", " ", "-"), maxLength: 12 }),
);

describe("folding", () => {
  test.for([
    ["foldCase", foldCase],
    ["foldLooks", foldLooks],
    ["foldText", foldText],
    ["stripAccents after foldCase", (text: string) => stripAccents(foldCase(text))],
  ] as const)("%s changes nothing the second time", ([, fold]) => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = fold(text);
        expect(fold(once)).toBe(once);
      }),
      { numRuns: 3_000 },
    );
  });

  test("no two of a text, its capitals, its small letters and its decomposed form are told apart by case", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from("aäzßéñçøåœÆΣσςωЖжёЁiIlL -")), maxLength: 20 }), (text) => {
        const folded = foldCase(text);
        expect(foldCase(text.toUpperCase())).toBe(folded);
        expect(foldCase(text.toLowerCase())).toBe(folded);
        expect(foldCase(text.normalize("NFD"))).toBe(folded);
      }),
    );
  });

  test.for([
    ["Straße", "STRASSE"],
    ["İPTAL", "iptal"],
    ["ISRAR", "ısrar"],
    ["ΟΔΟΣ", "οδος"],
    ["ｒｅｆｕｎｄ", "refund"],
    ["re\u00ADfu\u200Bnd", "refund"],
    ["ﬁnance", "FINANCE"],
    ["ｷｬﾝｾﾙ", "キャンセル"],
  ] as const)("%s and %s are one word", ([one, other]) => {
    expect(foldCase(one)).toBe(foldCase(other));
  });

  test("accents stay in foldCase and go in stripAccents", () => {
    expect(foldCase("CANCELACIÓN")).toBe("cancelación");
    expect(stripAccents("cancelación")).toBe("cancelacion");
    expect(stripAccents("ещё")).toBe("еще");
    expect(stripAccents("مُحَمَّد")).toBe("محمد");
  });

  test("marks that are sounds stay, in every fold", () => {
    for (const word of ["की", "が", "мой", "ที่", "한국어"]) {
      expect(stripAccents(foldCase(word))).toBe(word);
    }
    expect(foldText("की")).not.toBe(foldText("का"));
    expect(foldText("が")).not.toBe(foldText("か"));
  });

  test("foldText joins words by one space, whatever stood between", () => {
    expect(foldText("  Hello,\n\tWORLD…  (it's 5) ")).toBe("hello world it s 5");
    expect(foldText("…")).toBe("");
  });
});
