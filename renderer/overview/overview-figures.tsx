import type { Overview } from "../../shared/overview.ts";
import { overviewTexts } from "../texts/overview-texts.ts";
import { texts } from "../texts.ts";
import { formatElapsed, formatFigure, formatLatency } from "../ui/format.ts";
import { KeyFigure } from "../ui/key-figure.tsx";
import { shareOf } from "./share.ts";

const { figures: words } = overviewTexts;

/** From here on seconds are read more easily. */
const SECONDS_FROM_MS = 9_950;

function latencyWords(ms: number): string {
  return ms < SECONDS_FROM_MS ? words.ms(formatLatency(ms)) : formatElapsed(ms);
}

/** How often suggestions were shown, and what became of them. */
export function OverviewFigures({ total }: { readonly total: Overview["total"] }) {
  const { sets, displayed, used, copied, sent, dismissed, helpful, notHelpful, withheld, fallbacks, latencyP50, latencyP95 } = total;
  const ofDisplayed = (count: number): string => {
    const share = shareOf(count, displayed);
    return share === null ? words.nothingDisplayed : words.ofDisplayed(share);
  };
  const fallbackShare = shareOf(fallbacks, sets);
  return (
    <dl className="kpi over-kpi" aria-label={words.label}>
      <KeyFigure name={words.displayed} value={formatFigure(displayed)} hint={words.ofSets(sets)} />
      <KeyFigure name={words.used} value={formatFigure(used)} hint={ofDisplayed(used)} />
      <KeyFigure name={words.copied} value={formatFigure(copied)} hint={ofDisplayed(copied)} />
      <KeyFigure name={words.sent} value={formatFigure(sent)} hint={ofDisplayed(sent)} />
      <KeyFigure name={words.dismissed} value={formatFigure(dismissed)} hint={helpful + notHelpful > 0 ? words.helpful(helpful, notHelpful) : ofDisplayed(dismissed)} />
      <KeyFigure name={words.withheld} value={formatFigure(withheld)} hint={words.byPolicy} />
      <KeyFigure name={words.fallbacks} value={formatFigure(fallbacks)} hint={fallbackShare === null ? words.noMoments : words.ofMoments(fallbackShare)} />
      <KeyFigure
        name={words.latency}
        value={latencyP95 === null ? texts.none : latencyWords(latencyP95)}
        hint={latencyP50 === null ? words.notMeasured : words.median(latencyWords(latencyP50))}
      />
    </dl>
  );
}
