import { X } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { assertNever } from "../../shared/assert-never.ts";
import type { PracticeScore, PracticeView } from "../../shared/practice.ts";
import { practiceTexts } from "../texts/practice-texts.ts";
import { texts } from "../texts.ts";
import { formatCount, formatElapsed, formatPercent } from "../ui/format.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { KeyFigure } from "../ui/key-figure.tsx";
import { FaultNote, Note } from "../ui/note.tsx";
import { MomentList } from "./moment-list.tsx";
import { againOf, nextOf, titleOf } from "./practice-orders.ts";
import { useBegin } from "./use-practice-actions.ts";
import { type Moments, useMoments } from "./use-moments.ts";

const { score: words, scores } = practiceTexts;

interface ScoreCardProps {
  readonly view: PracticeView;
  readonly score: PracticeScore;
  /** It was asked for, and did not come by itself at the end of a call. */
  readonly asked: boolean;
  readonly onClose: () => void;
}

/** How a call went: in five figures, then moment by moment, and the way on. */
export function ScoreCard({ view, score, asked, onClose }: ScoreCardProps) {
  const begin = useBegin();
  const moments = useMoments(score.id);
  const titleId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const brought = useRef(false);
  // Once: who comes back to the view finds it as she left it.
  useEffect(() => {
    if (brought.current) return;
    brought.current = true;
    heading.current?.closest("section")?.scrollIntoView({ block: "start" });
    if (asked) heading.current?.focus({ preventScroll: true });
  }, [asked]);
  const title = titleOf(view, score.callId);
  const next = nextOf(view, score);
  return (
    <section className="practice-score" aria-labelledby={titleId}>
      <header className="practice-score-head">
        <h2 ref={heading} id={titleId} tabIndex={-1}>
          {words.title(title ?? scores.unknownCall)}
        </h2>
        {score.end === "finished" ? null : <span className="tag toned" data-tone="warn" title={words.unfinishedHint}>{words.unfinished}</span>}
        <span className="practice-end">{words.ends[score.end]}</span>
        <span className="practice-actions">
          {title === null ? null : (
            <button type="button" className="button" onClick={() => void begin(againOf(score))}>
              {words.again}
            </button>
          )}
          {next === null ? null : (
            <button type="button" className="button button-main" onClick={() => void begin(next)}>
              {words.next}
            </button>
          )}
          <IconButton icon={X} label={words.close} onClick={onClose} />
        </span>
      </header>
      <dl className="kpi" aria-label={words.label}>
        <KeyFigure name={words.moments} value={formatCount(score.moments)} hint={words.momentsHint} />
        <KeyFigure name={words.shown} value={formatCount(score.shown)} hint={words.shownHint} />
        <KeyFigure name={words.used} value={formatCount(score.used)} hint={score.shown === 0 ? words.usedNone : words.usedHint(formatPercent(score.used / score.shown))} />
        <KeyFigure name={words.missed} value={formatCount(score.missed)} hint={words.missedHint} bad={score.missed > 0} />
        <KeyFigure name={words.seconds} value={score.secondsToUse === null ? texts.none : formatElapsed(score.secondsToUse * 1_000)} hint={words.secondsHint} />
      </dl>
      <Details moments={moments} />
    </section>
  );
}

function Details({ moments }: { readonly moments: Moments }) {
  switch (moments.kind) {
    case "asking":
      return <output className="hint">{words.loading}</output>;
    case "failed":
      return <FaultNote title={words.gone} fault={moments.fault} />;
    case "known":
      return moments.moments.length === 0 ? <Note tone="none">{words.noMoments}</Note> : <MomentList moments={moments.moments} />;
    default:
      return assertNever(moments);
  }
}
