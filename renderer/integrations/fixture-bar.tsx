import { useState } from "react";
import { useStore } from "zustand";
import { integrationTexts } from "../texts/integration-texts.ts";
import { FaultNote } from "../ui/note.tsx";
import { answeredTry } from "./mapping-source.tsx";
import type { Workbench } from "./workbench.ts";

const { map: words, begin } = integrationTexts;
const MAX_NAME = 100;

/** Keeps the reply of the last run under a name, or drops the fixture that is chosen. */
export function FixtureBar({ workbench }: { readonly workbench: Workbench }) {
  const run = useStore(workbench.store, (state) => state.run);
  const source = useStore(workbench.store, (state) => state.mapping.source);
  const fixture = useStore(workbench.store, (state) => state.fixture);
  const [name, setName] = useState("");
  const keep = async (): Promise<void> => {
    if (await workbench.keepFixture(name.trim())) setName("");
  };
  const canKeep = answeredTry(run) !== null && source?.kind === "try";
  if (!canKeep && source?.kind !== "fixture" && fixture.kind !== "refused") return null;
  return (
    <section className="fixture-bar" aria-label={words.keep}>
      {source?.kind === "fixture" ? (
        <button type="button" className="button" aria-label={words.drop(source.name)} onClick={() => workbench.dropFixture(source.name)}>
          {words.dropShort}
        </button>
      ) : canKeep ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void keep();
          }}
        >
          <input className="input" dir="auto" aria-label={words.keepName} placeholder={words.keepName} maxLength={MAX_NAME} autoComplete="off" value={name} onChange={(event) => setName(event.currentTarget.value)} />
          <button type="submit" className="button" disabled={name.trim() === "" || fixture.kind === "under way"}>
            {words.keep}
          </button>
          <output>{fixture.kind === "done" ? words.kept : ""}</output>
        </form>
      ) : null}
      {canKeep ? <p className="hint">{words.keepHint}</p> : null}
      {fixture.kind === "refused" ? <FaultNote title={begin.failed} fault={fixture.fault} /> : null}
    </section>
  );
}
