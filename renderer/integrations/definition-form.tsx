import { useStore } from "zustand";
import type { IntegrationsView } from "../../shared/integration-view.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { BodyField } from "./body-field.tsx";
import { DefinitionField, fieldControl } from "./definition-field.tsx";
import { fieldChoices, fieldDefaults, type FieldName, textOf } from "./definition-fields.ts";
import { HeaderFields } from "./header-fields.tsx";
import { SecretField } from "./secret-field.tsx";
import type { Workbench } from "./workbench.ts";

const { define: words, choices } = integrationTexts;

interface DefinitionFormProps {
  readonly workbench: Workbench;
  readonly secrets: IntegrationsView["secrets"];
  readonly locked: boolean;
}

/** Every field of a definition with its rule. What is typed is the draft at once. */
export function DefinitionForm({ workbench, secrets, locked }: DefinitionFormProps) {
  const { groups } = words;
  return (
    <fieldset className="definition-form" disabled={locked}>
      <section aria-label={groups.about}>
        <h3>{groups.about}</h3>
        <TextField name="name" workbench={workbench} />
        <TextField name="description" workbench={workbench} lines={2} />
        <TextField name="bot_id" workbench={workbench} code />
        <ChoiceField name="status" workbench={workbench} />
      </section>
      <section aria-label={groups.request}>
        <h3>{groups.request}</h3>
        <ChoiceField name="config.method" workbench={workbench} />
        <TextField name="config.url" workbench={workbench} code />
        <HeaderFields workbench={workbench} />
        <BodyField workbench={workbench} />
        <TextField name="config.timeout_seconds" workbench={workbench} narrow />
      </section>
      <section aria-label={groups.signIn}>
        <h3>{groups.signIn}</h3>
        <ChoiceField name="config.auth_type" workbench={workbench} />
        <SecretField workbench={workbench} secrets={secrets} />
        <TextField name="config.auth_header_name" workbench={workbench} code />
      </section>
      <section aria-label={groups.reply}>
        <h3>{groups.reply}</h3>
        <TextField name="config.response_mapping.extract" workbench={workbench} lines={2} code />
        <ChoiceField name="config.response_mapping.normalize" workbench={workbench} />
      </section>
    </fieldset>
  );
}

interface TextFieldProps {
  readonly name: FieldName;
  readonly workbench: Workbench;
  readonly lines?: number;
  readonly code?: boolean;
  readonly narrow?: boolean;
}

/** A field that is text; a number where the schema wants one and one was typed. */
function TextField({ name, workbench, lines, code = false, narrow = false }: TextFieldProps) {
  const draft = useStore(workbench.store, (state) => state.draft);
  const problems = useStore(workbench.store, (state) => state.problems);
  const change = (typed: string): void => {
    const isNumber = typeof fieldDefaults[name] === "number" && typed.trim() !== "" && Number.isFinite(Number(typed));
    workbench.edit(name.split("."), isNumber ? Number(typed) : typed);
  };
  const common = {
    ...fieldControl(name, problems),
    className: code ? "input code" : "input",
    dir: code ? ("ltr" as const) : ("auto" as const),
    autoComplete: "off",
    spellCheck: false,
    value: textOf(draft, name),
  };
  return (
    <DefinitionField name={name} problems={problems}>
      {lines === undefined ? (
        <input {...common} type="text" data-narrow={narrow} inputMode={narrow ? "numeric" : undefined} onChange={(event) => change(event.currentTarget.value)} />
      ) : (
        <textarea {...common} rows={lines} onChange={(event) => change(event.currentTarget.value)} />
      )}
    </DefinitionField>
  );
}

interface ChoiceFieldProps {
  readonly name: keyof typeof fieldChoices;
  readonly workbench: Workbench;
}

/** One of a few. What is written and not among them is shown as it is. */
function ChoiceField({ name, workbench }: ChoiceFieldProps) {
  const draft = useStore(workbench.store, (state) => state.draft);
  const problems = useStore(workbench.store, (state) => state.problems);
  const value = textOf(draft, name);
  const offered: readonly string[] = fieldChoices[name];
  return (
    <DefinitionField name={name} problems={problems}>
      <select {...fieldControl(name, problems)} className="input" value={value} onChange={(event) => workbench.edit(name.split("."), event.currentTarget.value)}>
        {(offered.includes(value) ? offered : [value, ...offered]).map((one) => (
          <option key={one} value={one}>
            {choiceWords(name, one)}
          </option>
        ))}
      </select>
    </DefinitionField>
  );
}

function choiceWords(name: FieldName, value: string): string {
  if (name === "config.response_mapping.normalize" && value === "none") return choices.asIs;
  const known: Readonly<Record<string, string>> = choices;
  return Object.hasOwn(known, value) ? (known[value] ?? value) : value;
}
