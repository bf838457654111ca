import { useStore } from "zustand";
import type { IntegrationRow } from "../../shared/integration-view.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { FaultNote, Note } from "../ui/note.tsx";
import { CallFigures } from "./call-figures.tsx";
import { CodeBlock } from "./code-block.tsx";
import { differences } from "./definition-diff.ts";
import { withDefaults } from "./definition-fields.ts";
import { DifferenceTable } from "./difference-table.tsx";
import { writeJson } from "./json-text.ts";
import { RegistrationHistory } from "./registration-history.tsx";
import type { Workbench } from "./workbench.ts";

const { register: words, try: tryWords } = integrationTexts;

interface RegisterTabProps {
  readonly workbench: Workbench;
  readonly row: IntegrationRow | undefined;
  readonly onProblems: () => void;
}

/** What goes to the platform, how it differs from what is there, and what became of it. */
export function RegisterTab({ workbench, row, onProblems }: RegisterTabProps) {
  const draft = useStore(workbench.store, (state) => state.draft);
  const problems = useStore(workbench.store, (state) => state.problems.length);
  const registrations = useStore(workbench.store, (state) => state.registrations);
  const register = useStore(workbench.store, (state) => state.register);
  const sent = withDefaults(draft);
  const [last] = registrations;
  const changes = last === undefined ? [] : differences(last.definition, sent);
  return (
    <div className="register">
      {row === undefined || row.stats.calls === 0 ? null : <CallFigures stats={row.stats} />}
      <div className="register-bar">
        <button type="button" className="button button-main" disabled={problems > 0 || register.kind === "under way"} onClick={workbench.register}>
          {last === undefined ? words.button : words.again}
        </button>
        <output>{register.kind === "under way" ? words.underWay : register.kind === "done" ? words.done : ""}</output>
      </div>
      {problems === 0 ? null : (
        <Note
          tone="warn"
          action={
            <button type="button" className="button" onClick={onProblems}>
              {tryWords.toProblems}
            </button>
          }
        >
          {words.problems(problems)}
        </Note>
      )}
      {register.kind === "refused" ? <FaultNote title={words.refused} fault={register.fault} /> : null}
      {last === undefined ? (
        <p className="hint">{words.first}</p>
      ) : changes.length === 0 ? (
        <p className="hint">{words.same}</p>
      ) : (
        <DifferenceTable differences={changes} />
      )}
      <details className="fold" open={last === undefined}>
        <summary>{words.sent}</summary>
        <CodeBlock label={words.sent} text={writeJson(sent)} tall />
      </details>
      <RegistrationHistory registrations={registrations} onBringBack={(definition) => workbench.bringBack(definition)} />
    </div>
  );
}
