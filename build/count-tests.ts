import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";

/** How many went well and how many did not. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** What failed, a line each: shown again at the very end, as a log that is cut keeps its end. */
  readonly failures: readonly string[];
}

const reportSchema = z.object({
  numPassedTests: z.number().int().nonnegative(),
  numFailedTests: z.number().int().nonnegative(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).default([]) })),
    }),
  ),
});

type TestedFile = z.infer<typeof reportSchema>["testResults"][number];

/**
 * Counts one run of the test runner from its JSON report (null: it wrote none) and exit code. A file that could not even
 * be loaded counts as one failure, and so does a run that ended badly or ran nothing though no test failed.
 */
export function countTests(report: unknown, exitCode: number | null): Tally {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1, failures: ["the test runner wrote no report that can be read"] };
  const { numPassedTests: passed, numFailedTests, testResults } = parsed.data;
  const failed = numFailedTests + testResults.filter(isUnloadable).length;
  const isBad = exitCode !== 0 || passed + failed === 0;
  if (failed === 0 && isBad) {
    const end = exitCode === null ? "was ended by force" : `ended with ${exitCode}`;
    return { passed, failed: 1, failures: [`the run ${end} though no test failed, ${passed} passed: see its errors above`] };
  }
  return { passed, failed, failures: testResults.flatMap(failuresOf) };
}

function isUnloadable(file: TestedFile): boolean {
  return file.status === "failed" && file.assertionResults.length === 0;
}

function failuresOf(file: TestedFile): readonly string[] {
  const name = relative(process.cwd(), file.name);
  if (isUnloadable(file)) return [failureLine(name, file.message)];
  return file.assertionResults.filter((one) => one.status === "failed").map((one) => failureLine(`${name} > ${one.fullName}`, one.failureMessages[0] ?? ""));
}

function failureLine(name: string, message: string): string {
  return `${name}: ${stripVTControlCharacters(message).split("\n", 1)[0] ?? ""}`;
}

/** Adds up, and keeps what failed in its order. */
export function total(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed, failures: [...sum.failures, ...one.failures] }),
    { passed: 0, failed: 0, failures: [] },
  );
}
