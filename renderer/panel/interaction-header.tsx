import { useMemo } from "react";
import type { InteractionView } from "../../shared/panel-state.ts";
import { useActions, useNow, usePanelState } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge, formatDuration, formatScore } from "../ui/format.ts";
import { channelName, fullName, interactionLength } from "./interaction-names.ts";
import { sentimentLine } from "./sentiment-line.ts";

const TREND_WIDTH = 112;
const TREND_HEIGHT = 28;

/** Who is on the line, by which way, since when, and how the mood goes. */
export function InteractionHeader({ view }: { readonly view: InteractionView }) {
  const { interaction, utterances } = view;
  const threshold = usePanelState((state) => state.settings.triggers.sentimentThreshold);
  const actions = useActions();
  const length = useNow((now) => formatDuration(interactionLength(interaction, now)));
  const endedAge = useNow((now) => (interaction.endedAt === undefined ? null : formatAge(now - interaction.endedAt)));
  const line = useMemo(() => sentimentLine(utterances, TREND_WIDTH, TREND_HEIGHT), [utterances]);
  const ended = interaction.status === "ended";
  const meta = [
    ...(ended ? [endedAge === null ? texts.interactions.ended : texts.interactions.endedAgo(endedAge)] : []),
    channelName(interaction),
    length,
    ...(interaction.queue === undefined ? [] : [texts.interactions.queue(interaction.queue)]),
  ];
  return (
    <section className="who" aria-labelledby="who-name">
      <div className="who-words">
        <h1 id="who-name" className="ellipsis">
          {fullName(interaction)}
        </h1>
        <p className="meta ellipsis" title={meta.join(" · ")}>
          {meta.join(" · ")}
        </p>
      </div>
      {line === null ? null : (
        <div
          className="trend"
          data-low={line.last < threshold}
          title={texts.sentiment.label(texts.sentiment.directions[line.direction], formatScore(line.last))}
        >
          <svg
            role="img"
            width={TREND_WIDTH}
            height={TREND_HEIGHT}
            aria-label={texts.sentiment.label(texts.sentiment.directions[line.direction], formatScore(line.last))}
          >
            <path d={line.path} />
            <circle cx={line.end.x} cy={line.end.y} r="2.5" />
          </svg>
          <span aria-hidden="true">{texts.sentiment.directions[line.direction]}</span>
        </div>
      )}
      {ended ? (
        <button type="button" className="button" onClick={() => actions.closeInteraction(interaction.id)}>
          {texts.close}
        </button>
      ) : null}
    </section>
  );
}
