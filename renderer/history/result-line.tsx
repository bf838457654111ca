import { memo } from "react";
import type { HistoryHit } from "../../shared/history.ts";
import { channelName, fullName } from "../panel/interaction-names.ts";
import { MarkedText } from "../panel/marked-text.tsx";
import { texts } from "../texts.ts";
import { historyTexts } from "../texts/history-texts.ts";
import { formatDate, formatTime } from "../ui/format.ts";

const { search: words } = historyTexts;

/** One interaction that was found: with whom, when and where, and the lines in which the words stand. */
export const ResultLine = memo(function ResultLine({ hit }: { readonly hit: HistoryHit }) {
  const { interaction, utterances, sets, snippets } = hit;
  const meta = [channelName(interaction), ...(interaction.queue === undefined ? [] : [texts.interactions.queue(interaction.queue)]), words.lines(utterances), ...(sets === 0 ? [] : [words.moments(sets)])];
  return (
    <>
      <p className="past-line-head">
        <bdi className="ellipsis">{fullName(interaction)}</bdi>
        {interaction.status === "live" ? <span className="tag">{words.live}</span> : null}
        <span className="past-line-when">
          {formatDate(interaction.startedAt)} · {formatTime(interaction.startedAt)}
        </span>
      </p>
      <p className="past-line-meta ellipsis">{meta.join(" · ")}</p>
      {snippets.map(({ speaker, text, marks }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- at most three, and they never move
        <p key={index} className="past-snippet" dir="auto">
          <b>{speakerName(speaker)}</b> <MarkedText text={text} marks={marks} />
        </p>
      ))}
    </>
  );
});

/** Who said it; what nobody said was suggested. */
function speakerName(speaker: string | null): string {
  switch (speaker) {
    case "agent":
    case "customer":
    case "bot":
    case "unknown":
      return texts.transcript[speaker];
    case null:
    default:
      return words.suggested;
  }
}
