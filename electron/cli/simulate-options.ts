import { resolve } from "node:path";
import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import type { Arguments, OptionTable } from "./arguments.ts";
import { readNumber } from "./arguments.ts";

/** The flags of `simulate` (design 6). */
export const simulateOptions = {
  concurrency: { takes: "N", does: "How many cases run at once, in place of simulations.concurrency." },
  repeat: { takes: "N", does: "Run a case that fails up to N times; one that comes to different ends is flaky." },
  flows: { takes: "A,B", does: "The flows that are expected to be visited, in place of those of the suite." },
  junit: { takes: "FILE", does: "Write a JUnit XML report." },
  html: { takes: "FILE", does: "Write a report to read in a browser." },
  report: { takes: "FILE", does: "Write everything as JSON; serves as a baseline later." },
  baseline: { takes: "FILE", does: "A JSON report of an earlier batch to compare with." },
  resume: { takes: null, does: "Take up a batch of this suite that was interrupted: what has passed is not run again." },
  "allow-flaky": { takes: null, does: "Flaky cases do not make the exit code 1." },
  "allow-inconclusive": { takes: null, does: "Inconclusive cases do not make the exit code 1." },
} as const satisfies OptionTable;

/** What is written when a batch is over, by kind; absolute paths. */
export type ReportPaths = Readonly<Partial<Record<"junit" | "html" | "report", string>>>;

/** What `simulate` was asked for; paths are absolute. */
export interface SimulateOptions {
  readonly suite: string;
  readonly concurrency?: number;
  readonly repeat: number;
  readonly flows?: readonly string[];
  readonly reports: ReportPaths;
  readonly baseline?: string;
  readonly resume: boolean;
  readonly allowFlaky: boolean;
  readonly allowInconclusive: boolean;
}

const REPORT_FLAGS = ["junit", "html", "report"] as const;

/** Reads the flags. The error says which is wrong and what is allowed. Relative paths are from `cwd`. */
export function readSimulateOptions(args: Arguments, cwd: string): Result<SimulateOptions, string> {
  const [file] = args.positionals;
  if (file === undefined) return err("the suite is missing; allowed: simulate SUITE, a YAML, JSON or CSV file");
  const concurrency = readNumber("concurrency", args.text("concurrency"), { min: 1, max: 100, whole: true });
  if (!concurrency.ok) return concurrency;
  const repeat = readNumber("repeat", args.text("repeat"), { min: 1, max: 10, whole: true });
  if (!repeat.ok) return repeat;
  const flows = args.text("flows")?.split(",").map((flow) => flow.trim()).filter((flow) => flow !== "");
  if (flows?.length === 0) return err("--flows: found no name; allowed: names of flows with commas between them");
  const suite = resolve(cwd, file);
  const reports = reportPaths(args, cwd, suite);
  if (!reports.ok) return reports;
  const baseline = args.text("baseline");
  return ok({
    suite,
    ...(concurrency.value === undefined ? {} : { concurrency: concurrency.value }),
    repeat: repeat.value ?? 1,
    ...(flows === undefined ? {} : { flows }),
    reports: reports.value,
    ...(baseline === undefined ? {} : { baseline: resolve(cwd, baseline) }),
    resume: args.has("resume"),
    allowFlaky: args.has("allow-flaky"),
    allowInconclusive: args.has("allow-inconclusive"),
  });
}

/** A report may take the baseline's place, which has been read by then, but never the suite's or another report's. */
function reportPaths(args: Arguments, cwd: string, suite: string): Result<ReportPaths, string> {
  const paths: Partial<Record<keyof ReportPaths, string>> = {};
  const taken = new Map([[suite, "the suite"]]);
  for (const flag of REPORT_FLAGS) {
    const given = args.text(flag);
    if (given === undefined) continue;
    if (given === "") return err(`--${flag}: found an empty name; allowed: a file`);
    const path = resolve(cwd, given);
    const other = taken.get(path);
    if (other !== undefined) return err(`--${flag}: found the file that ${other} is in; allowed: a file of its own`);
    taken.set(path, `--${flag}`);
    paths[flag] = path;
  }
  return ok(paths);
}
