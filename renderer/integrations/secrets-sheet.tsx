import { useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { IntegrationsView, SecretRow } from "../../shared/integration-view.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { Confirm } from "../ui/confirm.tsx";
import { FaultNote, Note } from "../ui/note.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { StoreSecret } from "./store-secret.tsx";
import { useIntegrationActions } from "./use-integration-actions.ts";

const { secret: words } = integrationTexts;

/** What is in front of the sheet. */
type Asked = { readonly kind: "nothing" } | { readonly kind: "store"; readonly name: string | null } | { readonly kind: "delete"; readonly name: string };

interface SecretsSheetProps {
  readonly secrets: IntegrationsView["secrets"];
  readonly onClose: () => void;
}

/** All secrets by name: where each is kept, and what can be done with it. */
export function SecretsSheet({ secrets, onClose }: SecretsSheetProps) {
  const actions = useIntegrationActions();
  const [asked, setAsked] = useState<Asked>({ kind: "nothing" });
  const [fault, setFault] = useState<Fault | null>(null);
  const remove = async (name: string): Promise<void> => {
    setAsked({ kind: "nothing" });
    const answer = await actions.deleteSecret(name);
    setFault(answer.ok ? null : answer.error);
  };
  return (
    <Sheet title={words.title} className="sheet-settings" onClose={onClose}>
      <div className="secrets">
        <p className="hint">{words.sheetHint}</p>
        {secrets.keptIn === "memory" ? (
          <Note tone="warn">
            <b>{words.memoryTitle}</b> {words.memoryHint} {secrets.why === null ? "" : words.memoryWhy(secrets.why)}
          </Note>
        ) : null}
        {fault === null ? null : <FaultNote title={words.deleteFailed} fault={fault} />}
        {secrets.rows.length === 0 ? <p>{words.none}</p> : null}
        <ul className="secret-rows" aria-label={words.title}>
          {secrets.rows.map((row) => (
            <SecretLine key={`${row.source} ${row.name}`} row={row} onStore={() => setAsked({ kind: "store", name: row.name })} onDelete={() => setAsked({ kind: "delete", name: row.name })} />
          ))}
        </ul>
        <button type="button" className="button" onClick={() => setAsked({ kind: "store", name: null })}>
          {words.add}
        </button>
      </div>
      {asked.kind === "store" ? <StoreSecret name={asked.name} keptIn={secrets.keptIn} basic={false} onClose={() => setAsked({ kind: "nothing" })} /> : null}
      {asked.kind === "delete" ? (
        <Confirm title={words.deleteTitle(asked.name)} confirm={words.delete} cancel={words.keep} onConfirm={() => void remove(asked.name)} onCancel={() => setAsked({ kind: "nothing" })}>
          {words.deleteHint}
        </Confirm>
      ) : null}
    </Sheet>
  );
}

interface SecretLineProps {
  readonly row: SecretRow;
  readonly onStore: () => void;
  readonly onDelete: () => void;
}

function SecretLine({ row, onStore, onDelete }: SecretLineProps) {
  const { name, source, shadowed } = row;
  return (
    <li className="secret-row">
      <code className="ellipsis" title={name}>
        {name}
      </code>
      <span className="secret-source" data-tone={source === "memory" ? "warn" : "none"}>
        {words.sources[source]}
        {shadowed ? <small>{words.shadowed}</small> : null}
        {source === "environment" ? <small>{words.environmentHint}</small> : null}
      </span>
      {source === "environment" ? null : (
        <span className="secret-actions">
          <button type="button" className="button" aria-label={`${words.replace} ${name}`} onClick={onStore}>
            {words.replace}
          </button>
          <button type="button" className="button" aria-label={`${words.delete} ${name}`} onClick={onDelete}>
            {words.delete}
          </button>
        </span>
      )}
    </li>
  );
}
