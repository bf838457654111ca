import { DatabaseSync } from "node:sqlite";
import { array, assert, constantFrom, property, string } from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { HistorySearch } from "../../shared/history.ts";
import type { HistoryDatabase } from "../../electron/history/database.ts";
import { createSearch } from "../../electron/history/search.ts";
import { ftsQuery, searchTerms } from "../../electron/history/search-terms.ts";
import { snippetOf } from "../../electron/history/snippet.ts";
import { everything, historyFile, historyItems, openHistoryFile, searchFor } from "../support/history-parts.ts";
import { interactionEvent, sampleSet, utteranceEvent } from "../support/sample-events.ts";

let file: string;
let database: HistoryDatabase;

beforeEach(async () => {
  file = await historyFile();
  database = openHistoryFile(file);
});

function write(...events: readonly AssistEvent[]): void {
  database.write(historyItems(...events), 1);
}

function search(one: HistorySearch) {
  using reader = new DatabaseSync(file, { readOnly: true });
  return createSearch(reader)(one);
}

function idsOf(text: string, more: Partial<HistorySearch> = {}): readonly string[] {
  return search(searchFor(text, more)).hits.map((hit) => hit.interaction.id);
}

describe("a search", () => {
  beforeEach(() => {
    write(
      interactionEvent("first", { startedAt: 1_000, customerName: "Jane Doe", channel: "voice", queue: "billing", agentId: "a1" }),
      utteranceEvent("first", "u1", "I want my money back, the parcel never came"),
      utteranceEvent("first", "u2", "Straße und Müllgebühr, bitte"),
      { kind: "suggestions", set: sampleSet("first", "s1") },
      interactionEvent("second", { startedAt: 2_000, channel: "chat", queue: "sales" }),
      utteranceEvent("second", "u1", "The parcel came, thank you"),
      interactionEvent("third", { startedAt: 3_000 }),
      utteranceEvent("third", "u1", "hello"),
    );
  });

  test("without words gives all, the latest first", () => {
    expect(idsOf("")).toEqual(["third", "second", "first"]);
    expect(search(searchFor("")).hits[0]?.snippets).toEqual([]);
  });

  test.each(["🙂", "%", '""', "☀️", "❤️ !"])("for %s finds nothing: there is nothing in it to look for", (text) => {
    expect(idsOf(text)).toEqual([]);
  });

  test("passes over signs beside words", () => {
    expect(idsOf("☀️ parcel ❤️")).toEqual(["second", "first"]);
  });

  test("finds all words wherever they stand in a conversation, and only there", () => {
    expect(idsOf("parcel")).toEqual(["second", "first"]);
    expect(idsOf("parcel strasse ")).toEqual(["first"]);
    expect(idsOf("parcel hello ")).toEqual([]);
  });

  test("finds suggestions, names, queues and ids", () => {
    expect(idsOf("refund form")).toEqual(["first"]);
    expect(idsOf("jane")).toEqual(["first"]);
    expect(idsOf("SALES")).toEqual(["second"]);
    expect(idsOf("third")).toEqual(["third"]);
  });

  test("takes the last word as begun, quotes as they stand, and letters as people type them", () => {
    expect(idsOf("parc")).toEqual(["second", "first"]);
    expect(idsOf("parc ")).toEqual([]);
    expect(idsOf('"parcel came"')).toEqual(["second"]);
    expect(idsOf('"parcel nev')).toEqual(["first"]);
    for (const typed of ["straße", "strasse", "STRASSE", "müllgebühr", "muellgebuehr", "mullgebuhr"]) expect(idsOf(typed)).toEqual(["first"]);
  });

  test("marks what it found", () => {
    const [snippet] = search(searchFor("parcel never")).hits[0]?.snippets ?? [];
    expect(snippet).toMatchObject({ utteranceId: "u1", speaker: "customer" });
    expect(snippet?.marks.map(({ start, end }) => snippet.text.slice(start, end))).toEqual(["parcel", "never"]);
  });

  test("keeps to the filter", () => {
    expect(idsOf("parcel", { filter: { ...everything, channel: "chat" } })).toEqual(["second"]);
    expect(idsOf("", { filter: { ...everything, from: 2_000, to: 3_000 } })).toEqual(["second"]);
    expect(idsOf("", { filter: { ...everything, queue: "billing", agentId: "a1" } })).toEqual(["first"]);
    expect(idsOf("", { filter: { ...everything, agentId: "nobody" } })).toEqual([]);
  });

  test("gives pages that follow on each other, also while new conversations begin", () => {
    const first = search(searchFor("", { limit: 2 }));
    expect(first.hits).toHaveLength(2);
    write(interactionEvent("fourth", { startedAt: 4_000 }));
    const second = search(searchFor("", { limit: 2, after: first.next }));
    expect(second.hits.map((hit) => hit.interaction.id)).toEqual(["first"]);
    expect(second.next).toBeNull();
  });

  test("follows what is said once more and what becomes known later", () => {
    write(utteranceEvent("third", "u1", "good bye"), interactionEvent("third", { startedAt: 3_000, customerName: "Ann Other" }));
    expect(idsOf("hello")).toEqual([]);
    expect(idsOf("bye")).toEqual(["third"]);
    expect(idsOf("other")).toEqual(["third"]);
  });
});

