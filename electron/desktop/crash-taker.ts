import { wait, type Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { Words } from "../words/en.ts";
import { crashOf, type Crash } from "../diagnostics/crash-report.ts";

/** A disk that hangs does not keep the person from hearing of it. */
const REPORT_MS = 2_000;

/** Writes the report of a crash and gives its whole path. Fault: `disk`. */
export type TakeCrash = (crash: Crash) => Promise<Result<string, Fault>>;

/** Where a report lies, in a sentence for the person. */
export function reportWords(report: Result<string, Fault>, words: Words["boxes"]): string {
  return report.ok ? words.reportIn(report.value) : words.noReportFor(report.error.detail);
}

/** Reports an error that ends the program, and gives where the report lies in a sentence for the person, within 2 s. Never rejects. */
export async function reportInTime(thrown: unknown, { take, clock, words }: { readonly take: TakeCrash; readonly clock: Clock; readonly words: Words["boxes"] }): Promise<string> {
  const limit = new AbortController();
  const late = wait(clock, REPORT_MS, limit.signal).then(() => words.reportLate);
  try {
    return await Promise.race([take(crashOf(thrown)).then((report) => reportWords(report, words)), late]);
  } catch {
    return words.noReport;
  } finally {
    limit.abort();
  }
}
