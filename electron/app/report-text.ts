import { assertNever } from "../../shared/assert-never.ts";
import type { Batch, Comparison, Suite } from "../../shared/simulation.ts";
import type { Words } from "../words/en.ts";
import type { ExportFormat, TrendPoint } from "../../shared/simulation-view.ts";

/** All that a report tells of a batch. */
export interface ReportMatter {
  readonly batch: Batch;
  readonly suite: Suite;
  readonly baseline: Batch | null;
  readonly comparison: Comparison | null;
  /** Oldest first. */
  readonly trend: readonly TrendPoint[];
  /** Whether a flaky case is no failure in JUnit's eyes. */
  readonly allowFlaky?: boolean;
  /** What the page for people is told in; English unless given, as the other formats are always. */
  readonly words?: Words["report"];
}

/** A batch as a file of this format. What writes it is loaded now: the program starts without. */
export async function reportText(format: ExportFormat, { batch, suite, baseline, comparison, trend, allowFlaky = false, words }: ReportMatter): Promise<string> {
  switch (format) {
    case "junit": {
      const { junitReport } = await import("../simulations/report-junit.ts");
      return junitReport(batch, suite, { allowFlaky });
    }
    case "json": {
      const { jsonReport } = await import("../simulations/report-json.ts");
      return jsonReport(batch);
    }
    case "html": {
      const { htmlReport } = await import("../simulations/report-html.ts");
      return htmlReport({ batch, suite, comparison, trend, ...(baseline === null ? {} : { baselineResults: baseline.results }), ...(words === undefined ? {} : { words }) });
    }
    default:
      return assertNever(format);
  }
}
