import { useState } from "react";
import { useStore } from "zustand";
import type { IntegrationsView } from "../../shared/integration-view.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { Note } from "../ui/note.tsx";
import { DefinitionForm } from "./definition-form.tsx";
import { fieldId, fieldOfProblem } from "./definition-fields.ts";
import { SourceEditor } from "./source-editor.tsx";
import { textTrouble } from "./typed-text.ts";
import type { Workbench } from "./workbench.ts";

const { define: words } = integrationTexts;

interface DefineTabProps {
  readonly workbench: Workbench;
  readonly secrets: IntegrationsView["secrets"];
}

/** The definition as a form or as JSON, and everything that is wrong with it. */
export function DefineTab({ workbench, secrets }: DefineTabProps) {
  const [as, setAs] = useState<"form" | "source">("form");
  const source = useStore(workbench.store, (state) => state.typed.source);
  const unread = textTrouble(source, "object") !== null;
  return (
    <>
      <div className="define-bar">
        <fieldset className="segment">
          <legend className="visually-hidden">{words.as}</legend>
          {(["form", "source"] as const).map((one) => (
            <button key={one} type="button" className="filter" aria-pressed={as === one} onClick={() => setAs(one)}>
              {words[one]}
            </button>
          ))}
        </fieldset>
      </div>
      <ProblemLinks workbench={workbench} onProblem={() => setAs("form")} />
      {as === "source" ? (
        <SourceEditor workbench={workbench} />
      ) : (
        <>
          {unread ? (
            <Note
              tone="warn"
              action={
                <span className="note-actions">
                  <button type="button" className="button" onClick={() => setAs("source")}>
                    {words.toSource}
                  </button>
                  <button type="button" className="button" onClick={workbench.dropSource}>
                    {words.discard}
                  </button>
                </span>
              }
            >
              {words.locked}
            </Note>
          ) : null}
          <DefinitionForm workbench={workbench} secrets={secrets} locked={unread} />
        </>
      )}
    </>
  );
}

interface ProblemLinksProps {
  readonly workbench: Workbench;
  readonly onProblem: () => void;
}

/** Everything that is wrong, each a way to its field. */
function ProblemLinks({ workbench, onProblem }: ProblemLinksProps) {
  const problems = useStore(workbench.store, (state) => state.problems);
  const goTo = (path: string): void => {
    const field = fieldOfProblem(path);
    onProblem();
    if (field === null) return;
    // The form may have to be drawn first.
    requestAnimationFrame(() => {
      const control = document.getElementById(fieldId(field));
      control?.scrollIntoView({ block: "center" });
      control?.focus();
    });
  };
  if (problems.length === 0) return <p className="sound">{words.sound}</p>;
  return (
    <section className="problem-links" aria-label={words.problems(problems.length)}>
      <h3>{words.problems(problems.length)}</h3>
      <ul>
        {problems.map(({ path, message }) => (
          <li key={`${path} ${message}`}>
            <button type="button" className="problem-link" onClick={() => goTo(path)}>
              <code>{path === "" ? words.whole : path}</code> <span>{message}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
