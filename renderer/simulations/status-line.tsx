import { useState } from "react";
import { assertNever } from "../../shared/assert-never.ts";
import type { SimulationsView, SimulationWork } from "../../shared/simulation-view.ts";
import type { BatchSummary, Progress } from "../../shared/simulation.ts";
import { useNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { formatMoment } from "../ui/format.ts";
import { fillSlots, NAMED_CASES, type RunningSlots } from "./running-slots.ts";
import { rateWords } from "./words.ts";

const { status: words } = simulationTexts;
const noSlots: RunningSlots = Array.from({ length: NAMED_CASES }, () => null);

interface StatusLineProps {
  readonly view: SimulationsView;
  readonly work: SimulationWork;
}

/** One line of constant height: how far the batch is and what runs now, or how it ended. */
export function StatusLine({ view, work }: StatusLineProps) {
  switch (work.kind) {
    case "idle":
      return <p className="status-line">{view.batch === null ? words.idle : <Ended batch={view.batch} />}</p>;
    case "preparing":
      return <p className="status-line">{words.preparing}</p>;
    case "running":
    case "cancelling":
      return <UnderWay key={work.batchId} progress={work.progress} cancelling={work.kind === "cancelling"} />;
    default:
      return assertNever(work);
  }
}

function Ended({ batch }: { readonly batch: BatchSummary }) {
  const time = useNow((now) => formatMoment(batch.finishedAt, now));
  switch (batch.end.kind) {
    case "finished":
      return words.finished(time);
    case "cancelled":
      return words.cancelled(time);
    case "stopped":
      return words.stopped(time);
    default:
      return assertNever(batch.end);
  }
}

function UnderWay({ progress, cancelling }: { readonly progress: Progress; readonly cancelling: boolean }) {
  const [held, setHeld] = useState({ running: progress.running, slots: fillSlots(noSlots, progress.running) });
  if (held.running !== progress.running) setHeld({ running: progress.running, slots: fillSlots(held.slots, progress.running) });
  const more = progress.running.length - NAMED_CASES;
  return (
    <div className="status-line">
      <span className="status-done">{words.progress(progress.done, progress.total)}</span>
      <span className="status-rate">{progress.perSecond === null ? texts.none : words.rate(rateWords(progress.perSecond))}</span>
      {cancelling ? (
        <span className="ellipsis">{words.cancelling}</span>
      ) : (
        <>
          <span className="status-now">{words.now}</span>
          <span className="slots">
            {held.slots.map((id, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a slot is its place
              <code key={index} className="ellipsis">
                {id ?? ""}
              </code>
            ))}
          </span>
          <span className="status-more">{more > 0 ? words.more(more) : ""}</span>
        </>
      )}
    </div>
  );
}
