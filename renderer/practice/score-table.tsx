import { useId } from "react";
import type { PracticeScore, PracticeView } from "../../shared/practice.ts";
import { useWallNow } from "../panel-context.tsx";
import { practiceTexts } from "../texts/practice-texts.ts";
import { texts } from "../texts.ts";
import { formatCount, formatDecimal, formatElapsed, formatMoment } from "../ui/format.ts";
import { titleOf } from "./practice-orders.ts";

const { scores: words, score: scoreWords, choose } = practiceTexts;

interface ScoreTableProps {
  readonly view: PracticeView;
  readonly opened: string | null;
  readonly onOpen: (id: string) => void;
}

/** All scores that are kept, the newest first. */
export function ScoreTable({ view, opened, onOpen }: ScoreTableProps) {
  const titleId = useId();
  return (
    <section className="practice-scores" aria-labelledby={titleId}>
      <h2 id={titleId}>{words.title}</h2>
      {view.scores.length === 0 ? (
        <p className="hint">{words.none}</p>
      ) : (
        <table aria-labelledby={titleId}>
          <thead>
            <tr>
              <th scope="col">{words.call}</th>
              <th scope="col">{words.when}</th>
              <th scope="col">{words.used}</th>
              <th scope="col">{words.missed}</th>
              <th scope="col">{words.seconds}</th>
              <th scope="col" className="practice-wide">{words.how}</th>
            </tr>
          </thead>
          <tbody>
            {view.scores.map((score) => (
              <ScoreLine key={score.id} score={score} title={titleOf(view, score.callId) ?? words.unknownCall} opened={score.id === opened} onOpen={() => onOpen(score.id)} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

interface ScoreLineProps {
  readonly score: PracticeScore;
  readonly title: string;
  readonly opened: boolean;
  readonly onOpen: () => void;
}

function ScoreLine({ score, title, opened, onOpen }: ScoreLineProps) {
  const when = useWallNow((now) => formatMoment(score.startedAt, now));
  return (
    <tr aria-current={opened ? "true" : undefined}>
      <th scope="row">
        <button type="button" className="practice-link" aria-label={words.open(title, when)} onClick={onOpen}>
          {title}
        </button>
        {score.end === "finished" ? null : <span className="tag toned" data-tone="warn" title={scoreWords.ends[score.end]}>{scoreWords.unfinished}</span>}
      </th>
      <td>{when}</td>
      <td>{words.ofMoments(formatCount(score.used), formatCount(score.moments))}</td>
      <td data-bad={score.missed > 0}>{formatCount(score.missed)}</td>
      <td>{score.secondsToUse === null ? texts.none : formatElapsed(score.secondsToUse * 1_000)}</td>
      <td className="practice-wide">
        {choose.times(formatDecimal(score.speed))} {score.fault === "none" ? null : choose.faults[score.fault]}
      </td>
    </tr>
  );
}
