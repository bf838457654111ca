import type { Fault } from "../../shared/fault.ts";
import type { CaseResult, Progress, SimulationCase, Suite, SuiteProblem } from "../../shared/simulation.ts";

/** A batch that is wanted. */
export interface BatchJob {
  readonly suite: Suite;
  /** What the suite's problems are said to be in. */
  readonly file: string;
  /** Those of the suite that run; all of it unless given. */
  readonly cases?: readonly SimulationCase[];
  /** The batch whose cases run again. */
  readonly rerunOf?: string;
  /** How often a case that fails is run at most. */
  readonly repeat: number;
  /** How many cases run at once; as configured unless given. */
  readonly concurrency?: number;
  /** Takes up an interrupted batch of this suite: what it knows already is not run again. */
  readonly resume?: boolean;
  readonly signal: AbortSignal;
  /** The bot was found fit; the cases are sent from now on. `kept`: what was done before the interruption. */
  readonly onBegun: (batch: { readonly batchId: string; readonly progress: Progress; readonly kept: readonly CaseResult[] }) => void;
  readonly onStarted: (testId: string) => void;
  readonly onResult: (result: CaseResult) => void;
  readonly onProgress: (progress: Progress) => void;
}

/** Why a batch could not begin. */
export type BatchRefusal =
  | { readonly kind: "fault"; readonly fault: Fault }
  | { readonly kind: "problems"; readonly problems: readonly SuiteProblem[] };
