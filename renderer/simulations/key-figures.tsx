import type { SimulationsView, SimulationWork } from "../../shared/simulation-view.ts";
import type { Counts } from "../../shared/simulation.ts";
import { useNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { formatDuration } from "../ui/format.ts";
import { KeyFigure } from "../ui/key-figure.tsx";
import { barParts, barWords, roughTime, spentTime, toneOf, wholePercent } from "./words.ts";

const { figures: words, figure } = simulationTexts;

interface KeyFiguresProps {
  readonly view: SimulationsView;
  /** As it is drawn: not with every case that is done. */
  readonly work: SimulationWork;
}

/** The batch in five figures and a bar; of the one under way, or of the one that is over. */
export function KeyFigures({ view, work }: KeyFiguresProps) {
  const { batch, comparison } = view;
  const progress = work.kind === "running" || work.kind === "cancelling" ? work.progress : null;
  const counts = progress?.counts ?? batch?.counts ?? null;
  const total = progress?.total ?? counts?.total ?? view.suite?.cases ?? 0;
  const failedHint = progress === null && comparison !== null ? words.broken(comparison.broken.length) : words.noBaseline;
  return (
    <>
      <dl className="kpi" aria-label={words.label}>
        <KeyFigure name={words.passed} value={counts === null ? texts.none : figure(counts.passed)} hint={words.ofCases(total)} />
        <KeyFigure
          name={words.failed}
          value={counts === null ? texts.none : figure(counts.failed)}
          hint={batch === null || progress !== null ? "" : failedHint}
          bad={counts !== null && counts.failed > 0}
        />
        <KeyFigure
          name={words.inconclusive}
          value={counts === null ? texts.none : figure(counts.inconclusive)}
          hint={counts === null ? "" : words.others(counts.flaky, counts.errors)}
        />
        <CoverageFigure view={view} underWay={progress !== null} />
        <TimeFigure view={view} work={work} />
      </dl>
      <CountBar counts={counts} total={total} />
    </>
  );
}

function CoverageFigure({ view, underWay }: { readonly view: SimulationsView; readonly underWay: boolean }) {
  const coverage = underWay ? null : (view.batch?.coverage ?? null);
  if (coverage === null) {
    const measured = (view.suite?.expectedFlows ?? 0) > 0;
    return <KeyFigure name={words.coverage} value={texts.none} hint={measured ? words.afterBatch : words.notMeasured} />;
  }
  if (coverage.share === null) return <KeyFigure name={words.coverage} value={texts.none} hint={words.notMeasured} />;
  const expected = coverage.flows.length;
  return (
    <KeyFigure
      name={words.coverage}
      value={simulationTexts.percent(wholePercent(coverage.share))}
      hint={words.flows(expected - coverage.missing.length, expected)}
    />
  );
}

function TimeFigure({ view, work }: KeyFiguresProps) {
  const underWay = work.kind === "running" || work.kind === "cancelling";
  const since = underWay ? work.since : null;
  const elapsed = useNow((now) => (since === null ? null : formatDuration(now - since)));
  if (work.kind === "running" || work.kind === "cancelling") {
    const { leftMs } = work.progress;
    return <KeyFigure name={words.time} value={elapsed ?? texts.none} hint={leftMs === null ? words.leftUnknown : words.left(roughTime(leftMs))} />;
  }
  const { batch } = view;
  return <KeyFigure name={words.time} value={spentTime(batch === null ? null : batch.finishedAt - batch.startedAt)} hint="" />;
}

/** The verdicts as parts of one bar; what has no verdict yet is empty. */
function CountBar({ counts, total }: { readonly counts: Counts | null; readonly total: number }) {
  const shown = counts === null ? null : { ...counts, total };
  return (
    <div className="count-bar" role="img" aria-label={shown === null ? simulationTexts.status.idle : barWords(shown)}>
      {shown === null
        ? null
        : barParts(shown).map(({ state, width }) => <i key={state} data-tone={toneOf(state)} data-state={state} style={{ width: `${width}%` }} />)}
    </div>
  );
}
