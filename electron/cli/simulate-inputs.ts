import { readFile, stat } from "node:fs/promises";
import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import type { Batch, Suite, SuiteProblem } from "../../shared/simulation.ts";
import { diskFault } from "../files/disk-fault.ts";
import { MAX_BASELINE_BYTES, readBaseline, tooLarge } from "../simulations/report-baseline.ts";
import { readSuite } from "../simulations/suite-file.ts";
import type { SimulateOptions } from "./simulate-options.ts";

/** What a batch is run and compared with, or why it cannot be. */
export type Inputs =
  | { readonly kind: "ready"; readonly suite: Suite; readonly baseline: Batch | null }
  | { readonly kind: "invalid"; readonly file: string; readonly problems: readonly SuiteProblem[] }
  | { readonly kind: "unreadable"; readonly message: string };

/** Reads the suite, with everything that is wrong in it at once, and the baseline. */
export async function readInputs({ suite: file, flows, baseline: baselineFile }: SimulateOptions): Promise<Inputs> {
  const suite = await readSuite(file, flows === undefined ? {} : { flows });
  if (!suite.ok) return { kind: "invalid", file, problems: suite.error };
  if (baselineFile === undefined) return { kind: "ready", suite: suite.value, baseline: null };
  const baseline = await readBaselineFile(baselineFile);
  if (!baseline.ok) return { kind: "unreadable", message: `--baseline ${baselineFile}: ${baseline.error}` };
  return { kind: "ready", suite: suite.value, baseline: baseline.value };
}

async function readBaselineFile(path: string): Promise<Result<Batch, string>> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BASELINE_BYTES) return err(tooLarge(size));
    const read = readBaseline(await readFile(path, "utf8"));
    return read.ok ? ok(read.value) : read;
  } catch (error) {
    return err(diskFault(error, "reading it").detail);
  }
}
