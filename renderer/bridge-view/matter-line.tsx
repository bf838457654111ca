import { Check, ChevronRight } from "lucide-react";
import { memo } from "react";
import { useNow } from "../panel-context.tsx";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { formatCount, formatMoment } from "../ui/format.ts";
import { type Matter, reasonOf, sameMatter } from "./matters.ts";
import type { MatterDeed } from "./use-matter-commands.ts";

const { actions } = bridgeViewTexts;

interface MatterLineProps {
  readonly matter: Matter;
  readonly id: string;
  /** Its place in the table, from 1; the head is 1. */
  readonly rowIndex: number;
  readonly active: boolean;
  readonly chosen: boolean;
  readonly open: boolean;
  /** What is being done with it. */
  readonly underWay: MatterDeed | null;
}

/** One line: when, in which conversation, and why it waits. What was said is beneath it, when it is open. */
export const MatterLine = memo(
  function MatterLine({ matter, id, rowIndex, active, chosen, open, underWay }: MatterLineProps) {
    const when = useNow((now) => formatMoment(matter.at, now));
    return (
      // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- the grid has the focus and names its active row
      <div
        id={id}
        role="row"
        className="matter"
        aria-level={1}
        aria-rowindex={rowIndex}
        aria-selected={chosen}
        aria-expanded={open}
        data-active={active}
        data-busy={underWay !== null}
        data-matter={matter.id}
      >
        <span className="matter-check" aria-hidden="true">
          <span>{chosen ? <Check size={12} strokeWidth={2.5} /> : null}</span>
        </span>
        <span role="gridcell" className="matter-when">
          {when}
        </span>
        <span role="gridcell" className="matter-conversation ellipsis" title={matter.conversationId}>
          {matter.conversationId}
        </span>
        <span role="gridcell" className="matter-why ellipsis" title={reasonOf(matter)}>
          {underWay === null ? reasonOf(matter) : actions.underWay[underWay]}
        </span>
        <span role="gridcell" className="matter-attempts">
          {matter.kind === "dead" ? formatCount(matter.letter.attempts) : null}
          <ChevronRight size={14} strokeWidth={1.5} aria-hidden="true" />
        </span>
      </div>
    );
  },
  (before, after) =>
    sameMatter(before.matter, after.matter) &&
    before.id === after.id &&
    before.rowIndex === after.rowIndex &&
    before.active === after.active &&
    before.chosen === after.chosen &&
    before.open === after.open &&
    before.underWay === after.underWay,
);
