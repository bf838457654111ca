import { ArrowDown, ArrowUp } from "lucide-react";
import { useState } from "react";
import type { TriggerFigures } from "../../shared/overview.ts";
import { usePanel, usePanelState } from "../panel-context.tsx";
import { overviewTexts } from "../texts/overview-texts.ts";
import { orderTriggers, pressColumn, triggerColumns, type TriggerOrder } from "./trigger-order.ts";
import { TriggerRow } from "./trigger-row.tsx";

const { triggers: words } = overviewTexts;
const SHOWN_AT_FIRST = 20;

/** What each trigger brought, in the order one wants to see. */
export function TriggerTable({ triggers }: { readonly triggers: readonly TriggerFigures[] }) {
  const supervisor = usePanelState(({ settings }) => settings.role === "supervisor");
  const send = usePanel((view) => view.send);
  const [order, setOrder] = useState<TriggerOrder>({ column: "used", descending: true });
  const [all, setAll] = useState(false);
  const ordered = orderTriggers(triggers, order);
  const shown = all ? ordered : ordered.slice(0, SHOWN_AT_FIRST);
  const Arrow = order.descending ? ArrowDown : ArrowUp;
  return (
    <section className="over-part" aria-labelledby="over-triggers">
      <header className="over-part-head">
        <h2 id="over-triggers">{words.title}</h2>
        <p className="over-hint">{words.hint}</p>
        {triggers.length < 2 ? null : (
          <label className="trigger-sort">
            {words.sortBy}
            <select
              className="past-select"
              value={order.column}
              onChange={(event) => {
                const column = triggerColumns.find((one) => one === event.currentTarget.value);
                if (column !== undefined && column !== order.column) setOrder(pressColumn(order, column));
              }}
            >
              {triggerColumns.map((column) => (
                <option key={column} value={column}>
                  {words.columns[column]}
                </option>
              ))}
            </select>
          </label>
        )}
      </header>
      {triggers.length === 0 ? (
        <p className="over-none">{words.none}</p>
      ) : (
        <table className="trigger-table" aria-labelledby="over-triggers">
          <thead>
            <tr>
              {triggerColumns.map((column) => (
                <th key={column} scope="col" aria-sort={order.column === column ? (order.descending ? "descending" : "ascending") : "none"}>
                  <button type="button" title={words.columnHints[column]} data-sorted={order.column === column} onClick={() => setOrder(pressColumn(order, column))}>
                    {words.columns[column]}
                    {order.column === column ? <Arrow size={12} strokeWidth={2} aria-hidden="true" /> : null}
                  </button>
                </th>
              ))}
              {supervisor ? (
                <th scope="col">
                  <span className="visually-hidden">{words.act}</span>
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {shown.map((figures) => (
              <TriggerRow key={`${figures.kind} ${figures.words}`} figures={figures} onTryWithout={supervisor ? () => send({ kind: "try-without", trigger: figures.kind, words: figures.words }) : null} />
            ))}
          </tbody>
        </table>
      )}
      {triggers.length <= SHOWN_AT_FIRST ? null : (
        <button type="button" className="quiet-button over-all" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? words.fewer : words.all(triggers.length)}
        </button>
      )}
    </section>
  );
}
