import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { Words } from "../words/en.ts";
import type { Crash } from "../diagnostics/crash-report.ts";

/** Writes the report of a crash and gives its whole path. Fault: `disk`. */
export type TakeCrash = (crash: Crash) => Promise<Result<string, Fault>>;

/** Where a report lies, in a sentence for the person. */
export function reportWords(report: Result<string, Fault>, words: Words["boxes"]): string {
  return report.ok ? words.reportIn(report.value) : words.noReportFor(report.error.detail);
}
