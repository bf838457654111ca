import type { Fault } from "../../shared/fault.ts";
import type { Batch, CaseResult, Comparison, Suite } from "../../shared/simulation.ts";
import type { SimulationsView, SimulationWork, TrendPoint } from "../../shared/simulation-view.ts";
import type { KeptBatch } from "../history/history-record.ts";

/** The suite that is at hand, and the file it came from. */
export interface Chosen {
  readonly file: string;
  readonly suite: Suite;
}

/** All that the desk knows. */
export interface DeskState {
  readonly chosen: Chosen | null;
  readonly problems: SimulationsView["problems"];
  readonly work: SimulationWork;
  /** Cancels what runs. */
  readonly stop: AbortController | null;
  readonly fault: Fault | null;
  /** The batch that the table shows, once it is over. */
  readonly shown: KeptBatch | null;
  /** By test id, of the batch that is shown or runs; filled while it does. */
  readonly results: Map<string, CaseResult>;
  readonly baseline: KeptBatch | null;
  readonly comparison: Comparison | null;
  readonly trend: readonly TrendPoint[];
  readonly resumable: SimulationsView["resumable"];
}

/** Before a suite was chosen. */
export function emptyDesk(): DeskState {
  return {
    chosen: null,
    problems: null,
    work: { kind: "idle" },
    stop: null,
    fault: null,
    shown: null,
    results: new Map(),
    baseline: null,
    comparison: null,
    trend: [],
    resumable: null,
  };
}

/** What the panel shows of it. */
export function viewOf(state: DeskState): SimulationsView {
  const { chosen, problems, work, fault, shown, baseline, comparison, trend, resumable } = state;
  return {
    suite: chosen === null ? null : { name: chosen.suite.name, file: chosen.file, cases: chosen.suite.cases.length, expectedFlows: chosen.suite.expected_flows.length },
    problems,
    work,
    fault,
    batch: shown === null ? null : summaryOf(shown.batch),
    baseline: baseline === null ? null : { batchId: baseline.batch.batchId, startedAt: baseline.batch.startedAt },
    comparison,
    trend,
    resumable,
  };
}

function summaryOf(batch: Batch): SimulationsView["batch"] {
  const { results: _, ...summary } = batch;
  return summary;
}
