import { Play, X } from "lucide-react";
import { type KeyboardEvent, useId } from "react";
import { useStore } from "zustand";
import { assertNever } from "../../shared/assert-never.ts";
import { useWallNow } from "../panel-context.tsx";
import { integrationTexts } from "../texts/integration-texts.ts";
import { Blank } from "../ui/blank.tsx";
import { FaultNote } from "../ui/note.tsx";
import { MappingArea } from "./mapping-area.tsx";
import { RunResult } from "./run-result.tsx";
import { textTrouble } from "./typed-text.ts";
import type { Workbench } from "./workbench.ts";

const { try: words } = integrationTexts;

interface TryTabProps {
  readonly workbench: Workbench;
  readonly onProblems: () => void;
}

/** What the bot sends, the request that it makes, the reply, and what the mapping makes of it. */
export function TryTab({ workbench, onProblems }: TryTabProps) {
  const payload = useStore(workbench.store, (state) => state.payload);
  const run = useStore(workbench.store, (state) => state.run);
  const problems = useStore(workbench.store, (state) => state.problems.length);
  const trouble = textTrouble(payload, "any");
  const id = useId();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    workbench.run();
  };
  const result = () => {
    switch (run.kind) {
      case "none":
      case "running":
        return (
          <Blank icon={Play} title={words.title}>
            <p>{words.hint}</p>
          </Blank>
        );
      case "refused":
        return <FaultNote title={words.failed} fault={run.fault} />;
      case "done":
        return <RunResult result={run.result} at={run.at} />;
      default:
        return assertNever(run);
    }
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Ctrl Enter runs from wherever one writes
    <div className="try" onKeyDown={onKeyDown}>
      <section className="try-side" aria-label={words.payload}>
        <h3>{words.payload}</h3>
        <textarea
          className="input code"
          rows={5}
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          aria-label={words.payloadLabel}
          aria-describedby={`${id}-wrong`}
          aria-invalid={trouble !== null}
          value={payload}
          onChange={(event) => workbench.editPayload(event.currentTarget.value)}
        />
        <p className="field-error" id={`${id}-wrong`} role="alert">
          {trouble === null ? "" : `${words.wrong}${trouble}`}
        </p>
        <div className="run-bar">
          <button type="button" className="button button-main run-button" aria-keyshortcuts="Control+Enter" title={words.runHint} disabled={run.kind === "running" || trouble !== null} onClick={workbench.run}>
            <Play size={14} strokeWidth={1.5} aria-hidden="true" />
            {words.run}
          </button>
          {run.kind === "running" ? (
            <>
              <button type="button" className="button" onClick={workbench.cancelRun}>
                <X size={14} strokeWidth={1.5} aria-hidden="true" />
                {words.cancel}
              </button>
              <Waiting since={run.since} />
            </>
          ) : problems > 0 ? (
            <span className="run-problems">
              {words.problems(problems)}
              <button type="button" className="button" onClick={onProblems}>
                {words.toProblems}
              </button>
            </span>
          ) : (
            <kbd className="run-hint" aria-hidden="true">
              {words.runHint}
            </kbd>
          )}
        </div>
        {result()}
      </section>
      <MappingArea workbench={workbench} />
    </div>
  );
}

/** How long the service has taken so far. */
function Waiting({ since }: { readonly since: number }) {
  const seconds = useWallNow((now) => Math.max(0, Math.floor((now - since) / 1_000)));
  return <span className="waiting">{words.running(seconds)}</span>;
}
