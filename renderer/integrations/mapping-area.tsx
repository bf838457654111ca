import { useId } from "react";
import { useStore } from "zustand";
import { assertNever } from "../../shared/assert-never.ts";
import { describeFault } from "../texts/fault-words.ts";
import { integrationTexts } from "../texts/integration-texts.ts";
import { CodeBlock } from "./code-block.tsx";
import { fieldChoices, textOf } from "./definition-fields.ts";
import { FixtureBar } from "./fixture-bar.tsx";
import type { MappingState, MappingTrouble } from "./reply-mapper.ts";
import { MappingSource } from "./mapping-source.tsx";
import { textTrouble } from "./typed-text.ts";
import type { Workbench } from "./workbench.ts";

const { map: words, fields, rules, choices } = integrationTexts;
const EXTRACT = ["config", "response_mapping", "extract"];
const NORMALIZE = ["config", "response_mapping", "normalize"];

/** The mapping as it is written, and what it makes of the reply that was chosen. */
export function MappingArea({ workbench }: { readonly workbench: Workbench }) {
  const draft = useStore(workbench.store, (state) => state.draft);
  // As long as the JSON cannot be read, what is written here would take its place.
  const locked = useStore(workbench.store, (state) => textTrouble(state.typed.source, "object") !== null);
  const mapping = useStore(workbench.store, (state) => state.mapping);
  const id = useId();
  const trouble = troubleWords(mapping.trouble);
  const normalize = textOf(draft, "config.response_mapping.normalize");
  const offered: readonly string[] = fieldChoices["config.response_mapping.normalize"];
  return (
    <section className="try-side" aria-label={words.title}>
      <h3>{words.title}</h3>
      <MappingSource workbench={workbench} />
      <label className="map-label" htmlFor={`${id}-extract`}>
        {fields["config.response_mapping.extract"]}
      </label>
      <textarea
        id={`${id}-extract`}
        className="input code"
        rows={2}
        dir="ltr"
        spellCheck={false}
        autoComplete="off"
        aria-describedby={`${id}-trouble ${id}-rule`}
        aria-invalid={mapping.trouble.kind === "refused"}
        readOnly={locked}
        value={textOf(draft, "config.response_mapping.extract")}
        onChange={(event) => workbench.edit(EXTRACT, event.currentTarget.value)}
      />
      {/* The rule gives its place to what is wrong: nothing moves while one types. */}
      <div className="extract-words" data-wrong={trouble !== ""}>
        <p className="field-error" id={`${id}-trouble`} role="alert">
          {trouble}
        </p>
        <p className="hint" id={`${id}-rule`}>
          {rules["config.response_mapping.extract"]}
        </p>
      </div>
      <label className="map-label" htmlFor={`${id}-normalize`}>
        {fields["config.response_mapping.normalize"]}
      </label>
      <select id={`${id}-normalize`} className="input" disabled={locked} value={normalize} onChange={(event) => workbench.edit(NORMALIZE, event.currentTarget.value)}>
        {(offered.includes(normalize) ? offered : [normalize, ...offered]).map((one) => (
          <option key={one} value={one}>
            {normalizeWords(one)}
          </option>
        ))}
      </select>
      <Result mapping={mapping} />
      <FixtureBar workbench={workbench} />
    </section>
  );
}

function normalizeWords(value: string): string {
  if (value === "flatten" || value === "map_keys") return choices[value];
  return value === "none" ? choices.asIs : value;
}

function Result({ mapping }: { readonly mapping: MappingState }) {
  const { source, good, trouble, asking } = mapping;
  if (source === null) return <p className="map-empty">{words.sourceHint}</p>;
  const stale = trouble.kind !== "none";
  return (
    <div className="map-result" aria-busy={asking}>
      <h4>
        {words.result} {stale && good !== null ? <small>{words.stale}</small> : null}
      </h4>
      {good === null ? (
        <p className="map-empty">{asking ? words.asking : words.refused}</p>
      ) : (
        <>
          <CodeBlock label={words.result} text={good.normalized} tall stale={stale} />
          {good.cut ? <p className="hint">{words.cut}</p> : null}
          {good.extracted === good.normalized ? null : (
            <details className="fold">
              <summary>{words.found}</summary>
              <CodeBlock label={words.found} text={good.extracted} stale={stale} />
            </details>
          )}
        </>
      )}
    </div>
  );
}

function troubleWords(trouble: MappingTrouble): string {
  switch (trouble.kind) {
    case "none":
      return "";
    case "refused":
      return trouble.message;
    case "failed":
      return `${words.failed} ${describeFault(trouble.fault).what} ${describeFault(trouble.fault).cause}`;
    default:
      return assertNever(trouble);
  }
}
