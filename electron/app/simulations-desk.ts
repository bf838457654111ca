import type { Clock } from "../../shared/clock.ts";
import type { Fault, FaultCode } from "../../shared/fault.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Batch, Comparison, Suite, SuiteProblem } from "../../shared/simulation.ts";
import { MAX_PROBLEMS, type SimulationsView } from "../../shared/simulation-view.ts";
import type { FilePort } from "../files/file-port.ts";
import type { KeptBatch } from "../history/history-record.ts";
import type { SimulationCommands } from "../host/simulation-commands.ts";
import { compareWith } from "../simulations/comparison.ts";
import type { BatchRefusal } from "./batch-job.ts";
import { casesToRerun, mergeRerun } from "./batch-rerun.ts";
import { createCaseTable } from "./case-table.ts";
import { reportFileName, writeReportFile } from "./report-file.ts";
import { reportText } from "./report-text.ts";
import { emptyDesk, viewOf, type Chosen, type DeskState } from "./simulations-state.ts";
import type { SimulationsBench } from "./simulations-bench.ts";
import { createSuiteUpload } from "./suite-upload.ts";
import { englishSpeech, type Speech } from "../words/speech.ts";
import { createViewTeller } from "./view-teller.ts";

/** The least time between two tellings of how a batch goes on. */
const PROGRESS_MS = 100;

export interface SimulationsDeskOptions {
  readonly bench: SimulationsBench;
  readonly clock: Clock;
  readonly files: FilePort;
  /** The person's folder of reports. */
  readonly reportsFolder: string;
  /** The suite that comes with the program. */
  readonly example: () => Promise<{ readonly name: string; readonly text: string }>;
  readonly publish: (update: PanelUpdate) => void;
  /** English unless given. */
  readonly speech?: Pick<Speech, "words" | "onChange">;
  /** Hears a mistake of ours. */
  readonly onBug: (bug: unknown) => void;
}

/** The supervisor's view of simulations: what it shows is published, what it asks for is done. */
export interface SimulationsDesk extends AsyncDisposable {
  /** Null while simulations are off. */
  commands(): SimulationCommands | null;
  /** Publishes all that the view shows, for whoever has not heard it yet. */
  tellAll(): void;
}

