import type { EvaluationRecord } from "../../shared/assist-event.ts";
import type { Clock } from "../../shared/clock.ts";
import { toMicroseconds } from "./latency.ts";
import type { Moment, MomentOutcome } from "./moment.ts";

/** Makes the metrics records of contract 2.7. */
export interface EvaluationRecorder {
  /** `now`: wall clock, ms since the Unix epoch. */
  untriggered(interactionId: string, startedMs: number, now: number): EvaluationRecord;
  moment(moment: Moment, outcome: MomentOutcome): EvaluationRecord;
}

/** Formats a time once per millisecond: at full speed hundreds of records share one. */
export function createEvaluationRecorder(clock: Clock): EvaluationRecorder {
  let lastMs = Number.NaN;
  let lastText = "";
  const timestamp = (now: number): string => {
    if (now !== lastMs) {
      lastMs = now;
      lastText = new Date(now).toISOString();
    }
    return lastText;
  };
  return {
    untriggered: (interactionId, startedMs, now) => ({
      timestamp: timestamp(now),
      interactionId,
      triggered: false,
      cached: false,
      fallback: false,
      suggestionCount: 0,
      eventType: "AGENT_ASSIST_QUERY",
      latencyMs: toMicroseconds(clock.monotonic() - startedMs),
      trigger: null,
      blockedCount: 0,
      superseded: false,
    }),
    moment: (moment, outcome) => ({
      // A fallback may have stood for a while before it was final; an answer is final when it is shown.
      timestamp: timestamp(outcome.kind === "shown" && outcome.set.origin !== "fallback" ? outcome.set.at : clock.now()),
      interactionId: moment.interactionId,
      triggered: true,
      cached: outcome.kind === "shown" && outcome.set.origin === "cached",
      fallback: outcome.kind === "shown" && outcome.set.origin === "fallback",
      suggestionCount: outcome.kind === "shown" ? outcome.set.suggestions.length : 0,
      eventType: "AGENT_ASSIST_QUERY",
      latencyMs: outcome.kind === "shown" ? outcome.set.latencyMs : toMicroseconds(clock.monotonic() - moment.startedMs),
      trigger: moment.trigger.kind,
      blockedCount: outcome.kind === "shown" ? outcome.set.withheld.length : 0,
      superseded: outcome.kind === "superseded",
    }),
  };
}
