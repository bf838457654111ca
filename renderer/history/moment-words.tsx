import type { InteractionRecord } from "../../shared/history.ts";
import type { Speaker } from "../../shared/interaction.ts";
import { texts } from "../texts.ts";
import { formatScore } from "../ui/format.ts";

interface MomentWordsProps {
  readonly trigger: InteractionRecord["sets"][number]["trigger"];
  readonly speaker: Speaker;
}

/** Why the platform was asked, in the words of the card: the words that were said, or how far the mood fell. */
export function MomentWords({ trigger, speaker }: MomentWordsProps) {
  if (trigger.kind === "sentiment") return <span className="past-why">{texts.card.sentiment(formatScore(trigger.score))}</span>;
  return (
    <span className="past-why">
      {texts.card.saidBy[speaker]}
      {[...new Set(trigger.matches.map(({ text }) => text))].map((word) => (
        <mark key={word}>{word}</mark>
      ))}
    </span>
  );
}
