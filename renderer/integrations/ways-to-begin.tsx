import { useId, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { JsonValue } from "../../shared/integration.ts";
import type { Draft, ImportResult } from "../../shared/integration-view.ts";
import type { Result } from "../../shared/result.ts";
import { usePanelState } from "../panel-context.tsx";
import { integrationTexts } from "../texts/integration-texts.ts";
import { FaultNote } from "../ui/note.tsx";
import { useIntegrationActions } from "./use-integration-actions.ts";

const { begin: words } = integrationTexts;
const MAX_TEXT = 100_000;

/** Makes a new integration of a draft. `payload`: what the bot would send; `notes`: what is to be looked at. Gives its key. */
export type MakeIntegration = (draft: Draft, payload: JsonValue | null, notes: readonly string[]) => Promise<Result<string, Fault>>;

type ImportTrouble = Exclude<ImportResult, { kind: "draft" }>;

/** The ways to a new integration: the example, an import, or an empty form. */
export function WaysToBegin({ make }: { readonly make: MakeIntegration }) {
  const actions = useIntegrationActions();
  const practice = usePanelState((state) => state.settings.mode === "practice");
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const [trouble, setTrouble] = useState<ImportTrouble | null>(null);
  const id = useId();

  /** One at a time; what was typed stays where it does not work. */
  const attempt = async (work: () => Promise<Result<unknown, Fault>>): Promise<void> => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    const answer = await work();
    setBusy(false);
    if (!answer.ok) setFault(answer.error);
  };
  const example = async () => {
    const answer = await actions.example();
    return answer.ok ? make(answer.value.draft, answer.value.payload ?? null, []) : answer;
  };
  const importText = async (operation: string | null) => {
    const answer = await actions.import(text, operation);
    if (!answer.ok) return answer;
    if (answer.value.kind === "draft") return make(answer.value.draft, null, answer.value.notes);
    setTrouble(answer.value);
    return answer;
  };
  return (
    <div className="ways" aria-busy={busy}>
      {fault === null ? null : <FaultNote title={words.failed} fault={fault} />}
      {practice ? (
        <section className="way">
          <h2>{words.example}</h2>
          <p>{words.exampleHint}</p>
          <button type="button" className="button button-main" onClick={() => void attempt(example)}>
            {words.takeExample}
          </button>
        </section>
      ) : null}
      <section className="way">
        <h2>{words.import}</h2>
        <p id={`${id}-hint`}>{words.importHint}</p>
        <textarea
          className="code"
          rows={5}
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          data-typed={text.trim() !== ""}
          value={text}
          aria-label={words.importLabel}
          aria-describedby={`${id}-hint`}
          placeholder="curl https://…"
          onChange={(event) => {
            setText(event.currentTarget.value);
            setTrouble(null);
          }}
        />
        {text.length > MAX_TEXT ? (
          <p className="field-error" role="alert">
            {words.tooLong(text.length)}
          </p>
        ) : null}
        {trouble === null ? null : <ImportTroubleList trouble={trouble} onOperation={(operation) => void attempt(() => importText(operation))} />}
        <button type="button" className={practice ? "button" : "button button-main"} disabled={text.trim() === "" || text.length > MAX_TEXT} onClick={() => void attempt(() => importText(null))}>
          {words.importNow}
        </button>
      </section>
      <section className="way">
        <h2>{words.blank}</h2>
        <p>{words.blankHint}</p>
        <button type="button" className="button" onClick={() => void attempt(() => make(blankDraft(), null, []))}>
          {words.takeBlank}
        </button>
      </section>
      <output className="visually-hidden">{busy ? words.working : ""}</output>
    </div>
  );
}

interface ImportTroubleListProps {
  readonly trouble: ImportTrouble;
  readonly onOperation: (id: string) => void;
}

/** What to choose from, or why it could not be made into a draft. */
function ImportTroubleList({ trouble, onOperation }: ImportTroubleListProps) {
  if (trouble.kind === "operations") {
    return (
      <div className="way-trouble">
        <p role="status">{words.operations(trouble.operations.length)}</p>
        <ul className="operations">
          {trouble.operations.map(({ id, method, path, summary }) => (
            <li key={id}>
              <button type="button" className="operation" onClick={() => onOperation(id)}>
                <code>
                  {method} {path}
                </code>
                <span className="ellipsis">{summary}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    );
  }
  return (
    <div className="way-trouble" role="alert">
      <p className="field-error">{words.refused}</p>
      <ul className="import-problems">
        {trouble.problems.map(({ path, message, line }) => (
          <li key={`${line ?? ""} ${path} ${message}`}>
            {line === undefined ? null : <b>{words.line(line)} </b>}
            {path === "" ? null : <code>{path}</code>} {message}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What most integrations begin as: the bot's payload goes out, the whole reply comes back. */
function blankDraft(): Draft {
  return {
    name: words.blankName,
    bot_id: "",
    config: {
      url: "",
      method: "POST",
      request_mapping: { body: { $input: "bot.payload", transform: "json_merge" } },
      response_mapping: { extract: "*", normalize: "none" },
    },
  };
}