/** Binds the view to the bench. Disposing cancels a batch that runs; what it has done can be taken up later. */
export function createSimulationsDesk(options: SimulationsDeskOptions): SimulationsDesk {
  const { bench, clock, files, publish, speech = englishSpeech } = options;
  let state: DeskState = emptyDesk();
  let running: Promise<void> = Promise.resolve();
  let closed = false;
  const table = createCaseTable(clock, publish, () => speech.words().report);
  const upload = createSuiteUpload(clock);
  const tellView = (): void => {
    publish({ kind: "simulations", view: bench.isOn() ? viewOf(state) : null });
  };
  const teller = createViewTeller(clock, PROGRESS_MS, tellView);
  const change = (to: Partial<DeskState>): void => {
    state = { ...state, ...to };
    teller.now();
  };
  const isBusy = (): boolean => state.work.kind !== "idle";

  const choose = async (file: string, text: string): Promise<Result<null, Fault>> => {
    if (isBusy()) return refuse("not-allowed", "a batch is running, or a suite is being read; wait for its end, or cancel it");
    change({ work: { kind: "preparing", since: clock.now() } });
    const { parseSuite } = await import("../simulations/suite-file.ts");
    const parsed = parseSuite({ file, text, words: speech.words().problems });
    if (!parsed.ok) {
      state = { ...emptyDesk(), problems: problemsOf(file, parsed.error) };
      table.show([], new Map());
      teller.now();
      return ok(null);
    }
    const suite = parsed.value;
    state = { ...emptyDesk(), work: state.work, chosen: { file, suite } };
    table.show(suite.cases, state.results);
    teller.now();
    const [trend, baseline, resumable] = await Promise.all([bench.store.trend(suite.name), bench.store.baseline(suite.name), bench.resumable(suite)]);
    change({ work: { kind: "idle" }, trend, baseline, resumable });
    return ok(null);
  };

  /** Runs the batch to its end; `begun` is settled when it has begun or could not begin. */
  const carryOut = async ({ suite, file }: Chosen, which: "all" | "failed" | "resume", repeat: number, begun: (result: Result<null, Fault>) => void): Promise<void> => {
    const before = which === "failed" ? (state.shown?.batch ?? null) : null;
    const again = before === null ? null : casesToRerun(suite, before);
    const ids = (again ?? suite.cases).map((one) => one.test_id);
    const stop = new AbortController();
    change({ work: { kind: "preparing", since: clock.now() }, stop, fault: null, problems: null });
    const outcome = await bench.run({
      suite,
      file,
      ...(again === null || before === null ? {} : { cases: again, rerunOf: before.rerun?.of ?? before.batchId }),
      repeat,
      resume: which === "resume",
      signal: stop.signal,
      onBegun({ batchId, progress, kept }) {
        const results = new Map(before === null ? kept.map((result) => [result.testId, result] as const) : state.results);
        if (before !== null) for (const id of ids) results.delete(id);
        state = { ...state, shown: null, comparison: null, results };
        table.show(suite.cases, results);
        change({ work: { kind: stop.signal.aborted ? "cancelling" : "running", batchId, since: clock.now(), progress } });
        begun(ok(null));
      },
      onStarted: (testId) => {
        table.started(testId);
      },
      onResult(result) {
        state.results.set(result.testId, result);
        table.finished(result);
      },
      onProgress(progress) {
        const { work } = state;
        if (work.kind !== "running" && work.kind !== "cancelling") return;
        state = { ...state, work: { ...work, progress } };
        teller.soon();
      },
    });
    if (outcome.ok) {
      const ran = outcome.value;
      // Cancelled before anything came of it: what was known still stands.
      const nothingNew = before !== null && ran.results.length === 0;
      await finish(suite, before === null ? ran : nothingNew ? before : mergeRerun(suite, before, ran, bench.passThreshold()));
      return;
    }
    change({ work: { kind: "idle" }, stop: null, ...afterRefusal(file, outcome.error, stop.signal.aborted) });
    begun(err(faultOf(outcome.error)));
  };

  /** The results are there for the person before they are kept. */
  const finish = async (suite: Suite, batch: Batch): Promise<void> => {
    const results = new Map(batch.results.map((result) => [result.testId, result]));
    table.show(suite.cases, results);
    state = { ...state, shown: { batch, cases: suite.cases }, results, comparison: comparedWith(state.baseline, batch), stop: null };
    teller.now();
    await bench.keep(batch, suite.cases);
    const [trend, resumable] = await Promise.all([bench.store.trend(batch.suite), bench.resumable(suite)]);
    change({ work: { kind: "idle" }, trend, resumable });
  };

  const commands: SimulationCommands = {
    async load(part) {
      const taken = upload.take(part);
      if (!taken.ok) return taken;
      return taken.value === null ? ok(null) : choose(taken.value.name, taken.value.text);
    },
    async example() {
      const { name, text } = await options.example();
      return choose(name, text);
    },
    async run(which, repeat) {
      if (closed) return refuse("aborted", "the program is closing");
      if (isBusy()) return refuse("not-allowed", "a batch is running, or a suite is being read; wait for its end, or cancel it");
      const { chosen, shown, resumable } = state;
      if (chosen === null) return refuse("not-allowed", "no suite was chosen, or the one that was has problems");
      if (which === "failed" && shown === null) return refuse("not-allowed", "no batch is shown whose failed cases could be run again");
      if (which === "failed" && shown !== null && casesToRerun(chosen.suite, shown.batch).length === 0) return refuse("not-allowed", "every case of the batch passed");
      if (which === "resume" && resumable === null) return refuse("not-allowed", "no batch of this suite was interrupted");
      const begun = Promise.withResolvers<Result<null, Fault>>();
      running = carryOut(chosen, which, repeat, begun.resolve).catch((bug: unknown) => {
        change({ work: { kind: "idle" }, stop: null });
        begun.resolve(refuse("aborted", "the batch ended by a mistake of ours"));
        options.onBug(bug);
      });
      return begun.promise;
    },
    async cancel() {
      const { work, stop } = state;
      stop?.abort();
      if (work.kind === "running") change({ work: { ...work, kind: "cancelling" } });
      return ok(null);
    },
    async details(testId) {
      const found = state.chosen?.suite.cases.find((one) => one.test_id === testId);
      if (found === undefined) return refuse("not-found-here", `no case ${JSON.stringify(testId.slice(0, 80))} is in the suite that is shown`);
      const before = state.baseline?.batch.results.find((one) => one.testId === testId);
      return ok({ case: found, result: state.results.get(testId) ?? null, baseline: before ?? null });
    },
    async pin(pinned) {
      const { shown, chosen } = state;
      if (chosen === null) return refuse("not-allowed", "no suite was chosen");
      if (pinned && shown === null) return refuse("not-allowed", "no batch is shown that could be the baseline");
      if (pinned && shown?.batch.end.kind !== "finished") return refuse("not-allowed", "the batch did not run to its end; a baseline has to know every case");
      const baseline = pinned ? shown : null;
      const kept = await bench.store.pin(chosen.suite.name, baseline);
      change({ baseline, comparison: shown === null ? null : comparedWith(baseline, shown.batch) });
      return kept.ok ? ok(null) : kept;
    },
    async export(format) {
      const { shown, chosen, baseline, comparison, trend } = state;
      if (shown === null || chosen === null) return refuse("not-allowed", isBusy() ? "the batch is still running" : "no batch is shown that could be exported");
      const { batch } = shown;
      const text = await reportText(format, { batch, suite: chosen.suite, baseline: baseline?.batch ?? null, comparison, trend, words: speech.words().report });
      const written = await writeReportFile(files, options.reportsFolder, reportFileName(batch, format), text);
      return written.ok ? ok({ file: written.value }) : written;
    },
  };

  const stopSpeech = speech.onChange(() => {
    table.sayAnew(state.results);
  });
  const stopWatching = bench.onSwitched(() => {
    tellView();
  });

  return {
    commands: () => (bench.isOn() ? commands : null),
    tellAll() {
      tellView();
      publish({ kind: "simulation-rows", rows: table.rows() });
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      stopWatching();
      stopSpeech();
      state.stop?.abort();
      await running;
      teller[Symbol.dispose]();
      table[Symbol.dispose]();
      upload[Symbol.dispose]();
    },
  };
}

function comparedWith(baseline: KeptBatch | null, batch: Batch): Comparison | null {
  return baseline === null ? null : compareWith(baseline.batch, batch);
}

/** Cancelled before it began: nothing is wrong. */
function afterRefusal(file: string, refusal: BatchRefusal, wasCancelled: boolean): Pick<DeskState, "fault" | "problems"> {
  if (refusal.kind === "problems") return { fault: null, problems: problemsOf(file, refusal.problems) };
  return { fault: wasCancelled ? null : refusal.fault, problems: null };
}

function faultOf(refusal: BatchRefusal): Fault {
  if (refusal.kind === "fault") return refusal.fault;
  return { kind: "contract", code: "invalid-input", detail: `${refusal.problems.length} expectations do not fit the bot; the list of problems names them` };
}

function problemsOf(file: string, problems: readonly SuiteProblem[]): NonNullable<SimulationsView["problems"]> {
  return { file, count: problems.length, list: problems.slice(0, MAX_PROBLEMS) };
}

function refuse(code: FaultCode, detail: string): { readonly ok: false; readonly error: Fault } {
  return err({ kind: code === "invalid-input" ? "contract" : code === "aborted" ? "transport" : "policy", code, detail });
}
