import { X } from "lucide-react";
import type { KeyboardEvent, RefObject } from "react";
import { assertNever } from "../../shared/assert-never.ts";
import type { CaseDetails, CaseRow } from "../../shared/simulation-view.ts";
import { Fact } from "../connection/facts.tsx";
import { texts } from "../texts.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { CheckList } from "./check-list.tsx";
import { FaultNote } from "../ui/note.tsx";
import { TurnList } from "./turn-list.tsx";
import { useCaseDetails } from "./use-case-details.ts";
import { VerdictTag } from "./verdict-tag.tsx";

const { details: words, states } = simulationTexts;

interface CasePanelProps {
  readonly testId: string;
  readonly row: CaseRow | undefined;
  readonly batch: string;
  readonly panel: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** One case beside the table: what was said, what was expected beside what was found, and every turn. */
export function CasePanel({ testId, row, batch, panel, onClose }: CasePanelProps) {
  const state = useCaseDetails(testId, row, batch);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    onClose();
  };
  const content = () => {
    switch (state.kind) {
      case "loading":
        return <p className="side-hint">{words.loading}</p>;
      case "failed":
        return <FaultNote title={words.failed} fault={state.fault} />;
      case "known":
        return <CaseContent details={state.details} />;
      default:
        return assertNever(state);
    }
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape closes it from anywhere inside
    <section ref={panel} className="side case-panel" aria-label={words.label(testId)} tabIndex={-1} onKeyDown={onKeyDown}>
      <header className="case-panel-head">
        {row === undefined ? null : <VerdictTag state={row.state} />}
        <h2>
          <code>{testId}</code>
        </h2>
        <IconButton icon={X} label={words.close} shortcut="Esc" onClick={onClose} />
      </header>
      {content()}
    </section>
  );
}

function CaseContent({ details }: { readonly details: CaseDetails }) {
  const { case: one, result, baseline } = details;
  const context = Object.keys(one.session_context).length === 0 ? null : JSON.stringify(one.session_context, null, 2);
  return (
    <>
      <blockquote className="case-said">{one.utterance}</blockquote>
      <p className="side-hint">
        {baseline === null ? words.noBaseline : words.baseline(states[baseline.verdict])}
        {result !== null && result.runs.length > 1 ? <> · {words.runs(result.runs.map((run) => states[run].toLocaleLowerCase()).join(", "))}</> : null}
      </p>
      {result === null ? <p className="side-hint">{words.notRun}</p> : null}
      {result?.fault === undefined ? null : <FaultNote title={states.error} fault={result.fault} />}
      <h3>{words.checks}</h3>
      <CheckList outcome={one.expected_outcome} checks={result?.checks ?? []} />
      {result === null ? null : (
        <>
          <h3>{words.turns(result.turns.length)}</h3>
          <TurnList turns={result.turns} />
        </>
      )}
      <dl className="facts case-facts">
        <Fact name={words.user}>{one.user_id}</Fact>
        <Fact name={words.platform}>{one.platform}</Fact>
        <Fact name={words.tags}>{one.tags.length === 0 ? texts.none : one.tags.join(", ")}</Fact>
        <Fact name={words.simulation}>{result?.simulationId ?? texts.none}</Fact>
      </dl>
      {context === null ? null : (
        <details>
          <summary>{words.context}</summary>
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it a long one cannot be scrolled by keyboard */}
          <pre tabIndex={0}>{context}</pre>
        </details>
      )}
    </>
  );
}
