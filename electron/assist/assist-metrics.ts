import type { EvaluationRecord } from "../../shared/assist-event.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { connectionFamily, counterFamily, quantileSamples } from "../net/metric-families.ts";
import { createLatencyWindow } from "../net/latency-window.ts";
import type { MetricFamily } from "../net/open-metrics.ts";

/** Counts evaluations since it was made. */
export interface AssistFigures {
  /** Costs a few additions. */
  record(record: EvaluationRecord): void;
  families(connection: ConnectionState): readonly MetricFamily[];
}

/** Agent assist as metric families (contract 2.7): counts without labels, and how long suggestions took. */
export function createAssistFigures(): AssistFigures {
  const latencies = createLatencyWindow();
  let evaluations = 0;
  let triggered = 0;
  let cached = 0;
  let fallbacks = 0;
  let blocked = 0;
  return {
    record(record) {
      evaluations += 1;
      blocked += record.blockedCount;
      if (record.cached) cached += 1;
      if (record.fallback) fallbacks += 1;
      if (!record.triggered) return;
      triggered += 1;
      // Cut short by a newer utterance, so its time says nothing of how long an answer takes.
      if (!record.superseded) latencies.record(record.latencyMs);
    },
    families: (connection) => [
      connectionFamily("callside_assist_connection", "The state of the agent assist stream.", connection),
      counterFamily("callside_assist_evaluations", "Utterances that were evaluated.", evaluations),
      counterFamily("callside_assist_triggers", "Evaluations that asked for suggestions.", triggered),
      counterFamily("callside_assist_cached", "Evaluations that were answered from memory.", cached),
      counterFamily("callside_assist_fallbacks", "Evaluations that ended with the fallback.", fallbacks),
      counterFamily("callside_assist_blocked_suggestions", "Suggestions that policy withheld.", blocked),
      {
        kind: "gauge",
        name: "callside_assist_latency_seconds",
        unit: "seconds",
        help: "How long the last evaluations that asked for suggestions took, by quantile; absent where there was none.",
        samples: quantileSamples(latencies.summary()),
      },
    ],
  };
}
