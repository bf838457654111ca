import { CircleCheck, CircleX, Ellipsis, type LucideIcon, OctagonPause, TriangleAlert } from "lucide-react";
import { useEffect, useRef } from "react";
import { assertNever } from "../../shared/assert-never.ts";
import { describeFault } from "../texts/fault-words.ts";
import { healthTexts } from "../texts/health-texts.ts";
import { type Answer, type Problem, problemsIn, problemTitle, sentenceOf } from "./health-answer.ts";
import { HealthRemedies } from "./health-remedies.tsx";

const icons: Readonly<Record<Answer["kind"], LucideIcon>> = {
  unknown: Ellipsis,
  running: Ellipsis,
  stopped: OctagonPause,
  nothing: TriangleAlert,
  good: CircleCheck,
  doubtful: TriangleAlert,
  bad: CircleX,
};

/** The answer to "what is wrong" in one sentence, why, and what to do; below it what else is wrong. */
export function HealthAnswerBlock({ answer }: { readonly answer: Answer }) {
  const Icon = icons[answer.kind];
  const sentence = sentenceOf(answer);
  const [first, ...others] = problemsIn(answer);
  return (
    <section className="health-answer" data-kind={answer.kind} aria-label={sentence}>
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      <div className="health-answer-words">
        <h3>{sentence}</h3>
        <Hint answer={answer} />
        {first === undefined ? null : <MainProblem problem={first} titled={answer.kind !== "bad"} />}
        {others.length === 0 ? null : (
          <>
            <h4>{healthTexts.answer.also}</h4>
            <ul className="health-also">
              {others.map((problem) => (
                <li key={`${problem.fault.code} ${problem.fault.from ?? ""}`}>{problemTitle(problem)}</li>
              ))}
            </ul>
          </>
        )}
      </div>
      <SaidOnce sentence={answer.kind === "unknown" || answer.kind === "running" ? "" : sentence} />
    </section>
  );
}

function Hint({ answer }: { readonly answer: Answer }) {
  const { goodHint, stoppedHint, nothingHint } = healthTexts.answer;
  switch (answer.kind) {
    case "good":
      return <p>{goodHint(answer.checks, answer.notTried)}</p>;
    case "doubtful":
      return <p>{answer.doubts[0]?.outcome.remedy}</p>;
    case "stopped":
      return answer.problems.length > 0 ? null : <p>{stoppedHint}</p>;
    case "nothing":
      return <p>{nothingHint}</p>;
    case "unknown":
    case "running":
    case "bad":
      return null;
    default:
      return assertNever(answer);
  }
}

/** `titled`: the sentence on top says something else. */
function MainProblem({ problem, titled }: { readonly problem: Problem; readonly titled: boolean }) {
  const { cause, remedy } = describeFault(problem.fault);
  return (
    <>
      {titled ? (
        <>
          <h4>{healthTexts.answer.soFar}</h4>
          <p className="health-so-far">{problemTitle(problem)}</p>
        </>
      ) : null}
      <p>{cause}</p>
      <p className="health-remedy">{remedy}</p>
      <HealthRemedies subjects={problem.subjects} />
    </>
  );
}

/** Heard when a run is over, and once when the page opens on one that was. A status that is there from the start would not be. */
function SaidOnce({ sentence }: { readonly sentence: string }) {
  const status = useRef<HTMLOutputElement>(null);
  useEffect(() => {
    if (status.current !== null) status.current.textContent = sentence;
  }, [sentence]);
  return <output ref={status} className="visually-hidden" />;
}
