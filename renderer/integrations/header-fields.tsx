import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useStore } from "zustand";
import type { JsonValue } from "../../shared/integration.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { DefinitionField, fieldControl } from "./definition-field.tsx";
import { fieldId, valueOf } from "./definition-fields.ts";
import { isMap, mapOf } from "./draft-fields.ts";
import type { Workbench } from "./workbench.ts";

const { define } = integrationTexts;
const { header: words } = define;
const PATH = ["config", "headers"];

interface HeaderRow {
  readonly id: number;
  readonly name: string;
  readonly value: JsonValue;
}

/** The rows as they are typed, and the map that they made: a name on its way to another may be there twice for a moment. */
interface HeaderRows {
  readonly rows: readonly HeaderRow[];
  readonly made: JsonValue;
}

/** Headers as rows of a name and a value. */
export function HeaderFields({ workbench }: { readonly workbench: Workbench }) {
  const draft = useStore(workbench.store, (state) => state.draft);
  const problems = useStore(workbench.store, (state) => state.problems);
  const written = valueOf(draft, "config.headers");
  const [typed, setTyped] = useState<HeaderRows>(() => rowsOf(written));
  // The same definition was changed elsewhere, as in its JSON.
  const { rows, made } = JSON.stringify(typed.made) === JSON.stringify(written) ? typed : rowsOf(written);

  const change = (next: readonly HeaderRow[]): void => {
    const map = mapOf(next.map(({ name, value }) => [name, value]));
    setTyped({ rows: next, made: map });
    workbench.edit(PATH, map);
  };
  const replace = (id: number, part: Partial<HeaderRow>): void => change(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const control = fieldControl("config.headers", problems);
  return (
    <DefinitionField name="config.headers" group problems={problems}>
      {isMap(made) ? (
        <div className="header-rows">
          {rows.map(({ id, name, value }, index) => (
            <div key={id} className="header-row">
              <input
                id={index === 0 ? control.id : undefined}
                className="input code"
                dir="ltr"
                spellCheck={false}
                autoComplete="off"
                aria-label={words.name}
                aria-describedby={control["aria-describedby"]}
                value={name}
                onChange={(event) => replace(id, { name: event.currentTarget.value })}
              />
              <input
                className="input code"
                dir="ltr"
                spellCheck={false}
                autoComplete="off"
                aria-label={`${words.value} ${name}`}
                value={typeof value === "string" ? value : JSON.stringify(value)}
                onChange={(event) => replace(id, { value: event.currentTarget.value })}
              />
              <IconButton icon={X} label={words.remove(name)} onClick={() => change(rows.filter((row) => row.id !== id))} />
              {rows.some((other) => other.id !== id && other.name === name) ? <p className="field-error">{words.twice}</p> : null}
            </div>
          ))}
          <button
            id={rows.length === 0 ? fieldId("config.headers") : undefined}
            type="button"
            className="button"
            onClick={() => change([...rows, { id: Math.max(0, ...rows.map(({ id }) => id)) + 1, name: "", value: "" }])}
          >
            <Plus size={14} strokeWidth={1.5} aria-hidden="true" />
            {words.add}
          </button>
        </div>
      ) : (
        <p className="hint" id={control.id} tabIndex={-1}>
          {define.notMap}
        </p>
      )}
    </DefinitionField>
  );
}

function rowsOf(written: JsonValue): HeaderRows {
  return { rows: isMap(written) ? Object.entries(written).map(([name, value], id) => ({ id, name, value })) : [], made: written };
}
