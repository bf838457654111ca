import { createEvaluationLine } from "../../electron/telemetry/evaluation-line.ts";
import type { EvaluationRecord } from "../../shared/assist-event.ts";
import { median, type Figure } from "./figure.ts";

const RECORDS = 20_000;
const ROUNDS = 41;

/** What the line of an utterance's evaluation costs, as `JSON.stringify` writes it and as the program does, turn by turn. */
export function measureMetricsLine(): readonly Figure[] {
  const records = Array.from({ length: RECORDS }, (_, index) => recordOf(index));
  const lineOf = createEvaluationLine();
  const rounds = Array.from({ length: ROUNDS }, () => ({ plain: time(records, (one) => JSON.stringify(one)), ours: time(records, lineOf) }));
  return [
    { name: "metrics line, JSON.stringify", value: median(rounds.map(({ plain }) => plain)), unit: "µs" },
    { name: "metrics line", value: median(rounds.map(({ ours }) => ours)), unit: "µs" },
    { name: "  over JSON.stringify", value: median(rounds.map(({ plain, ours }) => ours / plain)), unit: "x", limit: { kind: "at most", value: 1 } },
  ];
}

function recordOf(index: number): EvaluationRecord {
  const triggered = index % 9 === 0;
  return {
    timestamp: new Date(1_767_603_600_000 + Math.floor(index / 20)).toISOString(),
    interactionId: `interaction-${index % 50}`,
    triggered,
    cached: false,
    fallback: false,
    suggestionCount: triggered ? 2 : 0,
    eventType: "AGENT_ASSIST_QUERY",
    latencyMs: index % 7 === 0 ? index / 700 : 0.004,
    trigger: triggered ? "keyword" : null,
    blockedCount: 0,
    superseded: false,
  };
}

function time(records: readonly EvaluationRecord[], write: (one: EvaluationRecord) => string): number {
  const startedMs = performance.now();
  let length = 0;
  for (const one of records) length += write(one).length;
  const spentMs = performance.now() - startedMs;
  if (length === 0) throw new Error("nothing was written");
  return (spentMs / records.length) * 1_000;
}
