import { openDatabase } from "../../electron/history/database.ts";
import type { HistoryItem } from "../../electron/history/history-item.ts";
import type { Disposition } from "../../shared/suggestion.ts";

export interface HistorySize {
  readonly interactions: number;
  /** Of each interaction. */
  readonly utterances: number;
  /** In all; each stands in a set of two and a half on average. */
  readonly suggestions: number;
}

/** The last thirty days end here. */
export const FILLED_UNTIL = Date.UTC(2026, 2, 31);
export const FILLED_DAYS = 30;
const DAY_MS = 86_400_000;
const VOCABULARY = 20_000;
const BATCH = 5_000;
const CHANNELS = ["voice", "chat", "email"];
const QUEUES = ["billing", "sales", "returns", "delivery", "accounts"];
const KEYWORDS = ["refund", "cancel", "complaint", "escalate", "broken", "late", "invoice", "contract"];

/**
 * Fills a history's file with talks of thirty days whose words are as unevenly spread as those of a language; `rare`
 * stands in one utterance, `word1` in most.
 */
export function fillHistory(file: string, { interactions, utterances, suggestions }: HistorySize): void {
  const opened = openDatabase({ file, mask: false });
  if (!opened.ok) throw new Error(opened.error.detail);
  using database = opened.value;
  const random = createRandom(7);
  let batch: HistoryItem[] = [];
  const put = (item: HistoryItem): void => {
    batch.push(item);
    if (batch.length < BATCH) return;
    database.write(batch, FILLED_UNTIL);
    batch = [];
  };
  let left = suggestions;
  for (let index = 0; index < interactions; index += 1) {
    const id = `talk-${index}`;
    const startedAt = FILLED_UNTIL - FILLED_DAYS * DAY_MS + (index / interactions) * FILLED_DAYS * DAY_MS;
    const about = { id, startedAt, customerName: `Customer ${Math.floor(random() * 40_000)}`, channel: pick(CHANNELS, random), queue: pick(QUEUES, random), agentId: `agent-${index % 40}` };
    put({ kind: "interaction", interaction: { ...about, status: "live" } });
    for (let line = 0; line < utterances; line += 1) {
      const text = index === Math.floor(interactions / 3) && line === 3 ? "a rare thing" : sentence(random);
      put({ kind: "utterance", interactionId: id, utterance: { id: `u${line}`, speaker: line % 2 === 0 ? "customer" : "agent", text, at: startedAt + line * 5_000, score: random() * 2 - 1, final: true, marks: [] } });
    }
    const wanted = Math.min(left, Math.round((suggestions / interactions) * (index + 1)) - (suggestions - left));
    left -= wanted;
    putSets({ put, random, id, at: startedAt, wanted });
    put({ kind: "interaction", interaction: { ...about, status: "ended", endedAt: startedAt + utterances * 5_000 } });
  }
  database.write(batch, FILLED_UNTIL);
  database.settle();
}

interface SetsWanted {
  readonly put: (item: HistoryItem) => void;
  readonly random: () => number;
  readonly id: string;
  readonly at: number;
  readonly wanted: number;
}

function putSets({ put, random, id, at, wanted }: SetsWanted): void {
  for (let made = 0, number = 0; made < wanted; number += 1) {
    const count = Math.min(wanted - made, number % 2 === 0 ? 3 : 2);
    made += count;
    const keyword = pick(KEYWORDS, random);
    const shownAt = at + number * 20_000;
    const suggestions = Array.from({ length: count }, (_, index) => ({ id: `${id}-${number}-${index}`, text: sentence(random), confidence: 0.9, source: "KB" }));
    put({
      kind: "set",
      rejudged: false,
      set: {
        id: `${id}-s${number}`,
        interactionId: id,
        utteranceId: `u${number}`,
        utteranceAt: shownAt,
        order: number,
        trigger: random() < 0.8 ? { kind: "keyword", matches: [{ keyword, text: keyword, span: { start: 0, end: 1 } }] } : { kind: "sentiment", score: -0.6, threshold: -0.4 },
        origin: random() < 0.7 ? "live" : random() < 0.8 ? "cached" : "fallback",
        suggestions,
        withheld: random() < 0.2 ? [{ rule: "phrase", phrase: "legal action" }] : [],
        outcome: "filled",
        policyVersion: "v1",
        latencyMs: 80 + random() * 400,
        at: shownAt,
      },
    });
    for (const suggestion of suggestions) {
      const did = (disposition: Disposition): void => {
        put({ kind: "disposition", record: { interactionId: id, suggestionId: suggestion.id, disposition, undone: false, at: shownAt + 1_000 } });
      };
      did("displayed");
      if (random() < 0.25) did("copied");
      else if (random() < 0.2) did("dismissed");
    }
  }
}

function sentence(random: () => number): string {
  const words = 6 + Math.floor(random() * 12);
  // Zipf's law, nearly: the n-th word comes an n-th as often as the first.
  return Array.from({ length: words }, () => `word${Math.floor(VOCABULARY ** random())}`).join(" ");
}

function pick(values: readonly string[], random: () => number): string {
  return values[Math.floor(random() * values.length)] ?? "";
}

/** A generator of pseudo-random numbers from 0 to 1, the same in every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
