import { assertNever } from "../../shared/assert-never.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { SuggestionSet, Trigger } from "../../shared/suggestion.ts";
import type { Line } from "./line.ts";

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
