import "./practice-bar.css";
import { GraduationCap } from "lucide-react";
import type { PracticeScore, PracticeView } from "../../shared/practice.ts";
import { assertNever } from "../../shared/assert-never.ts";
import type { Place } from "../frame/places.ts";
import { useActions, usePanel, usePanelState } from "../panel-context.tsx";
import { practiceMarkTexts } from "../texts/practice-mark-texts.ts";
import { texts } from "../texts.ts";
import { formatCount, formatElapsed } from "../ui/format.ts";
import { againOf, lastScoreOf, nextOf, titleOf } from "./practice-orders.ts";
import { useBegin, usePracticeActions } from "./use-practice-actions.ts";
import { useWindowTitle } from "./use-window-title.ts";

const words = practiceMarkTexts;

/** The mark of practice over every view: nobody is to take it for the real thing. Nothing where it is none. */
export function PracticeBar({ place }: { readonly place: Place }) {
  const practising = usePanelState((state) => state.settings.mode === "practice");
  const view = usePanelState((state) => state.practice);
  useWindowTitle(practising);
  if (!practising) return null;
  return (
    <aside className="practice-bar" aria-label={words.label}>
      <GraduationCap size={16} strokeWidth={1.75} aria-hidden="true" />
      <b title={texts.practiceHint}>{words.label}</b>
      {view === null ? <p className="practice-words">{words.safe}</p> : <Course view={view} place={place} />}
    </aside>
  );
}

/** Where practice stands, and the way on from there. */
function Course({ view, place }: { readonly view: PracticeView; readonly place: Place }) {
  const { state } = view;
  switch (state.kind) {
    case "free":
      return (
        <>
          <p className="practice-words">{words.safe}</p>
          <ToPractice place={place} name={words.choose} />
        </>
      );
    case "ready":
      return <Over view={view} score={lastScoreOf(view)} place={place} />;
    case "running": {
      const title = titleOf(view, state.callId) ?? state.callId;
      return (
        <>
          <p className="practice-words" title={words.runningHint(title)}>
            {words.running(title, formatCount(state.tally.used), formatCount(state.tally.moments))}
          </p>
          <Stop />
        </>
      );
    }
    default:
      return assertNever(state);
  }
}

interface OverProps {
  readonly view: PracticeView;
  readonly score: PracticeScore | null;
  readonly place: Place;
}

/** The score in a line, told once it is there; the rest is a press away. */
function Over({ view, score, place }: OverProps) {
  const begin = useBegin();
  const next = score === null ? null : nextOf(view, score);
  return (
    <>
      <output className="practice-words">{score === null ? words.idle : lineOf(score)}</output>
      {place === "practice" ? null : (
        <span className="practice-buttons">
          <ToPractice place={place} name={score === null ? words.choose : words.score} />
          {score === null || titleOf(view, score.callId) === null ? null : (
            <button type="button" className="practice-button" onClick={() => void begin(againOf(score))}>
              {words.again}
            </button>
          )}
          {next === null ? null : (
            <button type="button" className="practice-button" onClick={() => void begin(next)}>
              {words.next}
            </button>
          )}
        </span>
      )}
    </>
  );
}

function lineOf({ moments, used, missed, secondsToUse }: PracticeScore): string {
  if (moments === 0) return words.overEmpty;
  const figures = [formatCount(used), formatCount(moments), formatCount(missed)] as const;
  return secondsToUse === null ? words.over(...figures) : words.overInTime(...figures, formatElapsed(secondsToUse * 1_000));
}

function ToPractice({ place, name }: { readonly place: Place; readonly name: string }) {
  const goTo = usePanel((view) => view.goTo);
  return place === "practice" ? null : (
    <button type="button" className="practice-button" aria-keyshortcuts="g p" title={texts.places.withKey(name, "p")} onClick={() => goTo("practice")}>
      {name}
    </button>
  );
}

function Stop() {
  const actions = usePracticeActions();
  const { report } = useActions();
  const stop = async (): Promise<void> => {
    const answer = await actions.stop();
    if (!answer.ok) report(answer.error);
  };
  return (
    <button type="button" className="practice-button" title={words.stopHint} onClick={() => void stop()}>
      {words.stop}
    </button>
  );
}
