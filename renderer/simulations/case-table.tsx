import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject, useEffect, useId } from "react";
import type { CaseRow } from "../../shared/simulation-view.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import type { CaseQuery, SortColumn } from "./arrangement.ts";
import { CaseLine } from "./case-line.tsx";
import { useNarrow } from "../ui/use-narrow.ts";

const { table: words } = simulationTexts;
/** Two lines of reasons; where it is narrow, three lines in all. The style sheet says the same. */
const ROW_PX = 44;
const NARROW_ROW_PX = 76;
const HEAD_PX = 32;

const columns = [
  ["verdict", words.verdict],
  ["case", words.case],
  ["utterance", words.utterance],
  [null, words.reasons],
  ["time", words.time],
] as const satisfies readonly (readonly [SortColumn | null, string])[];

interface CaseTableProps {
  readonly rows: readonly CaseRow[];
  readonly order: readonly number[];
  readonly query: CaseQuery;
  readonly selectedId: string | null;
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly onSelect: (testId: string) => void;
  /** Enter on a row: on to its details. */
  readonly onEnter: () => void;
  readonly onEscape: () => void;
  readonly onSort: (column: SortColumn) => void;
  /** What stands here when no row does. */
  readonly empty: ReactNode;
}

/** The cases. The whole row is the target, arrow keys walk it, and only what is in view is in the page. */
export function CaseTable({ rows, order, query, selectedId, grid, onSelect, onEnter, onEscape, onSort, empty }: CaseTableProps) {
  const narrow = useNarrow();
  const rowPx = narrow ? NARROW_ROW_PX : ROW_PX;
  const prefix = useId();
  // oxlint-disable-next-line react/incompatible-library -- says that the React Compiler would skip this; it is not used
  const virtualizer = useVirtualizer({
    count: order.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowPx,
    scrollPaddingStart: HEAD_PX,
    scrollMargin: HEAD_PX,
    overscan: 10,
    useFlushSync: false,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowPx]);

  const at = selectedId === null ? -1 : order.findIndex((place) => rows[place]?.testId === selectedId);
  const goTo = (index: number): void => {
    const place = order[Math.max(0, Math.min(order.length - 1, index))];
    const row = place === undefined ? undefined : rows[place];
    if (row === undefined) return;
    onSelect(row.testId);
    virtualizer.scrollToIndex(Math.max(0, Math.min(order.length - 1, index)));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((event.currentTarget.clientHeight - HEAD_PX) / rowPx) - 1);
    const moves: Readonly<Partial<Record<string, number>>> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: order.length - 1,
    };
    const next = moves[event.key];
    if (next !== undefined) goTo(next);
    else if (event.key === "Enter" && at >= 0) onEnter();
    else if (event.key === "Escape") onEscape();
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent): void => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-case]") : null;
    if (row?.dataset["case"] !== undefined) onSelect(row.dataset["case"]);
  };
  const drawn = virtualizer.getVirtualItems();
  const activeDrawn = drawn.some((item) => item.index === at);
  return (
    <div className="case-box">
      <div
        ref={grid}
        className="case-table"
        role="grid"
        tabIndex={0}
        aria-label={words.label}
        aria-rowcount={order.length + 1}
        aria-activedescendant={activeDrawn ? `${prefix}-${order[at]}` : undefined}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <div role="row" className="case-head" aria-rowindex={1}>
          {columns.map(([column, name]) => (
            <HeadCell key={name} column={column} name={name} query={query} onSort={onSort} />
          ))}
        </div>
        <div role="rowgroup" className="case-lines" style={{ height: virtualizer.getTotalSize() }}>
          {drawn.map((item) => {
            const place = order[item.index];
            const row = place === undefined ? undefined : rows[place];
            return row === undefined ? null : (
              <CaseLine
                key={row.testId}
                id={`${prefix}-${place}`}
                row={row}
                rowIndex={item.index + 2}
                top={item.start - HEAD_PX}
                active={item.index === at}
                selected={row.testId === selectedId}
              />
            );
          })}
        </div>
      </div>
      {order.length === 0 ? <div className="case-empty">{empty}</div> : null}
    </div>
  );
}

interface HeadCellProps {
  readonly column: SortColumn | null;
  readonly name: string;
  readonly query: CaseQuery;
  readonly onSort: (column: SortColumn) => void;
}

function HeadCell({ column, name, query, onSort }: HeadCellProps) {
  if (column === null) {
    return (
      <span role="columnheader" className="case-column">
        {name}
      </span>
    );
  }
  const sorted = query.column === column;
  const Arrow = query.descending ? ArrowDown : ArrowUp;
  return (
    <span role="columnheader" className="case-column" aria-sort={sorted ? (query.descending ? "descending" : "ascending") : "none"}>
      <button type="button" data-sorted={sorted} onClick={() => onSort(column)}>
        {name}
        {sorted ? <Arrow size={12} strokeWidth={2} aria-hidden="true" /> : null}
      </button>
    </span>
  );
}
