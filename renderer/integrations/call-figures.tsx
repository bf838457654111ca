import type { IntegrationStats } from "../../shared/integration-view.ts";
import { useNow } from "../panel-context.tsx";
import { integrationTexts } from "../texts/integration-texts.ts";
import { formatCount, formatCountdown, formatMoment } from "../ui/format.ts";
import { KeyFigure } from "../ui/key-figure.tsx";
import { errorRate, formatMs, formatRate, pauseLeftMs } from "./row-words.ts";

const { register, figures } = integrationTexts;
const { kpi: words } = register;

/** How the calls of an integration have gone since the program began. */
export function CallFigures({ stats }: { readonly stats: IntegrationStats }) {
  const rate = errorRate(stats);
  const last = useNow((now) => (stats.lastAt === null ? words.never : words.lastCall(formatMoment(stats.lastAt, now))));
  const paused = useNow((now) => {
    const left = pauseLeftMs(stats, now);
    return left === null ? null : formatCountdown(left);
  });
  return (
    <section aria-label={register.watch}>
      <h3>{register.watch}</h3>
      <dl className="kpi call-figures">
        <KeyFigure name={words.calls} value={formatCount(stats.calls)} hint={last} />
        <KeyFigure name={words.errors} value={rate === null ? figures.unknown : formatRate(rate)} hint={words.failures(stats.failures)} bad={stats.failures > 0} />
        <KeyFigure name={words.p50} value={formatMs(stats.p50)} hint={words.half} />
        <KeyFigure name={words.p95} value={formatMs(stats.p95)} hint={words.most} />
        <KeyFigure name={words.p99} value={formatMs(stats.p99)} hint={words.nearlyAll} />
        <KeyFigure name={words.host} value={paused === null ? words.open : words.paused} hint={paused === null ? words.openHint : words.pausedHint(paused)} bad={paused !== null} />
      </dl>
    </section>
  );
}
