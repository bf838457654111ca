import { useEffect, useRef, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { SetupSystem, SetupView } from "../../shared/setup.ts";
import { setupFields } from "../../shared/setup-fields.ts";
import { setupTexts } from "../texts/setup-texts.ts";
import { FaultNote, Note } from "../ui/note.tsx";
import { SecretFields } from "./secret-fields.tsx";
import type { SetupActions } from "./setup-actions.ts";
import { SetupField } from "./setup-field.tsx";
import { SystemFoot } from "./system-foot.tsx";
import { TrialSteps } from "./trial-steps.tsx";
import { useTypedForm } from "./use-typed-form.ts";

interface SystemFormProps {
  readonly system: SetupSystem;
  readonly view: Pick<SetupView, "why" | "vaultHindrance" | "draftTrouble">;
  readonly at: number;
  readonly of: number;
  readonly actions: SetupActions;
  /** Null where there is nothing before it. */
  readonly onBack: (() => void) | null;
  readonly onNext: () => void;
}

/** One system: its few fields, its keys, how the trial goes, and what can be done. */
export function SystemForm({ system, view, at, of, actions, onBack, onNext }: SystemFormProps) {
  const name = system.form.system;
  const words = setupTexts.systems[name];
  const typed = useTypedForm(system.form, actions);
  const [asked, setAsked] = useState(false);
  const [said, setSaid] = useState("");
  const [fault, setFault] = useState<Fault | null>(null);
  const head = useRef<HTMLHeadingElement>(null);
  // Where the one before went away, with the button that had the focus.
  useEffect(() => head.current?.focus(), []);
  const run = async (work: () => Promise<Result<null, Fault>>, good: string): Promise<void> => {
    setAsked(true);
    setSaid("");
    const sent = await typed.flush();
    const done = sent.ok ? await work() : sent;
    // What is wrong with a field is said at the field.
    setFault(done.ok || done.error.code === "invalid-input" ? null : done.error);
    if (done.ok) setSaid(good);
  };
  const fields = setupFields[name].map((field) => (
    <SetupField key={field.key} field={field} system={system} asked={asked} value={typed.value(field.key)} onType={(value) => typed.type(field.key, value)} />
  ));
  const usual = fields.filter((_, index) => setupFields[name][index]?.use !== "own");
  const own = fields.filter((_, index) => setupFields[name][index]?.use === "own");
  const whole = system.problems.filter((one) => one.kind === "elsewhere");
  return (
    <form
      className="setup-form"
      autoComplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => actions.save(name), setupTexts.saved(words.name));
      }}
    >
      <div className="setup-head">
        <p className="setup-at">{setupTexts.place(at, of)}</p>
        <h3 ref={head} tabIndex={-1}>
          {words.name}
        </h3>
        <p>{words.does}</p>
        {at === 1 ? <p className="hint">{setupTexts.why[view.why]}</p> : null}
      </div>
      {whole.length === 0 ? null : (
        <Note tone="bad">
          <b>{setupTexts.problemElsewhere}</b> {whole.map(({ found, allowed }) => setupTexts.problem(found, allowed)).join(" ")}
        </Note>
      )}
      {usual}
      <SecretFields system={system} vault={view.vaultHindrance === null} actions={actions} />
      <details className="setup-own" open={usesOwn(system) ? true : undefined}>
        <summary>{setupTexts.own}</summary>
        <p className="hint">{setupTexts.ownHint}</p>
        {own}
      </details>
      <TrialSteps system={system} onTry={() => void run(() => actions.tryNow(name), "")} />
      {fault === null ? null : <FaultNote title={setupTexts.failed} fault={fault} />}
      <SystemFoot system={system} said={said === "" && view.draftTrouble === null ? setupTexts.draft : said} onUndo={() => void run(() => actions.undo(name), setupTexts.savedUndone(words.name))} onBack={onBack} onNext={onNext} />
    </form>
  );
}

/** What was entered there, or is pointed to, is not to be searched for. */
function usesOwn({ form, trial }: SetupSystem): boolean {
  const own = new Set(setupFields[form.system].filter(({ use }) => use === "own").map(({ key }) => key));
  const pointed = trial.kind === "fails" && trial.key !== null && own.has(trial.key);
  return pointed || form.fields.some(({ key, value }) => own.has(key) && value !== "");
}
