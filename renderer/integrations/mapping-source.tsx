import { useId } from "react";
import { useStore } from "zustand";
import type { MapInput } from "../../shared/integration-view.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { formatBytes } from "./row-words.ts";
import type { WorkbenchState } from "./workbench-state.ts";
import type { Workbench } from "./workbench.ts";

const { map: words } = integrationTexts;
const NONE = "none";
const TRY = "try";
const FIXTURE = "fixture ";

/** Which reply is mapped: that of the last run, or one that was kept. */
export function MappingSource({ workbench }: { readonly workbench: Workbench }) {
  const source = useStore(workbench.store, (state) => state.mapping.source);
  const fixtures = useStore(workbench.store, (state) => state.fixtures);
  const run = useStore(workbench.store, (state) => state.run);
  const key = useStore(workbench.store, (state) => state.key);
  const id = useId();
  const tryId = answeredTry(run);
  const choose = (value: string): MapInput["source"] | null => {
    if (value === TRY) return tryId === null ? null : { kind: "try", tryId };
    return value.startsWith(FIXTURE) ? { kind: "fixture", key, name: value.slice(FIXTURE.length) } : null;
  };
  return (
    <>
      <label className="map-label" htmlFor={id}>
        {words.source}
      </label>
      <select id={id} className="input" value={valueOfSource(source)} disabled={tryId === null && fixtures.length === 0} onChange={(event) => workbench.chooseSource(choose(event.currentTarget.value))}>
        {source === null ? <option value={NONE}>{words.sources.none}</option> : null}
        {tryId === null && source?.kind !== "try" ? null : <option value={TRY}>{words.sources.try}</option>}
        {fixtures.map(({ name, bytes }) => (
          <option key={name} value={`${FIXTURE}${name}`}>
            {words.sources.fixture(name, formatBytes(bytes))}
          </option>
        ))}
      </select>
    </>
  );
}

/** The last run, where its reply can be mapped. */
export function answeredTry(run: WorkbenchState["run"]): string | null {
  return run.kind === "done" && run.result.outcome.kind === "answered" ? run.result.tryId : null;
}

function valueOfSource(source: MapInput["source"] | null): string {
  if (source === null || source.kind === "text") return NONE;
  return source.kind === "try" ? TRY : `${FIXTURE}${source.name}`;
}
