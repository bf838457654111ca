import { useStore } from "zustand";
import type { JsonValue } from "../../shared/integration.ts";
import type { Draft } from "../../shared/integration-view.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { DefinitionField, fieldControl } from "./definition-field.tsx";
import { fieldAt, isMap } from "./draft-fields.ts";
import { writeJson } from "./json-text.ts";
import { textTrouble } from "./typed-text.ts";
import type { Workbench } from "./workbench.ts";

const { define: words } = integrationTexts;
const PATH = ["config", "request_mapping", "body"];
const MERGED = { $input: "bot.payload", transform: "json_merge" } as const;

/** What is sent: keys as they stand, and whether what the bot gives is merged into them (contract 4.4). */
export function BodyField({ workbench }: { readonly workbench: Workbench }) {
  const draft = useStore(workbench.store, (state) => state.draft);
  const problems = useStore(workbench.store, (state) => state.problems);
  const typed = useStore(workbench.store, (state) => state.typed.body);
  const body = fieldAt(draft, PATH);
  const merges = isMap(body) && Object.hasOwn(body, "$input");
  const trouble = textTrouble(typed, "object or nothing");
  const control = fieldControl("config.request_mapping", problems);
  return (
    <DefinitionField name="config.request_mapping" group problems={problems}>
      <label className="check">
        <input type="checkbox" checked={merges} disabled={trouble !== null} onChange={(event) => workbench.edit(PATH, withMerge(draft, event.currentTarget.checked))} />
        {words.merge}
      </label>
      <textarea
        {...control}
        className="input code"
        rows={5}
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        aria-label={words.bodyLabel}
        aria-invalid={control["aria-invalid"] || trouble !== null}
        placeholder={words.bodyEmpty}
        value={typed ?? (body === undefined ? "" : writeJson(body))}
        onChange={(event) => workbench.editBody(event.currentTarget.value)}
      />
      <p className="field-error" role="alert">
        {trouble === null ? "" : `${words.wrong}${trouble}`}
      </p>
    </DefinitionField>
  );
}

function withMerge(draft: Draft, merges: boolean): JsonValue | undefined {
  const body = fieldAt(draft, PATH);
  const others = isMap(body) ? Object.entries(body).filter(([key]) => !Object.hasOwn(MERGED, key)) : [];
  if (merges) return Object.fromEntries([...others, ...Object.entries(MERGED)]);
  return others.length === 0 ? undefined : Object.fromEntries(others);
}
