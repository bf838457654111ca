import type { Clock } from "../../shared/clock.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import type { CaseResult, SimulationCase } from "../../shared/simulation.ts";
import type { CaseRow } from "../../shared/simulation-view.ts";
import { reasonsOf, type ReportWords } from "../simulations/report-words.ts";

/** Changes of lines are told together, at most this often. */
const GATHER_MS = 100;
/** From this share of the table on, telling all of it costs less than telling the changes. */
const WHOLE_SHARE = 0.5;

/** The panel's table of cases: a line per case of the suite, in its order. Disposing drops what was not told yet. */
export interface CaseTable extends Disposable {
  /** A new table, told at once; cases without a result wait. */
  show(cases: readonly SimulationCase[], results: ReadonlyMap<string, CaseResult>): void;
  started(testId: string): void;
  finished(result: CaseResult): void;
  /** Says why cases did not pass anew, in the language of now. */
  sayAnew(results: ReadonlyMap<string, CaseResult>): void;
  rows(): readonly CaseRow[];
}

/** Holds the table and publishes it: whole when it is new, then the lines that changed, gathered over 100 ms. In English unless `words` gives others. */
export function createCaseTable(clock: Clock, publish: (update: PanelUpdate) => void, words?: () => ReportWords): CaseTable {
  let rows: CaseRow[] = [];
  let places = new Map<string, number>();
  const changed = new Set<number>();
  let cancelTimer: (() => void) | null = null;

  const forgetChanges = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    changed.clear();
  };
  const flush = (): void => {
    const indices = [...changed];
    forgetChanges();
    if (indices.length === 0) return;
    if (indices.length > rows.length * WHOLE_SHARE) {
      publish({ kind: "simulation-rows", rows: [...rows] });
      return;
    }
    const changes = indices.flatMap((index) => {
      const row = rows[index];
      return row === undefined ? [] : [{ index, row }];
    });
    publish({ kind: "simulation-row-changes", changes });
  };
  const change = (testId: string, to: (row: CaseRow) => CaseRow): void => {
    const index = places.get(testId);
    const row = index === undefined ? undefined : rows[index];
    if (index === undefined || row === undefined) return;
    rows[index] = to(row);
    changed.add(index);
    cancelTimer ??= clock.after(GATHER_MS, flush);
  };

  return {
    show(cases, results) {
      forgetChanges();
      rows = cases.map((one) => rowOf(one, results.get(one.test_id), words?.()));
      places = new Map(cases.map((one, index) => [one.test_id, index]));
      publish({ kind: "simulation-rows", rows: [...rows] });
    },
    started(testId) {
      change(testId, (row) => ({ ...row, state: "running" }));
    },
    finished(result) {
      change(result.testId, (row) => withResult(row, result, words?.()));
    },
    sayAnew(results) {
      forgetChanges();
      rows = rows.map((row) => {
        const result = results.get(row.testId);
        return result === undefined || row.state !== result.verdict ? row : withResult(row, result, words?.());
      });
      publish({ kind: "simulation-rows", rows: [...rows] });
    },
    rows: () => [...rows],
    [Symbol.dispose]: forgetChanges,
  };
}

function rowOf({ test_id: testId, utterance, tags }: SimulationCase, result: CaseResult | undefined, words: ReportWords | undefined): CaseRow {
  const waiting: CaseRow = { testId, utterance, tags, state: "waiting", reasons: [], durationMs: null };
  return result === undefined ? waiting : withResult(waiting, result, words);
}

function withResult(row: CaseRow, result: CaseResult, words: ReportWords | undefined): CaseRow {
  return { ...row, state: result.verdict, reasons: reasonsOf(result, words), durationMs: result.durationMs };
}
