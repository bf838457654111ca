import { useId, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { PracticeCall, PracticeStart, PracticeView } from "../../shared/practice.ts";
import { practiceTexts } from "../texts/practice-texts.ts";
import { formatCount, formatDecimal } from "../ui/format.ts";
import { FaultNote } from "../ui/note.tsx";
import { bestOf } from "./practice-orders.ts";
import { RadioRow } from "./radio-row.tsx";
import { useBegin } from "./use-practice-actions.ts";

const words = practiceTexts.choose;
/** The same as main's `practiceFaults`, which would bring its schema library along. */
const faults = ["none", "slow", "failing", "dropping"] as const satisfies readonly PracticeStart["fault"][];
const SPEEDS = [0.5, 1, 1.5, 2, 4] as const;

interface CallChoiceProps {
  readonly view: PracticeView;
  readonly onBegun: () => void;
}

/** Which call, how fast, on which platform. What was chosen last stays chosen. */
export function CallChoice({ view, onBegun }: CallChoiceProps) {
  const [last] = view.scores;
  const [callId, setCallId] = useState(last?.callId ?? view.calls[0]?.id ?? "");
  const [speed, setSpeed] = useState(last?.speed ?? 1);
  const [fault, setFault] = useState<PracticeStart["fault"]>(last?.fault ?? "none");
  const [attempt, setAttempt] = useState<{ readonly kind: "none" } | { readonly kind: "starting" } | { readonly kind: "failed"; readonly fault: Fault }>({ kind: "none" });
  const begin = useBegin();
  const titleId = useId();
  const start = async (): Promise<void> => {
    setAttempt({ kind: "starting" });
    const begun = await begin({ callId, speed, fault });
    setAttempt(begun.ok ? { kind: "none" } : { kind: "failed", fault: begun.error });
    if (begun.ok) onBegun();
  };
  return (
    <form
      className="practice-choice"
      aria-labelledby={titleId}
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <h2 id={titleId}>{words.title}</h2>
      <div className="practice-calls" role="radiogroup" aria-labelledby={titleId}>
        {view.calls.map((call) => (
          <CallOption key={call.id} call={call} view={view} chosen={call.id === callId} onChoose={() => setCallId(call.id)} />
        ))}
      </div>
      <div className="practice-go">
        <div className="practice-how">
          <RadioRow label={words.speed} hint={words.speedHint} value={speed} options={SPEEDS.map((one) => [one, words.times(formatDecimal(one))])} onChange={setSpeed} />
          <RadioRow label={words.fault} hint={words.faultHints[fault]} value={fault} options={faults.map((one) => [one, words.faults[one]])} onChange={setFault} />
        </div>
        <button type="submit" className="button button-main practice-start" disabled={attempt.kind === "starting"}>
          {attempt.kind === "starting" ? words.starting : view.state.kind === "running" ? words.restart : words.start}
        </button>
      </div>
      {attempt.kind === "failed" ? <FaultNote title={words.failed} fault={attempt.fault} /> : null}
    </form>
  );
}

interface CallOptionProps {
  readonly call: PracticeCall;
  readonly view: PracticeView;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function CallOption({ call, view, chosen, onChoose }: CallOptionProps) {
  const id = useId();
  const best = bestOf(view, call.id);
  return (
    <div className="practice-call">
      <input id={id} type="radio" name="practice-call" value={call.id} checked={chosen} aria-describedby={`${id}-about`} onChange={onChoose} />
      <div className="practice-call-words">
        <label htmlFor={id} lang={call.language}>
          {call.title}
        </label>
        <div id={`${id}-about`}>
          <p className="practice-about">{call.about}</p>
          <p className="practice-facts">
            <span>{known(words.languages, call.language)}</span>
            <span>{known(words.channels, call.channel)}</span>
            <span lang={call.language}>{call.queue}</span>
            <span>{words.minutes(formatDecimal(call.minutes))}</span>
            <span>{words.moments(call.moments)}</span>
            {best === null ? null : <span className="practice-best">{words.best(formatCount(best.used), formatCount(best.moments))}</span>}
          </p>
        </div>
      </div>
    </div>
  );
}

/** The word for a value that main knows by a short name; one that is new here stands for itself. */
function known(names: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(names, value) ? (names[value] ?? value) : value;
}
