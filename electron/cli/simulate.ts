import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { Batch, Comparison, Suite } from "../../shared/simulation.ts";
import type { SimulationsBench } from "../app/simulations-bench.ts";
import { compareWith } from "../simulations/comparison.ts";
import type { Command, CommandContext, ExitCode } from "./command.ts";
import { configOptions, exitCodes, untilStopped } from "./command.ts";
import { faultMessage } from "./fault-message.ts";
import { headlessPorts, type HeadlessPorts } from "./headless.ts";
import { sayLine } from "./line.ts";
import { createProgressLine, type ProgressLine } from "./progress-line.ts";
import { refuseAgent } from "./role-refusal.ts";
import { openSectionConfig } from "./section-config.ts";
import { readInputs } from "./simulate-inputs.ts";
import { batchLine, caseLine, invalidLine, progressLine, progressText } from "./simulate-lines.ts";
import { readSimulateOptions, simulateOptions, type SimulateOptions } from "./simulate-options.ts";
import { checkReportPaths, writeReports } from "./simulate-reports.ts";
import { exitCodeOfBatch } from "./simulate-verdict.ts";

/** What this command needs of the running program. */
export type SimulatePorts = Omit<HeadlessPorts, "onConnection">;

/** The running program. Disposing closes it in order. */
export interface SimulateService extends AsyncDisposable {
  readonly bench: Pick<SimulationsBench, "run" | "keep" | "store" | "told">;
}

/** Starts the program without a panel and with nothing but simulations; a fault where it cannot begin. */
export type OpenSimulate = (ports: SimulatePorts) => Promise<Result<SimulateService, Fault>>;

/** `simulate SUITE`: a batch; exit code 0 all passed or allowed, 1 not all, 2 it could not run or not to its end. */
export function simulateCommand(open: OpenSimulate): Command {
  return {
    usage: "SUITE",
    maxPositionals: 1,
    options: { ...simulateOptions, ...configOptions },
    async run(context) {
      const { output } = context;
      const options = readSimulateOptions(context.args, context.cwd);
      if (!options.ok) {
        output.error(`simulate: ${options.error}`);
        return exitCodes.notTried;
      }
      const inputs = await readInputs(options.value);
      switch (inputs.kind) {
        case "invalid":
          sayLine(output, invalidLine(inputs.file, inputs.problems));
          return exitCodes.notTried;
        case "unreadable":
          output.error(`simulate: ${inputs.message}`);
          return exitCodes.notTried;
        case "ready":
          break;
      }
      const writable = await checkReportPaths(options.value.reports);
      if (!writable.ok) {
        output.error(`simulate: ${writable.error}`);
        return exitCodes.notTried;
      }
      return await runWith(context, open, { options: options.value, suite: inputs.suite, baseline: inputs.baseline });
    },
  };
}

interface Wanted {
  readonly options: SimulateOptions;
  readonly suite: Suite;
  readonly baseline: Batch | null;
}

async function runWith(context: CommandContext, open: OpenSimulate, wanted: Wanted): Promise<ExitCode> {
  const { output, clock } = context;
  await using config = await openSectionConfig(context, { name: "simulations", variables: "COGNIGY_ENVIRONMENT", watch: false });
  if (config === null) return exitCodes.notTried;
  const refused = refuseAgent(output, config, "simulations");
  if (refused !== null) return refused;
  using line = createProgressLine(context.stderr, clock);
  const opened = await open({
    ...headlessPorts(context, config),
    onNotice: (text) => {
      line.around(() => {
        output.note(text);
      });
    },
  });
  if (!opened.ok) {
    output.error(faultMessage(opened.error));
    return exitCodes.notTried;
  }
  await using service = opened.value;
  const ran = await runHere(context, service, line, wanted);
  if (!ran.ok) return ran.error;
  line[Symbol.dispose]();
  const exitCode = await tellEnd(context, service, wanted, ran.value);
  // The report to the QA platform is under way; whoever asks the program to end does not wait for it.
  await Promise.race([service.bench.told(), untilStopped(context.stopped)]);
  return exitCode;
}

/** The batch; where it could not begin, that has been said, and the error is what the command ends with. */
async function runHere(context: CommandContext, { bench }: SimulateService, line: ProgressLine, wanted: Wanted): Promise<Result<Batch, ExitCode>> {
  const { output, stopped } = context;
  const { options, suite } = wanted;
  const ran = await bench.run({
    suite,
    file: options.suite,
    repeat: options.repeat,
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    resume: options.resume,
    signal: stopped,
    onBegun({ batchId, progress, kept }) {
      const total = suite.cases.length;
      output.event("ready", { batchId, suite: suite.name, total, resumed: kept.length }, null);
      if (!output.json) line.show(progressText(progress));
    },
    onStarted: () => undefined,
    onResult: (result) => {
      sayLine(output, caseLine(result));
    },
    onProgress(progress) {
      sayLine(output, progressLine(progress));
      if (!output.json) line.show(progressText(progress));
    },
  });
  if (ran.ok) return ran;
  line[Symbol.dispose]();
  if (ran.error.kind === "problems") sayLine(output, invalidLine(options.suite, ran.error.problems));
  else output.error(stopped.aborted ? "cancelled before the batch began" : faultMessage(ran.error.fault));
  return { ok: false, error: exitCodes.notTried };
}

async function tellEnd(context: CommandContext, { bench }: SimulateService, wanted: Wanted, batch: Batch): Promise<ExitCode> {
  const { output } = context;
  const { options, suite, baseline } = wanted;
  await bench.keep(batch, suite.cases);
  const comparison: Comparison | null = baseline === null ? null : compareWith(baseline, batch);
  const trend = await bench.store.trend(suite.name);
  const { written, faults } = await writeReports(options.reports, { batch, suite, baseline, comparison, trend, allowFlaky: options.allowFlaky });
  const utterances = new Map(suite.cases.map((one) => [one.test_id, one.utterance]));
  sayLine(output, batchLine({ batch, utterances, comparison, reports: written }));
  for (const fault of faults) output.error(fault);
  const exitCode = exitCodeOfBatch(batch, options);
  // A pipeline that reads the reports must not take a missing one for a good one.
  return faults.length > 0 && exitCode === exitCodes.done ? exitCodes.notTried : exitCode;
}
