import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { Crash } from "../diagnostics/crash-report.ts";

/** Writes the report of a crash and gives its whole path. Fault: `disk`. */
export type TakeCrash = (crash: Crash) => Promise<Result<string, Fault>>;

/** Where a report lies, in a sentence for the person. */
export function reportWords(report: Result<string, Fault>): string {
  return report.ok ? `A report is in ${report.value}. It stays on this machine.` : `No report could be written: ${report.error.detail}.`;
}
