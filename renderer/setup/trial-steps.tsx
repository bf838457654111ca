import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import type { SetupStep, SetupSystem, SetupTrial } from "../../shared/setup.ts";
import { setupSteps } from "../../shared/setup-fields.ts";
import { setupTexts } from "../texts/setup-texts.ts";
import { Note } from "../ui/note.tsx";
import { describeTrialFault } from "./trial-fault.ts";

const { trial: words } = setupTexts;

interface TrialStepsProps {
  readonly system: SetupSystem;
  readonly onTry: () => void;
}

/** How far the trial came, and what it stopped at, in the words of the error table. */
export function TrialSteps({ system: { trial }, onTry }: TrialStepsProps) {
  return (
    <section className="setup-trial" aria-label={words.title}>
      <ol>
        {setupSteps.map((step) => {
          const state = stateOf(step, trial);
          return (
            <li key={step} data-state={state} aria-label={words[state](words.steps[step])}>
              {words.steps[step]}
            </li>
          );
        })}
      </ol>
      <div className="setup-trial-words">
        <output data-tone={trial.kind === "works" ? "ok" : trial.kind === "fails" ? "bad" : "none"}>{outcomeWords(trial)}</output>
        {trial.kind === "trying" ? null : (
          <button type="button" className="button" onClick={onTry}>
            {words.again}
          </button>
        )}
      </div>
      {trial.kind === "fails" ? <TrialFault fault={trial.fault} /> : null}
    </section>
  );
}

/** What happened stands out; at which step is said above. */
function TrialFault({ fault }: { readonly fault: Fault }) {
  const { what, cause, remedy } = describeTrialFault(fault);
  return (
    <Note tone="bad">
      <b>{what}</b> {cause} {remedy}
    </Note>
  );
}

function outcomeWords(trial: SetupTrial): string {
  switch (trial.kind) {
    case "untried":
      return words.untried;
    case "trying":
      return words.trying(words.steps[trial.step]);
    case "works":
      return words.works;
    case "fails":
      return words.fails(words.steps[trial.step]);
    default:
      return assertNever(trial);
  }
}

function stateOf(step: SetupStep, trial: SetupTrial): "done" | "bad" | "open" {
  switch (trial.kind) {
    case "untried":
      return "open";
    case "works":
      return trial.passed.includes(step) ? "done" : "open";
    case "trying":
      return setupSteps.indexOf(step) < setupSteps.indexOf(trial.step) ? "done" : "open";
    case "fails":
      if (step === trial.step) return "bad";
      return setupSteps.indexOf(step) < setupSteps.indexOf(trial.step) ? "done" : "open";
    default:
      return assertNever(trial);
  }
}
