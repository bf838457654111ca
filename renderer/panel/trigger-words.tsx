import type { Speaker } from "../../shared/interaction.ts";
import type { Trigger } from "../../shared/suggestion.ts";
import { texts } from "../texts.ts";
import { formatScore } from "../ui/format.ts";

const WORDS_SHOWN = 2;

/** Why a card is here, in a few words: "Customer said refund", "Sentiment fell to −0.52". */
export function TriggerWords({ trigger, speaker }: { readonly trigger: Trigger; readonly speaker: Speaker }) {
  if (trigger.kind === "sentiment") return <span className="why-words">{texts.card.sentiment(formatScore(trigger.score))}</span>;
  const words = [...new Set(trigger.matches.map((match) => match.text))];
  const rest = words.length - WORDS_SHOWN;
  return (
    <span className="why-words">
      {texts.card.saidBy[speaker]}
      {words.slice(0, WORDS_SHOWN).map((word) => (
        <mark key={word}>{word}</mark>
      ))}
      {rest > 0 ? <span>{texts.card.moreWords(rest)}</span> : null}
    </span>
  );
}
