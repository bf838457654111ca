import { Play, SearchX } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import type { SimulationsView } from "../../shared/simulation-view.ts";
import { useKeys } from "../panel/use-keys.ts";
import { usePanelState } from "../panel-context.tsx";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { Blank } from "../ui/blank.tsx";
import { type CaseQuery, createArranger, firstQuery, isArranged, type SortColumn } from "./arrangement.ts";
import { CasePanel } from "./case-details.tsx";
import { CaseFilterBar } from "./case-filter.tsx";
import { CaseTable } from "./case-table.tsx";
import { CoverageSide } from "./coverage-side.tsx";
import { RemovedList } from "./removed-list.tsx";
import { TrendChart } from "./trend-chart.tsx";
import { useThrottled } from "./use-throttled.ts";
import { batchName } from "./view-moment.ts";

/** The counts at the filters are read, not watched. */
const COUNT_EVERY_MS = 250;
const { nothingFound, noBatch, filter: filterWords } = simulationTexts;

/** The cases with their filter, and beside them the case that was chosen, or what all of them exercised. */
export function CaseArea({ view }: { readonly view: SimulationsView }) {
  const rows = usePanelState((state) => state.simulationRows);
  const { comparison, work, batch } = view;
  const idle = work.kind === "idle" || work.kind === "preparing";
  const name = batchName(view);
  const [query, setQuery] = useState<CaseQuery>(firstQuery);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [sorting, setSorting] = useState(0);
  const [arranger] = useState(createArranger);
  const order = arranger.order(rows, query, comparison, `${name} ${comparison?.baselineId ?? ""} ${sorting}`);
  const counted = useThrottled(rows, COUNT_EVERY_MS, `${name} ${work.kind}`);
  const unsorted = useMemo(() => idle && !isArranged(rows, query, comparison, order), [idle, rows, query, comparison, order]);
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLElement>(null);

  // When a batch ends the table is put in order, unless somebody is at it: then there is a button for it.
  const wasIdle = useRef(idle);
  useEffect(() => {
    const ended = idle && !wasIdle.current;
    wasIdle.current = idle;
    if (!ended || grid.current === null) return;
    if (!grid.current.matches(":hover") && !grid.current.contains(document.activeElement)) setSorting((times) => times + 1);
  }, [idle]);

  useKeys((key) => {
    if (key !== "/") return false;
    search.current?.focus();
    search.current?.select();
    return true;
  });

  const change = (next: CaseQuery): void => {
    setQuery(next);
    if (grid.current !== null) grid.current.scrollTop = 0;
  };
  const sort = (column: SortColumn): void => {
    if (query.column !== column) change({ ...query, column, descending: false });
    else if (query.descending) change({ ...query, column: "suite", descending: false });
    else change({ ...query, descending: true });
  };
  const leaveCase = (): void => {
    setSelectedId(null);
    grid.current?.focus();
  };
  const removed = query.filter.kind === "compared" && query.filter.which === "removed" ? (comparison?.removed ?? []) : null;
  const side = () => {
    if (selectedId !== null) {
      const row = rows.find(({ testId }) => testId === selectedId);
      return <CasePanel testId={selectedId} row={row} batch={name} panel={panel} onClose={leaveCase} />;
    }
    if (batch === null && idle) return <FirstRun view={view} />;
    return (
      <CoverageSide
        view={view}
        underWay={!idle}
        onCases={({ name, cases }) => change({ ...query, filter: { kind: "cases", name, ids: new Set(cases) } })}
      />
    );
  };
  return (
    <div className="cols">
      <div className="cases">
        <CaseFilterBar
          rows={counted}
          shown={removed === null ? order.length : removed.length}
          query={query}
          comparison={comparison}
          search={search}
          hasBaseline={view.baseline !== null}
          onQuery={change}
          onDown={() => grid.current?.focus()}
        />
        {removed === null ? (
          <CaseTable
            rows={rows}
            order={order}
            query={query}
            selectedId={selectedId}
            grid={grid}
            onSelect={setSelectedId}
            onEnter={() => panel.current?.focus()}
            onEscape={leaveCase}
            onSort={sort}
            empty={
              <Blank icon={SearchX} title={nothingFound.title}>
                <p>{nothingFound.hint}</p>
                <button type="button" className="button" onClick={() => change({ ...firstQuery, column: query.column, descending: query.descending })}>
                  {nothingFound.reset}
                </button>
              </Blank>
            }
          />
        ) : (
          <RemovedList ids={removed} />
        )}
        {unsorted && removed === null ? (
          <button type="button" className="sort-again" title={filterWords.arrangeHint} onClick={() => setSorting(sorting + 1)}>
            {filterWords.arrange}
          </button>
        ) : null}
      </div>
      {side()}
    </div>
  );
}

/** Beside a suite that has not run: what Run does. */
function FirstRun({ view }: { readonly view: SimulationsView }) {
  return (
    <div className="side side-first">
      <Blank icon={Play} title={noBatch.title}>
        <p>{noBatch.hint}</p>
      </Blank>
      {view.trend.length === 0 ? null : <TrendChart points={view.trend} />}
    </div>
  );
}