test("whatever is typed is data: no search fails, and each finds what holds its words", () => {
  const words = constantFrom("alpha", "beta", "gamma", "OR", "NEAR", "AND", "NOT", "ß", "a*", '"', "(", ")", "^", "col:", "--", "'", "\u0000", "😀", "{}", "+");
  const texts = ["alpha beta", "beta gamma OR near", "not and ß"];
  for (const [index, text] of texts.entries()) write(utteranceEvent(`i${index}`, "u1", text));
  using reader = new DatabaseSync(file, { readOnly: true });
  const find = createSearch(reader);
  // Of letters that came into Unicode later the index knows nothing: it parts words there, and finds more.
  assert(
    property(string({ unit: "grapheme" }), (typed) => {
      expect(find(searchFor(typed)).hits.length).toBeLessThanOrEqual(3);
    }),
    { numRuns: 200 },
  );
  assert(
    property(array(words, { maxLength: 15 }).map((parts) => parts.join(" ")), (typed) => {
      for (const { interaction } of find(searchFor(typed)).hits) {
        const text = (texts[Number(interaction.id.slice(1))] ?? "").replaceAll("ß", "ss");
        for (const { words: wanted } of searchTerms(typed)) {
          for (const word of wanted) expect(`${text} ${interaction.id}`.toLowerCase()).toContain(word.replaceAll("ß", "ss").slice(0, 2).trim());
        }
      }
    }),
    { numRuns: 300 },
  );
});

test("terms are bounded", () => {
  const many = searchTerms(Array.from({ length: 100 }, (_, index) => `wort${index}`).join(" "));
  expect(many).toHaveLength(12);
  expect(ftsQuery({ words: ["aessoe", "ueass"], begun: true }).split(" OR ").length).toBeLessThanOrEqual(8);
});

test("a piece of a long text holds the words that were found, whole, and says where it was cut", () => {
  assert(
    property(array(constantFrom("lorem", "ipsum", "dolor"), { maxLength: 120 }), array(constantFrom("sit", "amet"), { maxLength: 120 }), (before, after) => {
      const text = [...before, "needle", ...after].join(" ");
      const snippet = snippetOf(text, searchTerms("needle"));
      expect(snippet).not.toBeNull();
      if (snippet === null) return;
      expect(snippet.marks.map(({ start, end }) => snippet.text.slice(start, end))).toEqual(["needle"]);
      expect(snippet.text.length).toBeLessThanOrEqual(162);
      expect(snippet.text.startsWith("…") || text.startsWith(snippet.text.replace(/…$/u, ""))).toBe(true);
    }),
  );
});
