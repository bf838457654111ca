import type { HealthCheck, HealthOutcome, HealthSubject } from "../../shared/health.ts";

/** One thing that is tried. Lines that ask for the same thing share one job, so that no host is asked twice in a run. */
export interface HealthJob {
  readonly key: string;
  /** The jobs that must have passed; where one did not, this one is skipped and says which. */
  readonly needs: readonly string[];
  /** The jobs that must be over, whatever became of them. */
  readonly after: readonly string[];
  readonly limitMs: number;
  /** Tries it. `signal` ends it: its time is up or the run was stopped; nobody looks at the outcome then. */
  readonly run: (signal: AbortSignal) => Promise<HealthOutcome>;
  /** What is said where its time is up. */
  readonly late: () => HealthOutcome;
  /** Why those that stand on this one are skipped where it failed. */
  readonly failedWords: string;
}

/** One line of the page and the job that fills it. */
export interface PlannedLine {
  readonly subject: HealthSubject;
  readonly check: HealthCheck;
  readonly target: string | null;
  readonly key: string;
}

/** Lines in the order in which they are shown, and the jobs behind them: each after those that it stands on or waits for. */
export interface HealthPlan {
  readonly lines: readonly PlannedLine[];
  readonly jobs: readonly HealthJob[];
}

/** How long a check may take, in milliseconds; a token has as long as contract 0 gives it. */
export const CHECK_LIMIT_MS = 5_000;
export const TOKEN_LIMIT_MS = 10_000;
