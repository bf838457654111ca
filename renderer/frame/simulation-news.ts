import { assertNever } from "../../shared/assert-never.ts";
import { describeFault } from "../texts/fault-words.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import type { BatchSummary } from "../../shared/simulation.ts";
import type { SimulationsView } from "../../shared/simulation-view.ts";
import { texts } from "../texts.ts";

/** What is said of simulations: that a batch began, how it ended, that a suite has problems. A supervisor's affair only. */
export function simulationNews(before: PanelState, after: PanelState): readonly string[] {
  const [was, is] = [before.simulations, after.simulations];
  if (was === null || is === null || was === is || after.settings.role !== "supervisor") return [];
  const news: string[] = [];
  if (is.problems !== null && is.problems !== was.problems && is.problems.count > 0) news.push(texts.announce.suiteRefused(is.problems.count));
  if (is.work.kind === "running" && underWay(was) !== is.work.batchId) news.push(texts.announce.batchBegun(is.work.progress.total));
  if (is.work.kind === "idle" && is.batch !== null && underWay(was) === is.batch.batchId) news.push(batchEnd(is.batch));
  return news;
}

function underWay({ work }: SimulationsView): string | null {
  return work.kind === "running" || work.kind === "cancelling" ? work.batchId : null;
}

function batchEnd({ end, counts }: BatchSummary): string {
  switch (end.kind) {
    case "finished":
      return texts.announce.batchFinished(counts.passed, counts.total);
    case "cancelled":
      return texts.announce.batchCancelled(counts.passed + counts.failed + counts.flaky + counts.inconclusive + counts.errors, counts.total);
    case "stopped":
      return texts.announce.batchStopped(describeFault(end.fault).what);
    default:
      return assertNever(end);
  }
}
