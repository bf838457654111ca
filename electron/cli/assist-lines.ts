import { assertNever } from "../../shared/assert-never.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { SuggestionSet, Trigger } from "../../shared/suggestion.ts";

/** One line of output (design 6): the event, its fields, and what a person reads instead (null: nothing). */
export interface Line {
  readonly event: string;
  readonly fields: object;
  readonly human: string | null;
}

/** The line for something that the assist capability tells, or null where the command line does not show it. */
export function assistLine(event: AssistEvent): Line | null {
  switch (event.kind) {
    case "suggestions":
      return suggestionLine(event.set);
    case "evaluated": {
      const { utteranceId, record } = event;
      if (record.triggered) return null;
      return { event: "untriggered", fields: { interactionId: record.interactionId, utteranceId }, human: null };
    }
    case "superseded":
      return {
        event: "superseded",
        fields: { interactionId: event.interactionId },
        human: `${event.interactionId}  overtaken by a newer utterance`,
      };
    case "malformed": {
      const { reason, bytes } = event;
      return { event: "malformed", fields: { reason, bytes }, human: `A frame of ${bytes} bytes was skipped: ${reason}` };
    }
    case "interaction":
    case "utterance":
    case "asking":
    case "rejudged":
    case "foreign":
      return null;
    default:
      return assertNever(event);
  }
}

/**
 * The line for a connection's state at `now` (ms since the Unix epoch): `connection {name, state, code?, reason?,
 * retryInMs?}`. `code` is the WebSocket close code, or the HTTP status of a refused upgrade.
 */
export function connectionLine(name: ConnectionName, state: ConnectionState, now: number): Line {
  const base = { name, state: state.kind };
  const line = (fields: object, words: string): Line => ({ event: "connection", fields: { ...base, ...fields }, human: `${name}: ${words}` });
  switch (state.kind) {
    case "reconnecting": {
      const retryInMs = Math.max(0, Math.round(state.retryAt - now));
      const { what, cause } = describeFault(state.fault);
      return line({ ...faultFields(state.fault), retryInMs }, `lost. ${what} ${cause} Next attempt in ${(retryInMs / 1_000).toFixed(1)} s`);
    }
    case "rejected": {
      const { what, cause, remedy } = describeFault(state.fault);
      return line(faultFields(state.fault), `refused. ${what} ${cause} ${remedy}`);
    }
    case "degraded":
      return line({ reason: state.detail }, `open, but not known to work: ${state.detail}`);
    case "idle":
    case "validating":
    case "connecting":
    case "connected":
    case "checking":
    case "closed":
      return line({}, state.kind);
    default:
      return assertNever(state);
  }
}

function suggestionLine(set: SuggestionSet): Line {
  const fields = {
    interactionId: set.interactionId,
    suggestions: set.suggestions.map(({ text, confidence, source }) => ({ text, confidence, source })),
    cached: set.origin === "cached",
    fallback: set.origin === "fallback",
    ...(set.replaces === undefined ? {} : { replaces: set.replaces }),
    blockedCount: set.withheld.length,
    latencyMs: set.latencyMs,
    trigger: triggerFields(set.trigger),
    utteranceId: set.utteranceId,
    outcome: set.outcome,
    ...(set.fault === undefined ? {} : { reason: set.fault.detail }),
  };
  return { event: "suggestion", fields, human: suggestionText(set) };
}

/** `match` and `matches` are the configured keywords; the words that they stood for are beside them. */
function triggerFields(trigger: Trigger): object {
  if (trigger.kind === "sentiment") return { kind: trigger.kind, score: trigger.score, threshold: trigger.threshold };
  const matches = trigger.matches.map((match) => match.keyword);
  return { kind: trigger.kind, match: matches[0], matches, words: trigger.matches.map((match) => match.text) };
}

function suggestionText(set: SuggestionSet): string {
  const why =
    set.trigger.kind === "sentiment" ? `sentiment ${set.trigger.score}` : `"${set.trigger.matches.map((match) => match.text).join('", "')}"`;
  const withheld = set.withheld.length === 0 ? "" : `, ${set.withheld.length} withheld`;
  const head = `${set.interactionId}  ${why}  ${set.origin}, ${Math.round(set.latencyMs)} ms${withheld}`;
  if (set.outcome === "empty") return `${head}\n  the platform had no suggestion`;
  if (set.outcome === "emptied") return `${head}\n  policy withheld every suggestion`;
  return [head, ...set.suggestions.map((one) => `  ${one.confidence.toFixed(2)}  ${one.text}${one.source === "" ? "" : `  (${one.source})`}`)].join("\n");
}

function faultFields(fault: Fault): object {
  const code = fault.closeCode ?? fault.status;
  return { ...(code === undefined ? {} : { code }), reason: fault.detail };
}
