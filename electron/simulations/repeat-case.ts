import type { CaseResult, SimulationCase, Verdict } from "../../shared/simulation.ts";
import type { Fault } from "../../shared/fault.ts";
import { keptTurns } from "./kept-turns.ts";
import { type CaseError, type CasePorts, type CaseRun, type JudgedCase, runCase } from "./run-case.ts";

/** A case that is done with, and the fault that ended its last run, where one did. */
export interface CaseDone {
  readonly result: CaseResult;
  readonly fault: Fault | null;
}

/**
 * Runs a case, and one that failed again, up to `repeat` runs in all. Where a run comes to another verdict the case is
 * flaky, and nothing is learned from further ones; what is told of it is the run that failed. A repetition that could
 * not be run says nothing of the bot and leaves the verdict. `allowance`: characters of text that are kept.
 * Gives null where the signal cut it short.
 */
export async function repeatCase(
  one: SimulationCase,
  { repeat, allowance, ...ports }: CasePorts & { readonly repeat: number; readonly allowance: number },
): Promise<CaseDone | null> {
  const { clock } = ports;
  const startedAt = clock.now();
  const began = clock.monotonic();
  const first = await runCase(one, ports);
  if (first.kind === "dropped") return null;
  const runs: Verdict[] = [first.verdict];
  let fault = faultOf(first);
  let flaky = false;
  while (first.verdict === "failed" && !flaky && runs.length < repeat && !isRefusal(fault)) {
    const again = await runCase(one, ports);
    if (again.kind === "dropped") return null;
    runs.push(again.verdict);
    fault = faultOf(again);
    flaky = again.verdict !== "failed" && again.verdict !== "error";
  }
  const result: CaseResult = {
    testId: one.test_id,
    verdict: flaky ? "flaky" : first.verdict,
    ...outcomeOf(first, allowance),
    startedAt,
    durationMs: Math.max(0, clock.monotonic() - began),
    runs,
  };
  return { result, fault };
}

/** Whether the fault would meet every case alike: who we are, and what we may, does not change from case to case. */
export function isRefusal(fault: Fault | null): boolean {
  return fault !== null && (fault.code === "credentials" || fault.code === "missing-scope" || fault.code === "forbidden");
}

function outcomeOf(run: JudgedCase | CaseError, allowance: number) {
  const { simulationId } = run;
  if (run.kind === "error") return { checks: [], turns: [], simulationId, fault: run.fault };
  return { checks: run.checks, turns: keptTurns(run.turns, allowance), simulationId };
}

function faultOf(run: CaseRun): Fault | null {
  return run.kind === "error" ? run.fault : null;
}
