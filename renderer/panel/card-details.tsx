import { useId } from "react";
import { describeFault } from "../texts/fault-words.ts";
import type { SuggestionSet, Trigger } from "../../shared/suggestion.ts";
import { texts } from "../texts.ts";
import { formatFixed, formatLatency, formatPercent, formatScore, formatTimeWithSeconds } from "../ui/format.ts";
import type { CardItem } from "./card-order.ts";

interface CardDetailsProps {
  readonly item: CardItem;
}

/** Confidence and source in the card's foot; pressed, everything that is known of where the card comes from. */
export function CardDetails({ item }: CardDetailsProps) {
  const id = useId();
  const { suggestion, set, tunnelMs } = item;
  const percent = formatPercent(suggestion.confidence);
  const source = suggestion.source === "" ? texts.card.noSource : suggestion.source;
  const rows: readonly (readonly [string, string])[] = [
    [texts.details.trigger, triggerWords(set.trigger)],
    [texts.details.utterance, formatTimeWithSeconds(set.utteranceAt)],
    [texts.details.source, source],
    ...(set.origin === "fallback" ? [] : [[texts.details.confidence, formatFixed(suggestion.confidence, 2)] as const]),
    [texts.details.origin, originWords(set)],
    [texts.details.latency, texts.details.milliseconds(set.latencyMs)],
    [texts.details.upstream, set.upstreamMs === undefined ? texts.none : texts.details.milliseconds(set.upstreamMs)],
    [texts.details.policy, set.policyVersion],
    [texts.details.tunnel, tunnelMs === null ? texts.none : texts.latency(formatLatency(tunnelMs))],
  ];
  return (
    <>
      <button type="button" className="source" popoverTarget={id} title={texts.details.title}>
        {set.origin === "fallback" ? null : (
          <>
            <svg className="conf" width="36" height="4" role="img" aria-label={texts.card.confidence(percent)}>
              <rect className="conf-track" width="36" height="4" rx="2" />
              <rect className="conf-value" width={(36 * percent) / 100} height="4" rx="2" />
            </svg>
            <span aria-hidden="true">{percent}</span>
          </>
        )}
        <span className="ellipsis">{set.origin === "fallback" ? texts.card.details : source}</span>
      </button>
      <dialog id={id} popover="auto" className="popover" aria-label={texts.details.title}>
        <p className="popover-title">{texts.details.title}</p>
        <dl>
          {rows.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {set.fault === undefined ? null : <FaultWords set={set} />}
      </dialog>
    </>
  );
}

function FaultWords({ set }: { readonly set: SuggestionSet }) {
  if (set.fault === undefined) return null;
  const { what, remedy } = describeFault(set.fault);
  return (
    <p className="popover-fault">
      {what} {remedy}
    </p>
  );
}

function triggerWords(trigger: Trigger): string {
  if (trigger.kind === "sentiment") return texts.details.sentiment(formatScore(trigger.score), formatScore(trigger.threshold));
  return trigger.matches.map(({ keyword, text }) => texts.details.keyword(keyword, text)).join(", ");
}

function originWords(set: SuggestionSet): string {
  const words = `${texts.card.origin[set.origin]}, ${texts.details.originWords[set.origin]}`;
  return set.replaces === undefined ? words : `${words}, ${texts.card.lateAnswer}`;
}
