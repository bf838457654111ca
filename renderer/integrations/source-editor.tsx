import { useId } from "react";
import { useStore } from "zustand";
import { integrationTexts } from "../texts/integration-texts.ts";
import { writeJson } from "./json-text.ts";
import { textTrouble } from "./typed-text.ts";
import type { Workbench } from "./workbench.ts";

const { define: words } = integrationTexts;

/** The definition as JSON. A text that cannot be read stays as it is typed, and is told. */
export function SourceEditor({ workbench }: { readonly workbench: Workbench }) {
  const typed = useStore(workbench.store, (state) => state.typed.source);
  const draft = useStore(workbench.store, (state) => state.draft);
  const trouble = textTrouble(typed, "object");
  const id = useId();
  return (
    <div className="source-editor">
      <p className="hint" id={`${id}-hint`}>
        {words.sourceHint}
      </p>
      <textarea
        className="code"
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        aria-label={words.sourceLabel}
        aria-describedby={`${id}-hint ${id}-error`}
        aria-invalid={trouble !== null}
        value={typed ?? writeJson(draft)}
        onChange={(event) => workbench.editSource(event.currentTarget.value)}
      />
      <p className="field-error" id={`${id}-error`} role="alert">
        {trouble === null ? "" : `${words.wrong}${trouble}`}
      </p>
    </div>
  );
}
