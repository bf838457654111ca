import { assertNever } from "../../shared/assert-never.ts";
import type { CaseRow } from "../../shared/simulation-view.ts";
import type { Comparison } from "../../shared/simulation.ts";
import { locale } from "../texts/language.ts";

export type ComparedFilter = "broken" | "mended" | "added" | "removed";

/** Which cases the table shows. `cases`: those behind one number of the coverage, under its name. */
export type CaseFilter =
  | { readonly kind: "all" }
  | { readonly kind: "state"; readonly state: CaseRow["state"] | "not passed" | "to come" }
  | { readonly kind: "compared"; readonly which: ComparedFilter }
  | { readonly kind: "cases"; readonly name: string; readonly ids: ReadonlySet<string> };

export type SortColumn = "suite" | "verdict" | "case" | "utterance" | "time";

/** What the table is asked for: which cases, with which words in them, in which order. */
export interface CaseQuery {
  readonly filter: CaseFilter;
  readonly words: string;
  readonly column: SortColumn;
  readonly descending: boolean;
}

/** What needs a person first stands first. */
export const firstQuery: CaseQuery = { filter: { kind: "all" }, words: "", column: "verdict", descending: false };

/** Worst first; what is still to come before what is well. */
const severity: Readonly<Record<CaseRow["state"], number>> = { error: 0, failed: 1, flaky: 2, inconclusive: 3, running: 4, waiting: 4, passed: 5 };

const collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });

/** Whether a row is among those asked for. Words match anywhere in id, utterance, tags and reasons, all of them, in any case. */
export function rowMatcher({ filter, words }: CaseQuery, comparison: Comparison | null): (row: CaseRow) => boolean {
  const wanted = words.toLocaleLowerCase().split(/\s+/u).filter((word) => word !== "");
  const inFilter = filterMatcher(filter, comparison);
  if (wanted.length === 0) return inFilter;
  return (row) => {
    if (!inFilter(row)) return false;
    const text = `${row.testId}\n${row.utterance}\n${row.tags.join("\n")}\n${row.reasons.join("\n")}`.toLocaleLowerCase();
    return wanted.every((word) => text.includes(word));
  };
}

function filterMatcher(filter: CaseFilter, comparison: Comparison | null): (row: CaseRow) => boolean {
  switch (filter.kind) {
    case "all":
      return () => true;
    case "state":
      if (filter.state === "not passed") return ({ state }) => severity[state] < severity.running;
      if (filter.state === "to come") return ({ state }) => state === "running" || state === "waiting";
      return ({ state }) => state === filter.state;
    case "compared": {
      const ids = new Set(comparison?.[filter.which] ?? []);
      return ({ testId }) => ids.has(testId);
    }
    case "cases":
      return ({ testId }) => filter.ids.has(testId);
    default:
      return assertNever(filter);
  }
}

/** The places in `rows` of those asked for, in the order asked for; equal ones stay in the suite's order. */
export function arrange(rows: readonly CaseRow[], matches: (row: CaseRow) => boolean, query: CaseQuery): readonly number[] {
  const found: number[] = [];
  for (const [index, row] of rows.entries()) if (matches(row)) found.push(index);
  if (query.column === "suite") return query.descending ? found.toReversed() : found;
  const compare = comparing(query.column, query.descending ? -1 : 1);
  return found.sort((a, b) => {
    const [one, other] = [rows[a], rows[b]];
    return one === undefined || other === undefined ? 0 : compare(one, other) || a - b;
  });
}

function comparing(column: Exclude<SortColumn, "suite">, sign: 1 | -1): (a: CaseRow, b: CaseRow) => number {
  switch (column) {
    case "verdict":
      return (a, b) => sign * (severity[a.state] - severity[b.state]);
    case "case":
      return (a, b) => sign * collator.compare(a.testId, b.testId);
    case "utterance":
      return (a, b) => sign * collator.compare(a.utterance, b.utterance);
    case "time":
      // What has no time yet stands last, however it is sorted.
      return (a, b) => {
        if (a.durationMs === null || b.durationMs === null) return Number(a.durationMs === null) - Number(b.durationMs === null);
        return sign * (a.durationMs - b.durationMs);
      };
    default:
      return assertNever(column);
  }
}

/** How many rows are in each state. */
export function countStates(rows: readonly CaseRow[]): Readonly<Record<CaseRow["state"], number>> {
  const counts = { passed: 0, failed: 0, flaky: 0, inconclusive: 0, error: 0, waiting: 0, running: 0 };
  for (const { state } of rows) counts[state] += 1;
  return counts;
}

interface Arranged {
  readonly rows: readonly CaseRow[];
  readonly query: CaseQuery;
  readonly batch: string;
  readonly order: readonly number[];
  readonly shown: ReadonlySet<number>;
}

/** The order of a table that is being looked at. */
export interface Arranger {
  /**
   * The places in `rows` to show. Sorted anew when `query` or `batch` (the name of all else that decides) is another;
   * while only rows change, those shown stay where they are and new matches come at the end, so that nothing moves
   * under the pointer.
   */
  order(rows: readonly CaseRow[], query: CaseQuery, comparison: Comparison | null, batch: string): readonly number[];
}

/** An arranger that has arranged nothing yet. */
export function createArranger(): Arranger {
  let last: Arranged | null = null;
  return {
    order(rows, query, comparison, batch) {
      const same = last !== null && last.query === query && last.batch === batch && last.rows.length === rows.length;
      if (last === null || !same) {
        const order = arrange(rows, rowMatcher(query, comparison), query);
        last = { rows, query, batch, order, shown: new Set(order) };
        return order;
      }
      if (last.rows === rows) return last.order;
      const fresh: number[] = [];
      if (last.shown.size < rows.length) {
        const matches = rowMatcher(query, comparison);
        for (const [index, row] of rows.entries()) {
          if (row !== last.rows[index] && !last.shown.has(index) && matches(row)) fresh.push(index);
        }
      }
      const { order, shown } = last;
      last =
        fresh.length === 0
          ? { ...last, rows }
          : { ...last, rows, order: [...order, ...fresh], shown: new Set([...shown, ...fresh]) };
      return last.order;
    },
  };
}

/** Whether the table would look otherwise if it were arranged anew. */
export function isArranged(rows: readonly CaseRow[], query: CaseQuery, comparison: Comparison | null, order: readonly number[]): boolean {
  const fresh = arrange(rows, rowMatcher(query, comparison), query);
  return fresh.length === order.length && fresh.every((place, index) => place === order[index]);
}
