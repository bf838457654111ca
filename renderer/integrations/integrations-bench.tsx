import { useEffect, useMemo, useRef, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { JsonValue } from "../../shared/integration.ts";
import type { Draft, IntegrationsView } from "../../shared/integration-view.ts";
import type { Result } from "../../shared/result.ts";
import { useKeys } from "../panel/use-keys.ts";
import { usePanel, useServices } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { FaultNote, Note } from "../ui/note.tsx";
import { Sheet } from "../ui/sheet.tsx";
import { useNarrow } from "../ui/use-narrow.ts";
import { IntegrationList } from "./integration-list.tsx";
import { writeJson } from "./json-text.ts";
import { SecretsSheet } from "./secrets-sheet.tsx";
import { useIntegrationActions } from "./use-integration-actions.ts";
import { WaysToBegin } from "./ways-to-begin.tsx";
import { createWorkbenches } from "./workbenches.ts";
import { Workspace } from "./workspace.tsx";

const { begin, head, list } = integrationTexts;

type Front = "none" | "new" | "secrets";

/** What was deleted last, and whether that worked. */
type Deletion = { readonly kind: "none" } | { readonly kind: "deleted"; readonly key: string; readonly name: string; readonly draft: Draft } | { readonly kind: "failed"; readonly title: string; readonly fault: Fault };

/** The integrations, and the one that is worked at. */
export function IntegrationsBench({ view }: { readonly view: IntegrationsView }) {
  const { clock } = useServices();
  const actions = useIntegrationActions();
  const narrow = useNarrow();
  const reachable = usePanel(({ host }) => host.kind === "connected");
  const [workbenches] = useState(() => createWorkbenches(actions, clock));
  const [chosen, setChosen] = useState<string | null>(null);
  const [front, setFront] = useState<Front>("none");
  const [fresh, setFresh] = useState<{ readonly key: string; readonly notes: readonly string[] } | null>(null);
  const [deletion, setDeletion] = useState<Deletion>({ kind: "none" });
  const search = useRef<HTMLInputElement>(null);
  const { rows } = view;
  const selected = chosen ?? (narrow ? null : (rows[0]?.key ?? null));

  const workbench = useMemo(() => (selected === null ? null : workbenches.of(selected)), [selected, workbenches]);
  // Another window may have changed it since, or main was gone when it was asked.
  useEffect(() => {
    if (reachable) void workbench?.read();
  }, [workbench, reachable]);

  // What could not be saved while main was gone is saved when it is back; and what is not saved when the page goes.
  useEffect(() => {
    if (reachable) workbenches.flush();
  }, [reachable, workbenches]);
  useEffect(() => {
    window.addEventListener("pagehide", workbenches.flush);
    return () => window.removeEventListener("pagehide", workbenches.flush);
  }, [workbenches]);

  useKeys((key) => {
    if (key === "n") setFront("new");
    else if (key === "/" && search.current !== null) search.current.focus();
    else return false;
    return true;
  });

  const make = async (draft: Draft, payload: JsonValue | null, notes: readonly string[]): Promise<Result<string, Fault>> => {
    const answer = await actions.save(null, draft);
    if (!answer.ok) return answer;
    workbenches.of(answer.value, payload === null ? undefined : writeJson(payload));
    setFresh({ key: answer.value, notes });
    setChosen(answer.value);
    setFront("none");
    setDeletion({ kind: "none" });
    return answer;
  };
  const remove = async (key: string, name: string, draft: Draft): Promise<void> => {
    const answer = await actions.delete(key);
    if (!answer.ok) return setDeletion({ kind: "failed", title: head.deleteFailed, fault: answer.error });
    workbenches.drop(key);
    setChosen(null);
    setDeletion({ kind: "deleted", key, name, draft });
  };
  // Under its old key, its fixtures and its history come back with it.
  const bringBack = async (key: string, draft: Draft): Promise<void> => {
    const answer = await actions.save(key, draft);
    if (!answer.ok) return setDeletion({ kind: "failed", title: head.undoFailed, fault: answer.error });
    setChosen(answer.value);
    setDeletion({ kind: "none" });
  };

  const note =
    deletion.kind === "deleted" ? (
      <Note
        tone="none"
        action={
          <button type="button" className="button" onClick={() => void bringBack(deletion.key, deletion.draft)}>
            {texts.undo}
          </button>
        }
      >
        {head.deleted(deletion.name)}
      </Note>
    ) : deletion.kind === "failed" ? (
      <FaultNote title={deletion.title} fault={deletion.fault} />
    ) : null;

  const content =
    rows.length === 0 && chosen === null ? (
      <section className="int-first">
        <h1>{begin.title}</h1>
        <p>{begin.hint}</p>
        <WaysToBegin make={make} />
        <button type="button" className="quiet-button int-first-secrets" onClick={() => setFront("secrets")}>
          {list.secrets}
        </button>
      </section>
    ) : (
      <div className="int-cols">
        {narrow && selected !== null ? null : (
          <IntegrationList rows={rows} selected={selected} search={search} onSelect={setChosen} onNew={() => setFront("new")} onSecrets={() => setFront("secrets")} />
        )}
        {workbench === null ? (
          narrow ? null : (
            <p className="int-nothing">{list.choose}</p>
          )
        ) : (
          <Workspace
            key={selected}
            workbench={workbench}
            row={rows.find(({ key }) => key === selected)}
            secrets={view.secrets}
            notes={fresh?.key === selected ? fresh.notes : null}
            onBack={narrow ? () => setChosen(null) : null}
            onDelete={(name, draft) => void remove(workbench.store.getState().key, name, draft)}
          />
        )}
      </div>
    );
  return (
    <div className="int-body">
      <div className="notes">{note}</div>
      {content}
      {front === "new" ? (
        <Sheet title={begin.newTitle} className="sheet-new" onClose={() => setFront("none")}>
          <WaysToBegin make={make} />
        </Sheet>
      ) : null}
      {front === "secrets" ? <SecretsSheet secrets={view.secrets} onClose={() => setFront("none")} /> : null}
    </div>
  );
}
