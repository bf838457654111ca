import { z } from "zod";

/** How many went well and how many did not. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

const reportSchema = z.object({
  numPassedTests: z.number().int().nonnegative(),
  numFailedTests: z.number().int().nonnegative(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/**
 * Counts one run of the test runner from its JSON report (null: it wrote none) and exit code. A file that could not even
 * be loaded counts as one failure, and so does a run that ended badly or ran nothing though no test failed.
 */
export function countTests(report: unknown, exitCode: number | null): Tally {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests, testResults } = parsed.data;
  const unloadable = testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0).length;
  const failed = numFailedTests + unloadable;
  const isBad = exitCode !== 0 || passed + failed === 0;
  return { passed, failed: failed === 0 && isBad ? 1 : failed };
}

/** Adds up. */
export function total(tallies: readonly Tally[]): Tally {
  return tallies.reduce((sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }), { passed: 0, failed: 0 });
}
