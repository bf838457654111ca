import { DatabaseSync } from "node:sqlite";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Disposition, SuggestionSet, Trigger } from "../../shared/suggestion.ts";
import type { HistoryItem } from "../../electron/history/history-item.ts";
import { readOverview } from "../../electron/history/overview.ts";
import { everything, historyFile, historyItems, openHistoryFile } from "../support/history-parts.ts";
import { interactionEvent, sampleSet } from "../support/sample-events.ts";

const START = Date.UTC(2026, 2, 4);
const DAY = 86_400_000;
const DAYS = 3;

const triggers: Readonly<Record<string, Trigger>> = {
  refund: { kind: "keyword", matches: [{ keyword: "refund", text: "refund", span: { start: 0, end: 6 } }] },
  both: { kind: "keyword", matches: ["refund", "cancel", "refund"].map((keyword) => ({ keyword, text: keyword, span: { start: 0, end: 6 } })) },
  sentiment: { kind: "sentiment", score: -0.8, threshold: -0.4 },
};
const wordsOf: Readonly<Record<string, readonly string[]>> = { refund: ["refund"], both: ["refund", "cancel"], sentiment: [""] };

const cards = fc.subarray(["a", "b", "c"]);
const deed = fc.record({ card: fc.constantFrom("fallback", "a", "b", "c"), done: fc.constantFrom<Disposition>("displayed", "copied", "clicked", "sent", "dismissed", "not helpful"), undone: fc.boolean() });
const request = fc.record({
  interaction: fc.constantFrom("i1", "i2"),
  trigger: fc.constantFrom("refund", "both", "sentiment"),
  at: fc.nat(DAYS * DAY - 1),
  /** Whether a fallback stood in, and how long until the answer; it may come after midnight. */
  fallbackForMs: fc.option(fc.nat(DAY / 2)),
  /** What the answer shows and how much policy drops, then the same after each change of policy. */
  judged: fc.array(fc.record({ cards, dropped: fc.nat(2), deeds: fc.array(deed, { maxLength: 6 }) }), { maxLength: 3 }),
  deedsBefore: fc.array(deed, { maxLength: 4 }),
});
type Request = typeof request extends fc.Arbitrary<infer R> ? R : never;

interface Showing {
  readonly set: SuggestionSet;
  readonly rejudged: boolean;
  readonly deeds: Request["deedsBefore"];
}

/** How a request was shown, one showing after the other; at least one. */
function showingsOf({ interaction, trigger, at, fallbackForMs, judged, deedsBefore }: Request, id: string): readonly Showing[] {
  const setOf = (names: readonly string[], dropped: number, more: Partial<SuggestionSet>): SuggestionSet =>
    sampleSet(interaction, id, {
      trigger: triggers[trigger] ?? sampleSet("", "").trigger,
      suggestions: names.map((name) => ({ id: `${id}-${name}`, text: name, confidence: 1, source: "KB" })),
      withheld: [...Array.from({ length: dropped }, () => ({ rule: "phrase", phrase: "sue" }) as const), { rule: "malformed", reason: "no text" }],
      outcome: names.length > 0 ? "filled" : "emptied",
      ...more,
    });
  const answeredAt = START + at + (fallbackForMs ?? 0);
  const answers = judged.map(({ cards: names, dropped, deeds }, index) => ({ set: setOf(names, dropped, { at: answeredAt }), rejudged: index > 0, deeds }));
  const fallback = { set: setOf(["fallback"], 0, { origin: "fallback", at: START + at }), rejudged: false, deeds: deedsBefore };
  return fallbackForMs === null && answers.length > 0 ? answers : [fallback, ...answers];
}

const keys = ["sets", "displayed", "used", "dismissed", "notHelpful", "withheld", "empty"] as const;
type Row = Record<(typeof keys)[number], number>;
const noRow = (): Row => ({ sets: 0, displayed: 0, used: 0, dismissed: 0, notHelpful: 0, withheld: 0, empty: 0 });

/** Counts a request by hand: once, by how it reads last, and each card by what stands of what was done with it. */
function countInto(row: Row, showings: readonly Showing[], from: number, to: number): void {
  const within = (showing: Showing | undefined): boolean => showing !== undefined && showing.set.at >= from && showing.set.at < to;
  const last = showings.at(-1);
  if (last !== undefined && within(last)) {
    row.sets += 1;
    row.empty += last.set.outcome === "filled" ? 0 : 1;
    row.withheld += last.set.withheld.filter(({ rule }) => rule !== "malformed").length;
  }
  for (const card of ["fallback", "a", "b", "c"]) {
    const shownLast = showings.findLast(({ set }) => set.suggestions.some(({ id }) => id === `${set.id}-${card}`));
    if (!within(shownLast)) continue;
    const stands = (...deeds: readonly Disposition[]): number =>
      deeds.some((done) => showings.flatMap((one) => one.deeds).findLast((one) => one.card === card && one.done === done)?.undone === false) ? 1 : 0;
    row.displayed += stands("displayed");
    row.used += stands("copied", "clicked", "sent");
    row.dismissed += stands("dismissed");
    row.notHelpful += stands("not helpful");
  }
}

function itemsOf(showings: readonly Showing[]): readonly HistoryItem[] {
  return showings.flatMap(({ set, rejudged, deeds }) => {
    const event: AssistEvent = rejudged ? { kind: "rejudged", set } : { kind: "suggestions", set };
    return [
      ...historyItems(event),
      ...deeds.map(({ card, done, undone }): HistoryItem => ({ kind: "disposition", record: { interactionId: set.interactionId, suggestionId: `${set.id}-${card}`, disposition: done, undone, at: set.at } })),
    ];
  });
}

test("triggers and totals agree with a recount of any history, of the whole and of a day in it", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 6 }), fc.nat(DAYS - 1), async (requests, day) => {
      const shown = requests.map((one, index) => ({ words: wordsOf[one.trigger] ?? [], showings: showingsOf(one, `s${index}`) }));
      const file = await historyFile();
      const database = openHistoryFile(file);
      database.write([...historyItems(...["i1", "i2"].map((id) => interactionEvent(id, { startedAt: START }))), ...shown.flatMap(({ showings }) => itemsOf(showings))], START);
      database.settle();
      using reader = new DatabaseSync(file, { readOnly: true });
      for (const [from, to] of [[START, START + (DAYS + 1) * DAY], [START + day * DAY, START + (day + 1) * DAY]] as const) {
        const total = noRow();
        const rows = new Map<string, Row>();
        for (const { words, showings } of shown) {
          countInto(total, showings, from, to);
          for (const word of words) {
            const row = rows.get(word) ?? noRow();
            rows.set(word, row);
            countInto(row, showings, from, to);
          }
        }
        const read = readOverview(reader, { ...everything, from, to }, "UTC", to);
        const { empty: _, ...told } = total;
        expect(read.total).toMatchObject(told);
        const brought = read.triggers.map(({ kind: _kind, words, ...row }) => [words, row] as const).filter(([, row]) => keys.some((key) => row[key] > 0));
        expect(new Map(brought)).toEqual(new Map([...rows].filter(([, row]) => keys.some((key) => row[key] > 0))));
      }
      database[Symbol.dispose]();
    }),
    { numRuns: 40 },
  );
});
