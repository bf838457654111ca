import type { ReactNode } from "react";
import type { DefinitionProblem } from "../../shared/integration.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { fieldId, fieldOfProblem, type FieldName } from "./definition-fields.ts";

const { fields, rules } = integrationTexts;

/** What ties a control to its label, its rule and what is wrong with it. */
interface FieldControl {
  readonly id: string;
  readonly "aria-describedby": string;
  readonly "aria-invalid": boolean;
}

/** What a field's control is given. */
export function fieldControl(name: FieldName, problems: readonly DefinitionProblem[]): FieldControl {
  const id = fieldId(name);
  return { id, "aria-describedby": `${id}-rule ${id}-wrong`, "aria-invalid": problemsAt(name, problems).length > 0 };
}

function problemsAt(name: FieldName, problems: readonly DefinitionProblem[]): readonly DefinitionProblem[] {
  return problems.filter(({ path }) => fieldOfProblem(path) === name);
}

interface DefinitionFieldProps {
  readonly name: FieldName;
  readonly problems: readonly DefinitionProblem[];
  /** For a field of several controls: its name is that of the group, and the control gets the focus. */
  readonly group?: boolean;
  readonly children: ReactNode;
}

/** One field: its name, its control, its rule beside it, and what is wrong below. */
export function DefinitionField({ name, problems, group = false, children }: DefinitionFieldProps) {
  const id = fieldId(name);
  const wrong = problemsAt(name, problems);
  return (
    <div className="definition-field" data-wrong={wrong.length > 0} role={group ? "group" : undefined} aria-labelledby={group ? `${id}-label` : undefined}>
      {group ? (
        <span className="definition-label" id={`${id}-label`}>
          {fields[name]}
        </span>
      ) : (
        <label className="definition-label" htmlFor={id}>
          {fields[name]}
        </label>
      )}
      <div className="definition-control">{children}</div>
      <p className="definition-rule" id={`${id}-rule`}>
        {rules[name]}
      </p>
      <ul className="definition-wrong" id={`${id}-wrong`}>
        {wrong.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            {path === name ? null : <code>{path.slice(name.length).replace(/^\./u, "")} </code>}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
