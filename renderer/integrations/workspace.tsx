import { ArrowLeft, Trash2, X } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { useStore } from "zustand";
import { assertNever } from "../../shared/assert-never.ts";
import type { Draft, IntegrationRow, IntegrationsView } from "../../shared/integration-view.ts";
import { texts } from "../texts.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { FaultNote } from "../ui/note.tsx";
import { DefineTab } from "./define-tab.tsx";
import { fieldId, textOf } from "./definition-fields.ts";
import { RegisterTab } from "./register-tab.tsx";
import { rowState } from "./row-words.ts";
import { SaveWords } from "./save-words.tsx";
import { TabList } from "./tab-list.tsx";
import { TryTab } from "./try-tab.tsx";
import type { Workbench } from "./workbench.ts";

const { title, head: words, unnamed, list, begin } = integrationTexts;

const tabs = [
  ["define", words.tabs.define],
  ["try", words.tabs.try],
  ["register", words.tabs.register],
] as const;

type Tab = (typeof tabs)[number][0];

interface WorkspaceProps {
  readonly workbench: Workbench;
  /** Undefined until main has told of it. */
  readonly row: IntegrationRow | undefined;
  readonly secrets: IntegrationsView["secrets"];
  /** What is to be looked at in what was just made; null where it was not made just now. */
  readonly notes: readonly string[] | null;
  /** Where there is no room for the list beside it. */
  readonly onBack: (() => void) | null;
  readonly onDelete: (name: string, draft: Draft) => void;
}

/** One integration in its steps. */
export function Workspace({ workbench, row, secrets, notes, onBack, onDelete }: WorkspaceProps) {
  const loading = useStore(workbench.store, (state) => state.loading);
  const draft = useStore(workbench.store, (state) => state.draft);
  const [tab, setTab] = useState<Tab>("define");
  const [noted, setNoted] = useState(true);
  const id = useId();
  const name = textOf(draft, "name") || unnamed;
  const ready = loading.kind === "ready";
  const isNew = notes !== null;

  useEffect(() => {
    if (ready && isNew) document.getElementById(fieldId("name"))?.focus();
  }, [ready, isNew]);

  const panel = () => {
    switch (loading.kind) {
      case "loading":
        return <p className="hint">{words.reading}</p>;
      case "failed":
        return (
          <FaultNote
            title={words.readFailed}
            fault={loading.fault}
            action={
              <button type="button" className="button" onClick={() => void workbench.read()}>
                {words.again}
              </button>
            }
          />
        );
      case "ready":
        switch (tab) {
          case "define":
            return <DefineTab workbench={workbench} secrets={secrets} />;
          case "try":
            return <TryTab workbench={workbench} onProblems={() => setTab("define")} />;
          case "register":
            return <RegisterTab workbench={workbench} row={row} onProblems={() => setTab("define")} />;
          default:
            return assertNever(tab);
        }
      default:
        return assertNever(loading);
    }
  };
  const state = row === undefined ? null : rowState(row);
  return (
    <section className="workspace" aria-label={name}>
      {/* Beside the list it stands there. */}
      {onBack === null ? null : <h1 className="visually-hidden">{title}</h1>}
      <header className="workspace-head">
        {onBack === null ? null : <IconButton icon={ArrowLeft} label={list.back} onClick={onBack} />}
        <h2 className="ellipsis" title={name}>
          <bdi>{name}</bdi>
        </h2>
        {state === null ? null : (
          <span className="tag toned" data-tone={state.tone}>
            {state.words}
          </span>
        )}
        <SaveWords workbench={workbench} />
        <IconButton icon={Trash2} label={words.delete} onClick={() => onDelete(name, draft)} />
      </header>
      <TabList label={words.tabsLabel} id={id} tabs={tabs} shown={tab} onShow={setTab} />
      {notes !== null && notes.length > 0 && noted ? (
        <div className="callout import-notes" data-tone="none" role="status">
          <div>
            <b>{begin.notes}</b>
            <ul>
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </div>
          <IconButton icon={X} label={texts.dismiss} onClick={() => setNoted(false)} />
        </div>
      ) : null}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the panel cannot be scrolled by keyboard */}
      <div className="step-panel" role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`} tabIndex={0}>
        {panel()}
      </div>
    </section>
  );
}
