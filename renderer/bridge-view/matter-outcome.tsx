import { describeFault } from "../texts/fault-words.ts";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import type { MatterOutcome } from "./use-matter-commands.ts";

const { actions: words, matters } = bridgeViewTexts;

interface MatterOutcomeLineProps {
  readonly outcome: MatterOutcome;
  /** Only what was asked for here is told here. */
  readonly place: string | null;
  readonly chosen: number;
}

/** How many are chosen, how far an order is, or what became of it; a line that is always there, so that nothing moves. */
export function MatterOutcomeLine({ outcome, place, chosen }: MatterOutcomeLineProps) {
  const here = outcome.kind !== "none" && outcome.order.place === place ? outcome : null;
  const failed = here?.kind === "failed" ? here : null;
  return (
    <div className="matter-outcome">
      <output>
        {here?.kind === "under way" ? words.progress(here.done, Math.max(here.total, 1)) : null}
        {here?.kind === "done" && chosen === 0 ? words.done[here.order.deed](here.count) : null}
        {(here === null || here.kind === "done") && chosen > 0 ? matters.chosen(chosen) : null}
      </output>
      {failed === null ? null : (
        <p role="alert" title={describeFault(failed.fault).cause}>
          <b>{failed.done > 0 ? words.failedAfter(failed.done, failed.total) : words.failed}</b> {describeFault(failed.fault).what} {describeFault(failed.fault).remedy}
        </p>
      )}
    </div>
  );
}
