import type { DatabaseSync } from "node:sqlite";
import type { SuggestionSet, Trigger } from "../../shared/suggestion.ts";
import type { HistoryItem } from "./history-item.ts";
import { maskMarked, maskText } from "../redaction/mask.ts";

/**
 * A function that writes one item, with statements prepared once. With `mask`, what was said and suggested is masked on
 * its way in (contract 0), so that no unmasked text ever reaches the file. `now` in ms since the Unix epoch.
 */
export function createItemWriter(database: DatabaseSync, mask: boolean): (item: HistoryItem, now: number) => void {
  const touch = database.prepare(
    `INSERT INTO interactions (id, status, started_at, last_at) VALUES (?, 'live', ?, ?)
     ON CONFLICT (id) DO UPDATE SET last_at = max(last_at, excluded.last_at)`,
  );
  const putInteraction = database.prepare(
    `INSERT INTO interactions (id, status, started_at, ended_at, agent_id, customer_name, channel, queue, last_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET status = excluded.status, started_at = excluded.started_at, ended_at = excluded.ended_at,
       agent_id = excluded.agent_id, customer_name = excluded.customer_name, channel = excluded.channel,
       queue = excluded.queue, last_at = max(last_at, excluded.last_at)`,
  );
  const putUtterance = database.prepare(
    `INSERT INTO utterances (interaction_id, id, speaker, text, at, score, sequence, marks) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (interaction_id, id) DO UPDATE SET speaker = excluded.speaker, text = excluded.text, at = excluded.at,
       score = excluded.score, sequence = excluded.sequence, marks = excluded.marks`,
  );
  const addSet = database.prepare(
    `INSERT INTO sets (interaction_id, set_id, utterance_id, utterance_at, position, trigger, origin, replaces, rejudged,
       fault, withheld, outcome, policy_version, latency_ms, upstream_ms, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const addSuggestion = database.prepare(
    "INSERT INTO suggestions (set_row, position, id, text, confidence, source) VALUES (?, ?, ?, ?, ?, ?)",
  );
  const addDisposition = database.prepare(
    "INSERT INTO dispositions (interaction_id, suggestion_id, disposition, undone, at) VALUES (?, ?, ?, ?, ?)",
  );
  const masked = (text: string): string => (mask ? maskText(text) : text);

  const writeSet = (set: SuggestionSet, rejudged: boolean): void => {
    const { lastInsertRowid } = addSet.run(
      set.interactionId,
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
    for (const [index, suggestion] of set.suggestions.entries()) {
      addSuggestion.run(lastInsertRowid, index, suggestion.id, masked(suggestion.text), suggestion.confidence, suggestion.source);
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
        touch.run(item.interactionId, at, now);
        putUtterance.run(item.interactionId, id, speaker, kept.text, at, score, sequence ?? null, JSON.stringify(kept.spans));
        return;
      }
      case "set":
        touch.run(item.set.interactionId, item.set.at, now);
        writeSet(item.set, item.rejudged);
        return;
      case "disposition": {
        const { interactionId, suggestionId, disposition, undone, at } = item.record;
        touch.run(interactionId, at, now);
        addDisposition.run(interactionId, suggestionId, disposition, undone ? 1 : 0, at);
      }
    }
  };
}

function keptTrigger(trigger: Trigger, masked: (text: string) => string): unknown {
  if (trigger.kind === "sentiment") return trigger;
  return { kind: "keyword", matches: trigger.matches.map(({ keyword, text }) => ({ keyword, text: masked(text) })) };
}
