import { memo } from "react";
import type { BridgeView } from "../../shared/bridge-view.ts";
import { useNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { formatAge, formatCount, formatMoment } from "../ui/format.ts";
import { KeyFigure } from "../ui/key-figure.tsx";
import { answeredPerMinute } from "./throughput-bars.ts";

const { figures: words } = bridgeViewTexts;

/** The bridge in seven figures, each with what it is of. */
export const BridgeFigures = memo(function BridgeFigures({ view }: { readonly view: BridgeView }) {
  const { queue, gaps, deadLetters, uncertain } = view;
  const perMinute = answeredPerMinute(view.throughput);
  return (
    <dl className="kpi" aria-label={words.label}>
      <KeyFigure
        name={words.answered}
        value={perMinute === null ? texts.none : formatCount(perMinute)}
        hint={words.ofReceived(view.answered, view.received)}
      />
      <KeyFigure name={words.waiting} value={formatCount(queue.waiting)} hint={words.working(queue.working)} />
      <OldestWait at={queue.oldestAt} />
      <KeyFigure name={words.duplicates} value={formatCount(view.duplicates)} hint={words.dropped} />
      <KeyFigure
        name={words.gaps}
        value={formatCount(Math.max(0, gaps.missed - gaps.recovered))}
        hint={words.gapsOf(gaps.missed, gaps.recovered)}
        bad={gaps.missed > gaps.recovered}
      />
      <KeyFigure name={words.dead} value={formatCount(deadLetters.count)} hint={deadLetters.count === 0 ? words.none : words.decide} bad={deadLetters.count > 0} />
      <KeyFigure name={words.uncertain} value={formatCount(uncertain.count)} hint={uncertain.count === 0 ? words.none : words.decide} bad={uncertain.count > 0} />
    </dl>
  );
});

function OldestWait({ at }: { readonly at: number | null }) {
  const age = useNow((now) => (at === null ? texts.none : formatAge(now - at)));
  const came = useNow((now) => (at === null ? words.nothingWaits : words.received(formatMoment(at, now))));
  return <KeyFigure name={words.oldest} value={age} hint={came} />;
}
