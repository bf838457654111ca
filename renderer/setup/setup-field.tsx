import { useId } from "react";
import { describeFault } from "../texts/fault-words.ts";
import type { SetupFixed, SetupSystem } from "../../shared/setup.ts";
import { setupBases, type setupFields } from "../../shared/setup-fields.ts";
import { setupTexts } from "../texts/setup-texts.ts";

type Field = (typeof setupFields)["assist"][number];
type FieldProblem = Exclude<SetupSystem["problems"][number], { readonly kind: "elsewhere" }>;

/** How much of what was typed is said again. */
const MAX_SAID = 60;

interface SetupFieldProps {
  readonly field: Field;
  readonly system: SetupSystem;
  /** The person has asked to save or to try: what is missing is said then, and not before. */
  readonly asked: boolean;
  readonly value: string;
  readonly onType: (value: string) => void;
}

/** A field with what it is, an example, where it is found, and what is wrong with it. One that is decided elsewhere is only shown. */
export function SetupField({ field, system, asked, value, onType }: SetupFieldProps) {
  const id = useId();
  const words = wordsOf(system.form.system, field.key);
  const fixed = system.fixed.find(({ key }) => key === field.key);
  if (fixed !== undefined) return <FixedField label={words.label} fixed={fixed} />;
  const problem = value.trim() === "" && !asked ? undefined : system.problems.filter((one) => one.kind !== "elsewhere").find(({ key }) => key === field.key);
  const { trial } = system;
  const pointed = trial.kind === "fails" && trial.key === field.key ? describeFault(trial.fault) : null;
  const wrong = problem !== undefined || pointed !== null;
  const control = {
    id,
    name: field.key,
    className: "input",
    "aria-invalid": wrong,
    "aria-describedby": `${id}-hint${wrong ? ` ${id}-wrong` : ""}`,
    value,
  } as const;
  return (
    <div className="setup-field" data-wrong={wrong}>
      <label htmlFor={id}>
        {words.label} {field.use === "needed" ? null : <small>{setupTexts.optional}</small>}
      </label>
      {field.choices === undefined ? (
        <input {...control} type="text" dir="ltr" spellCheck={false} autoCapitalize="off" autoComplete="off" maxLength={2_000} placeholder={words.example} onChange={(event) => onType(event.currentTarget.value)} />
      ) : (
        <select {...control} onChange={(event) => onType(event.currentTarget.value)}>
          <option value="">{setupTexts.choices.none}</option>
          {field.choices.map((choice) => (
            <option key={choice} value={choice}>
              {choiceWords(choice)}
            </option>
          ))}
        </select>
      )}
      <p className="hint" id={`${id}-hint`}>
        {words.hint}
      </p>
      {wrong ? (
        <p className="field-error" id={`${id}-wrong`}>
          {problem === undefined ? `${setupTexts.trial.here} ${pointed?.what ?? ""}` : problemWords(problem, field, system.form.system, value)}
        </p>
      ) : null}
    </div>
  );
}

function FixedField({ label, fixed: { value, by, reason } }: { readonly label: string; readonly fixed: SetupFixed }) {
  return (
    <div className="setup-field setup-fixed">
      <p className="setup-label">{label}</p>
      <p className="setup-value">{value === "" ? setupTexts.fixed.unknown : value}</p>
      <p className="hint">{setupTexts.fixed[by](reason)}</p>
    </div>
  );
}

function problemWords({ kind }: FieldProblem, { key, takes, use }: Field, system: SetupSystem["form"]["system"], value: string): string {
  const { allowed, nothing, quoted, agentId, orAddresses, problem } = setupTexts;
  const typed = value.trim();
  if (kind === "wrong") return problem(quoted(typed.length > MAX_SAID ? `${typed.slice(0, MAX_SAID)}…` : typed), allowed[takes]);
  if (key === "agentId") return problem(nothing, system === "bridge" ? agentId.bridge : agentId.assist);
  // The addresses that follow from it may be given in its place.
  return problem(nothing, use === "needed" && setupBases[system] === key ? orAddresses(allowed[takes]) : allowed[takes]);
}

function wordsOf(system: SetupSystem["form"]["system"], key: string) {
  const words: Readonly<Record<string, { readonly label: string; readonly hint: string; readonly example: string }>> = setupTexts.fields[system];
  return words[key] ?? { label: key, hint: "", example: "" };
}

function choiceWords(choice: string): string {
  const words: Readonly<Record<string, string>> = setupTexts.choices;
  return words[choice] ?? choice;
}
