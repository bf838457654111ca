import type { DatabaseSync } from "node:sqlite";
import { assertNever } from "../../shared/assert-never.ts";
import type { Disposition, SuggestionSet, Trigger, Withheld } from "../../shared/suggestion.ts";
import type { HistoryItem } from "./history-item.ts";
import { maskMarked, maskText } from "../redaction/mask.ts";
import { firstRow } from "./row-number.ts";

/** The columns of `outcomes`, by what an agent did. */
const OUTCOME_COLUMNS: Readonly<Record<Disposition, string>> = {
  displayed: "displayed",
  clicked: "clicked",
  copied: "copied",
  sent: "sent",
  dismissed: "dismissed",
  helpful: "helpful",
  "not helpful": "not_helpful",
};

/**
 * A function that writes one item, with statements prepared once. With `mask`, what was said and suggested is masked on
 * its way in (contract 0), so that no unmasked text ever reaches the file. `now` in ms since the Unix epoch.
 */
export function createItemWriter(database: DatabaseSync, mask: boolean): (item: HistoryItem, now: number) => void {
  const touch = database.prepare(
    `INSERT INTO interactions (id, status, started_at, last_at) VALUES (?, 'live', ?, ?)
     ON CONFLICT (id) DO UPDATE SET last_at = max(last_at, excluded.last_at), stale = 1 RETURNING row`,
  );
  // A run of the program that begins in the middle knows less than the one before: what it does not know is kept.
  const putInteraction = database.prepare(
    `INSERT INTO interactions (id, status, started_at, ended_at, agent_id, customer_name, channel, queue, last_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, started_at = min(started_at, excluded.started_at),
       ended_at = iif(excluded.status = 'ended', min(coalesce(ended_at, excluded.ended_at), excluded.ended_at), NULL),
       agent_id = coalesce(excluded.agent_id, agent_id), customer_name = coalesce(excluded.customer_name, customer_name),
       channel = coalesce(excluded.channel, channel), queue = coalesce(excluded.queue, queue), last_at = max(last_at, excluded.last_at)`,
  );
  const putUtterance = database.prepare(
    `INSERT INTO utterances (row, interaction, id, speaker, text, at, score, sequence, marks)
     VALUES ((SELECT coalesce(max(row) + 1, :first) FROM utterances WHERE row >= :first AND row < :end), :interaction, :id, :speaker, :text, :at, :score, :sequence, :marks)
     ON CONFLICT (interaction, id) DO UPDATE SET speaker = excluded.speaker, text = excluded.text, at = excluded.at,
       score = excluded.score, sequence = excluded.sequence, marks = excluded.marks`,
  );
  const supersede = database.prepare("UPDATE sets SET current = 0 WHERE interaction = ? AND set_id = ? AND current = 1");
  const addSet = database.prepare(
    `INSERT INTO sets (interaction, set_id, utterance_id, utterance_at, position, trigger, origin, replaces, rejudged,
       fault, withheld, outcome, policy_version, latency_ms, upstream_ms, at, current)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
  );
  const addTrigger = database.prepare("INSERT OR IGNORE INTO set_triggers (set_row, kind, words) VALUES (?, ?, ?)");
  const addWithheld = database.prepare(
    "INSERT INTO set_withheld (set_row, rule, words, count) VALUES (?, ?, ?, 1) ON CONFLICT (set_row, rule, words) DO UPDATE SET count = count + 1",
  );
  const addSuggestion = database.prepare(
    `INSERT INTO suggestions (row, set_row, position, id, text, confidence, source)
     VALUES ((SELECT coalesce(max(row) + 1, :first) FROM suggestions WHERE row >= :first AND row < :end), :setRow, :position, :id, :text, :confidence, :source)`,
  );
  const moveOutcome = database.prepare("UPDATE outcomes SET set_row = ? WHERE interaction = ? AND suggestion_id = ?");
  const addDisposition = database.prepare(
    "INSERT INTO dispositions (interaction, suggestion_id, disposition, undone, at) VALUES (?, ?, ?, ?, ?)",
  );
  const putOutcome = new Map(
    Object.values(OUTCOME_COLUMNS).map((column) => [
      column,
      database.prepare(
        `INSERT INTO outcomes (interaction, suggestion_id, set_row, ${column}) VALUES (:interaction, :suggestion,
           (SELECT max(s.row) FROM sets s JOIN suggestions g ON g.set_row = s.row WHERE s.interaction = :interaction AND g.id = :suggestion), :stands)
         ON CONFLICT (interaction, suggestion_id) DO UPDATE SET ${column} = excluded.${column}`,
      ),
    ]),
  );
  const masked = (text: string): string => (mask ? maskText(text) : text);

  const rowOf = (id: string, at: number, now: number): number => numberOf(touch.get(id, at, now)?.["row"]);

  const writeSet = (interaction: number, set: SuggestionSet, rejudged: boolean): void => {
    supersede.run(interaction, set.id);
    const { lastInsertRowid } = addSet.run(
      interaction,
      set.id,
      set.utteranceId,
      set.utteranceAt,
      set.order,
      JSON.stringify(keptTrigger(set.trigger, masked)),
      set.origin,
      set.replaces ?? null,
      rejudged ? 1 : 0,
      set.fault === undefined ? null : JSON.stringify(set.fault),
      JSON.stringify(set.withheld),
      set.outcome,
      set.policyVersion,
      set.latencyMs,
      set.upstreamMs ?? null,
      set.at,
    );
    for (const words of triggerWords(set.trigger)) addTrigger.run(lastInsertRowid, set.trigger.kind, words);
    for (const one of set.withheld) addWithheld.run(lastInsertRowid, one.rule, withheldWords(one));
    for (const [position, { id, text, confidence, source }] of set.suggestions.entries()) {
      addSuggestion.run({ ...rowsOf(interaction), setRow: lastInsertRowid, position, id, text: masked(text), confidence, source });
      moveOutcome.run(lastInsertRowid, interaction, id);
    }
  };

  return (item, now) => {
    switch (item.kind) {
      case "interaction": {
        const { id, status, startedAt, endedAt, agentId, customerName, channel, queue } = item.interaction;
        putInteraction.run(id, status, startedAt, endedAt ?? null, agentId ?? null, customerName ?? null, channel ?? null, queue ?? null, now);
        return;
      }
      case "utterance": {
        const { id, speaker, text, at, score, sequence, marks } = item.utterance;
        const kept = mask ? maskMarked(text, marks) : { text, spans: marks };
        const interaction = rowOf(item.interactionId, at, now);
        putUtterance.run({ ...rowsOf(interaction), interaction, id, speaker, text: kept.text, at, score, sequence: sequence ?? null, marks: JSON.stringify(kept.spans) });
        return;
      }
      case "set":
        writeSet(rowOf(item.set.interactionId, item.set.at, now), item.set, item.rejudged);
        return;
      case "disposition": {
        const { interactionId, suggestionId, disposition, undone, at } = item.record;
        const interaction = rowOf(interactionId, at, now);
        addDisposition.run(interaction, suggestionId, disposition, undone ? 1 : 0, at);
        putOutcome.get(OUTCOME_COLUMNS[disposition])?.run({ interaction, suggestion: suggestionId, stands: undone ? 0 : 1 });
      }
    }
  };
}

function rowsOf(interaction: number): { readonly first: number; readonly end: number } {
  return { first: firstRow(interaction), end: firstRow(interaction + 1) };
}

function numberOf(value: unknown): number {
  if (typeof value !== "number") throw new TypeError("a row without a number");
  return value;
}

function keptTrigger(trigger: Trigger, masked: (text: string) => string): unknown {
  if (trigger.kind === "sentiment") return trigger;
  return { kind: "keyword", matches: trigger.matches.map(({ keyword, text }) => ({ keyword, text: masked(text) })) };
}

/** The configured words of a trigger; sentiment has none. */
function triggerWords(trigger: Trigger): readonly string[] {
  return trigger.kind === "sentiment" ? [""] : trigger.matches.map(({ keyword }) => keyword);
}

function withheldWords(withheld: Withheld): string {
  switch (withheld.rule) {
    case "phrase":
      return withheld.phrase;
    case "malformed":
      return withheld.reason;
    case "confidence":
      return "";
    default:
      return assertNever(withheld);
  }
}
