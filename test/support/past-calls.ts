import { join } from "node:path";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { InteractionRecord } from "../../shared/history.ts";
import { ok } from "../../shared/result.ts";
import { createAssistEngine } from "../../electron/assist/assist-engine.ts";
import type { Rules } from "../../electron/assist/compiled-rules.ts";
import { openDatabase } from "../../electron/history/database.ts";
import { historyItemOf, type HistoryItem } from "../../electron/history/history-item.ts";
import { createBot } from "../../electron/sandbox/bot.ts";
import type { Call } from "../../electron/sandbox/call.ts";
import { practiceArticles } from "../../electron/sandbox/knowledge-base.ts";
import { createFakeClock } from "./fake-clock.ts";
import { tempDirectory } from "./temp-directory.ts";

/**
 * Plays calls line by line through the assist engine, with the practice platform's answers, into a history's file that
 * masks, and gives what the file has kept of them. `use`: how many of the suggestions are copied, from the first on.
 */
export async function pastCalls(calls: readonly Call[], rules: Rules, use = 0): Promise<readonly InteractionRecord[]> {
  const clock = createFakeClock();
  const bot = createBot(practiceArticles);
  const events: AssistEvent[] = [];
  const engine = createAssistEngine({
    settings: { agentId: null, ...rules, requestTimeoutMs: 5_000, fallbackAfterMs: 2_000, cache: { maxEntries: 500, ttlSeconds: 120, scope: "interaction", contextKeys: [] }, fallback: [] },
    clock,
    setPrefix: "set-",
    emit: (event) => events.push(event),
    ask: async ({ interactionId, transcript, sentimentScore }) => ok({ items: bot.suggest({ interactionId, transcript, sentimentScore, context: {} }), upstreamMs: 5 }),
  });
  for (const { id, lines } of calls) {
    for (const { index, speaker, text, sentimentScore } of lines) {
      const frame = JSON.stringify({ type: "INTERACTION_UPDATE", payload: { interactionId: id, transcript: text, speaker, sentimentScore, sequence: index, utteranceId: `${id}-${index}` } });
      engine.take(frame, frame.length);
      await clock.advance(1_000);
    }
  }
  await engine[Symbol.asyncDispose]();
  const items = events.flatMap((event) => historyItemOf(event) ?? []);
  const suggestions = events.flatMap((event) => (event.kind === "suggestions" ? event.set.suggestions.map((one) => ({ interactionId: event.set.interactionId, suggestionId: one.id })) : []));
  const copies = suggestions.slice(0, use).map((one): HistoryItem => ({ kind: "disposition", record: { ...one, disposition: "copied", undone: false, at: clock.now() } }));
  return keptRecords([...items, ...copies], calls.map(({ id }) => id));
}

/** Writes items into a history's file that masks, and reads what it has kept. */
export async function keptRecords(items: readonly HistoryItem[], interactionIds: readonly string[]): Promise<readonly InteractionRecord[]> {
  await using directory = await tempDirectory();
  const opened = openDatabase({ file: join(directory.path, "history.sqlite"), mask: true });
  if (!opened.ok) throw new Error(opened.error.detail);
  using database = opened.value;
  database.write(items, 1_000);
  return interactionIds.map((id) => database.interaction(id)).filter((record) => record !== null);
}
