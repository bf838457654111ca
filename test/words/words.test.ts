import { describe, expect, it } from "vitest";
import { practiceCalls } from "../../electron/sandbox/practice-list.ts";
import { germanWords } from "../../electron/words/de.ts";
import { englishWords } from "../../electron/words/en.ts";
import { leavesOf, saidBy, type Leaf } from "../support/word-leaves.ts";

const english = leavesOf(englishWords);
const german = leavesOf(germanWords);
const germanByPath = new Map(german.map((leaf) => [leaf.path, leaf]));

/** What is the same in both. */
const SAME = new Set(["updates.off.noNetwork", "overviewFile.name"]);
const isCall = ({ path }: Leaf): boolean => path.startsWith("practiceCalls.");

describe("what main says to a person", () => {
  it("has the same keys in both languages, practice calls apart, which present themselves in English", () => {
    expect(german.filter((leaf) => !isCall(leaf)).map(({ path }) => path).toSorted()).toEqual(english.map(({ path }) => path).toSorted());
    expect(Object.keys(germanWords.practiceCalls).toSorted()).toEqual(practiceCalls.map(({ id }) => id).toSorted());
  });

  it.each([
    ["English", english],
    ["German", german],
  ] as const)("is never empty, and holds no value that was not put in: %s", (_language, leaves) => {
    for (const leaf of leaves) {
      for (const text of saidBy(leaf)) {
        expect.soft(text.trim(), leaf.path).not.toBe("");
        // JSON has a null, which may be told of.
        expect.soft(text.replace("false, null, ", ""), leaf.path).not.toMatch(/undefined|null|NaN|\[object|\s{2}|=>/u);
      }
    }
  });

  it("puts the same values into both", () => {
    for (const leaf of english) {
      const other = germanByPath.get(leaf.path);
      if (other === undefined) continue;
      const values = saidBy(leaf).join(" ").match(/«\w+»/gu) ?? [];
      expect.soft(new Set(saidBy(other).join(" ").match(/«\w+»/gu) ?? []), leaf.path).toEqual(new Set(values));
    }
  });

  it("is not left in English where it is to be German", () => {
    for (const leaf of english) {
      const other = germanByPath.get(leaf.path);
      if (other === undefined || SAME.has(leaf.path)) continue;
      expect.soft(saidBy(other), leaf.path).not.toEqual(saidBy(leaf));
    }
    const englishWord = /\b(the|and|is|were|cannot|your|with|not|of)\b/u;
    for (const leaf of german) for (const text of saidBy(leaf)) expect.soft(text, leaf.path).not.toMatch(englishWord);
  });

  it("has German quotation marks and narrow spaces before units", () => {
    for (const leaf of german) {
      for (const text of saidBy(leaf)) {
        expect.soft(text, leaf.path).not.toMatch(/[”"]|\d (%|ms|s)\b/u);
        expect.soft((text.match(/„/gu) ?? []).length, leaf.path).toBe((text.match(/“/gu) ?? []).length);
      }
    }
  });
});

describe("German numbers", () => {
  it("are written as they are read there", () => {
    expect(germanWords.standing.connectedIn(3.26)).toBe("Verbunden, 3,3\u202Fms");
    expect(germanWords.standing.connectedIn(1_234.4)).toBe("Verbunden, 1234\u202Fms");
    expect(germanWords.alerts.sentimentFell(-0.5)).toBe("Stimmung sank auf −0,50");
    expect(germanWords.bridge.slow("bot", 1_391, 1_000).what).toBe("Der Bot braucht 1,4\u202Fs (kritisch über 1\u202Fs).");
    expect(germanWords.bridge.slow("reply", 840, null).what).toBe("Antworten brauchen 840\u202Fms (kritisch).");
  });

  it("decide between one and several", () => {
    expect(germanWords.standing.conversationsAndWaiting(1, 1)).toBe("1 laufendes Gespräch, 1 Vorschlag wartet");
    expect(germanWords.standing.conversationsAndWaiting(3, 2)).toBe("3 laufende Gespräche, 2 Vorschläge warten");
    expect(germanWords.kept.writtenAgain("log", 1).effect).toBe("1 Eintrag ging in der Zwischenzeit verloren.");
    expect(germanWords.kept.writtenAgain("log", 4).effect).toBe("4 Einträge gingen in der Zwischenzeit verloren.");
    expect(germanWords.rules.configMistakes(["a", "b", "c"], 2).what).toBe("Die Konfigurationsdatei hat 5 Fehler: a; b; c; und 2 weitere.");
  });
});
