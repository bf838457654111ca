import type { Batch, CaseResult } from "../../shared/simulation.ts";
import { exitCodes, type ExitCode } from "./command.ts";

/** What a pipeline lets pass besides `passed`. */
export interface Allowance {
  readonly allowFlaky: boolean;
  readonly allowInconclusive: boolean;
}

/**
 * What a batch ends with (design 6): 0 every case of it passed or is allowed, 1 not every one, 2 it did not run to its
 * end. Pure.
 */
export function exitCodeOfBatch(batch: Batch, allowance: Allowance): ExitCode {
  if (batch.end.kind !== "finished") return exitCodes.notTried;
  return batch.results.every((result) => isAllowed(result, allowance)) ? exitCodes.done : exitCodes.no;
}

function isAllowed({ verdict }: CaseResult, { allowFlaky, allowInconclusive }: Allowance): boolean {
  return verdict === "passed" || (verdict === "flaky" && allowFlaky) || (verdict === "inconclusive" && allowInconclusive);
}
