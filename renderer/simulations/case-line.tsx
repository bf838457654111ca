import { memo, type ReactNode } from "react";
import type { CaseRow } from "../../shared/simulation-view.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { VerdictTag } from "./verdict-tag.tsx";
import { spentTime } from "./words.ts";

/** So many reasons fit a line of the table. */
const SHOWN_REASONS = 2;

interface CaseLineProps {
  readonly row: CaseRow;
  readonly id: string;
  /** Its place in the table, from 1; the head is 1. */
  readonly rowIndex: number;
  readonly top: number;
  readonly active: boolean;
  readonly selected: boolean;
}

/** One case in the table. Its height never changes, whatever comes in. */
export const CaseLine = memo(function CaseLine({ row, id, rowIndex, top, active, selected }: CaseLineProps) {
  const more = row.reasons.length - SHOWN_REASONS;
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the grid has the focus and names its active row
    <div
      id={id}
      role="row"
      className="case"
      aria-rowindex={rowIndex}
      aria-selected={selected}
      data-active={active}
      data-case={row.testId}
      data-state={row.state}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell" className="case-verdict">
        <VerdictTag state={row.state} />
      </span>
      <span role="gridcell" className="case-id" title={row.testId}>
        {breakable(row.testId)}
      </span>
      <span role="gridcell" className="case-utterance" title={row.utterance}>
        {row.utterance}
      </span>
      <span role="gridcell" className="case-reasons">
        {row.reasons.slice(0, SHOWN_REASONS).map((reason) => (
          <span key={reason} className={row.reasons.length === 1 ? "reason-alone" : "ellipsis"} title={reason}>
            <Reason text={reason} />
          </span>
        ))}
        {more > 0 ? <small>{simulationTexts.table.more(more)}</small> : null}
      </span>
      <span role="gridcell" className="case-time">
        {spentTime(row.durationMs)}
      </span>
    </div>
  );
});

/** An id that may break after its underscores, and is copied as it is. */
function breakable(id: string): readonly ReactNode[] {
  const places = [...id.matchAll(/_(?=.)/gu)].map((found) => found.index + 1);
  return [0, ...places].flatMap((from, number) => [...(from === 0 ? [] : [<wbr key={from} />]), id.slice(from, places[number])]);
}

const ARROW = " → ";

/** What was expected and what was found; the latter stands out. */
function Reason({ text }: { readonly text: string }) {
  const at = text.lastIndexOf(ARROW);
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at + ARROW.length)}
      <b>{text.slice(at + ARROW.length)}</b>
    </>
  );
}
