import type { SimulationsView } from "../../shared/simulation-view.ts";

/** What of the view is drawn at once when it changes, as one name; the rest is figures that only grow. */
export function viewMoment(view: SimulationsView | null): string {
  if (view === null) return "off";
  const { suite, problems, work, fault, batch, baseline, resumable } = view;
  return JSON.stringify([
    suite,
    problems === null ? null : [problems.file, problems.count],
    work.kind,
    "batchId" in work ? work.batchId : null,
    fault?.code,
    batch?.batchId,
    batch?.finishedAt,
    baseline?.batchId,
    resumable,
  ]);
}

/** The batch whose cases the table shows, or is about to show, as one name. */
export function batchName({ suite, work, batch }: SimulationsView): string {
  const batchId = work.kind === "running" || work.kind === "cancelling" ? work.batchId : (batch?.batchId ?? "none");
  return `${suite?.file ?? ""} ${suite?.name ?? ""} ${batchId}`;
}
