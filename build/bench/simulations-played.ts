import { createCaseTable } from "../../electron/app/case-table.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { createProgressMeter } from "../../electron/simulations/progress.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import type { SimulationsView } from "../../shared/simulation-view.ts";
import type { CaseResult, Progress } from "../../shared/simulation.ts";
import { benchSuite } from "./simulations-cases.ts";

/** How many cases are under way. */
const LANES = 50;
const TICK_MS = 10;

/** A batch that is played to the view, without a platform. Disposing ends it. */
export interface PlayedBatch extends Disposable {
  start(): void;
}

export interface PlayOptions {
  readonly cases: number;
  /** Lines of the table that change in a second. */
  readonly perSecond: number;
  readonly publish: (update: PanelUpdate) => void;
  /** Tells a line that changed with the next tick, and not gathered as the desk does. */
  readonly isPrompt: boolean;
  /** The place in the table of a line that is on screen, for the so manieth change. */
  readonly onScreen: (change: number) => number;
}

/**
 * Publishes a waiting table, and from `start` on as the desk does: lines that change and how the batch goes on. Every
 * other change is that of the case that is next, the others are of lines on screen; one case in four fails.
 */
export function playBatch({ cases: count, perSecond, publish, isPrompt, onScreen }: PlayOptions): PlayedBatch {
  const { cases } = benchSuite(count);
  const idAt = (place: number): string => cases[place % count]?.test_id ?? "";
  const clock = isPrompt ? { ...systemClock, after: (_delayMs: number, fire: () => void) => systemClock.after(0, fire) } : systemClock;
  const table = createCaseTable(clock, publish);
  const tell = (progress: Progress): void => {
    publish({ kind: "simulations", view: viewOf(progress) });
  };
  const meter = createProgressMeter({ total: count, kept: [], clock: systemClock, onProgress: tell });
  tell({ done: 0, total: count, counts: NONE, running: [], perSecond: null, leftMs: null });
  table.show(cases, new Map());
  let stop = (): void => {};
  return {
    start() {
      const startedMs = systemClock.monotonic();
      let changes = 0;
      let done = 0;
      for (let lane = 0; lane < LANES; lane += 1) meter.started(idAt(lane));
      const goOn = (): void => {
        const due = Math.floor(((systemClock.monotonic() - startedMs) * perSecond) / 1_000);
        for (; changes < due; changes += 1) {
          if (changes % 2 === 0) {
            const result = resultOf(idAt(done), done);
            table.finished(result);
            meter.finished(result);
            meter.started(idAt(done + LANES));
            done += 1;
          } else table.finished(resultOf(idAt(onScreen(changes)), changes + Math.floor(changes / perSecond)));
        }
        stop = systemClock.after(TICK_MS, goOn);
      };
      goOn();
    },
    [Symbol.dispose]() {
      stop();
      meter[Symbol.dispose]();
      table[Symbol.dispose]();
    },
  };
}

const NONE = { total: 0, passed: 0, failed: 0, flaky: 0, inconclusive: 0, errors: 0 };

function viewOf(progress: Progress): SimulationsView {
  return {
    suite: { name: "bench", file: "bench.yaml", cases: progress.total, expectedFlows: 2 },
    problems: null,
    work: { kind: "running", batchId: "bench", since: 0, progress },
    fault: null,
    batch: null,
    baseline: null,
    comparison: null,
    trend: [],
    resumable: null,
  };
}

function resultOf(testId: string, index: number): CaseResult {
  const failed = index % 4 === 0;
  return {
    testId,
    verdict: failed ? "failed" : "passed",
    checks: failed
      ? [
          { kind: "intent", outcome: "failed", expected: "check_order", actual: "small_talk" },
          { kind: "next_flow", outcome: "failed", expected: "flow_order_status", actual: "flow_greeting" },
        ]
      : [],
    turns: [],
    simulationId: `sim-${index}`,
    startedAt: 0,
    durationMs: 400 + (index % 900),
    runs: [failed ? "failed" : "passed"],
  };
}
