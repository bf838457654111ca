import { type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject, useId, useRef, useState } from "react";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { MatterDetails } from "./matter-details.tsx";
import { MatterLine } from "./matter-line.tsx";
import type { Matter, MatterKind } from "./matters.ts";
import type { useHeldMatters } from "./use-held-matters.ts";
import type { MatterOrder, MatterOutcome } from "./use-matter-commands.ts";

const { matters: words } = bridgeViewTexts;

interface MatterTableProps {
  readonly kind: MatterKind;
  readonly matters: readonly Matter[];
  readonly held: ReturnType<typeof useHeldMatters>;
  readonly chosen: ReadonlySet<string>;
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly outcome: MatterOutcome;
  readonly onChosen: (ids: ReadonlySet<string>) => void;
  readonly onOrder: (order: MatterOrder) => void;
  /** What stands here when no line does. */
  readonly empty: ReactNode;
}

/**
 * The lines. Arrow keys walk them, Space chooses, Enter opens what was said beneath; r replays and Del discards what is
 * chosen, or else the line that is walked on. A press on a line opens it, a press on its box chooses it.
 */
export function MatterTable({ kind, matters, held, chosen, grid, outcome, onChosen, onOrder, empty }: MatterTableProps) {
  const prefix = useId();
  const [active, setActive] = useState<{ readonly id: string; readonly index: number } | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const pointerIn = useRef(false);

  // When its line is gone the next one, which stands in its place, is walked on.
  const found = active === null ? -1 : matters.findIndex(({ id }) => id === active.id);
  const at = found >= 0 || active === null ? found : Math.min(active.index, matters.length - 1);
  const activeMatter = matters[at];

  const goTo = (index: number): void => {
    const to = Math.max(0, Math.min(matters.length - 1, index));
    const matter = matters[to];
    if (matter === undefined) return;
    setActive({ id: matter.id, index: to });
    document.getElementById(`${prefix}-${matter.id}`)?.scrollIntoView({ block: "nearest" });
  };
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChosen(next);
  };
  const allChosen = matters.length > 0 && matters.every(({ id }) => chosen.has(id));
  const someChosen = matters.some(({ id }) => chosen.has(id));
  const chooseAll = (): void => onChosen(allChosen ? new Set() : new Set(matters.map(({ id }) => id)));
  const orderHere = (deed: MatterOrder["deed"]): void => {
    const ids = matters.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
    if (ids.length > 0) onOrder({ deed, ids, place: null });
    else if (activeMatter !== undefined) onOrder({ deed, ids: [activeMatter.id], place: null });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget) {
      // Out of what stands within, back to the lines.
      if (event.key === "Escape") {
        setOpenId(null);
        event.currentTarget.focus();
        event.preventDefault();
      }
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "a") onChosen(new Set(matters.map(({ id }) => id)));
    else if (event.ctrlKey || event.metaKey || event.altKey) return;
    else if (event.key === "ArrowDown") goTo(at + 1);
    else if (event.key === "ArrowUp") goTo(at < 0 ? 0 : at - 1);
    else if (event.key === "PageDown") goTo(at + 8);
    else if (event.key === "PageUp") goTo(at - 8);
    else if (event.key === "Home") goTo(0);
    else if (event.key === "End") goTo(matters.length - 1);
    else if (event.key === "ArrowRight" && activeMatter !== undefined) setOpenId(activeMatter.id);
    else if (event.key === "ArrowLeft") setOpenId(null);
    else if (event.key === "Enter" && activeMatter !== undefined) setOpenId(openId === activeMatter.id ? null : activeMatter.id);
    else if (event.key === " " && activeMatter !== undefined) toggle(activeMatter.id);
    else if (event.key === "r" && kind === "dead") orderHere("replay");
    else if (event.key === "Delete" && kind === "dead") orderHere("discard");
    else if (event.key === "Escape" && (openId !== null || someChosen)) {
      if (openId === null) onChosen(new Set());
      else setOpenId(null);
    } else return;
    event.preventDefault();
  };
  const letThrough = (event: MouseEvent): void => {
    held.letThrough();
    // The button goes, and the focus of whoever works by keyboard would go with it.
    if (event.currentTarget.matches(":focus-visible")) grid.current?.focus();
  };
  const onClick = (event: MouseEvent): void => {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-matter]") : null;
    const id = line?.dataset["matter"];
    if (id === undefined || !(event.target instanceof Element)) return;
    setActive({ id, index: matters.findIndex((matter) => matter.id === id) });
    if (event.target.closest(".matter-check") === null) setOpenId(openId === id ? null : id);
    else toggle(id);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it only notices where pointer and focus are
    <div
      className="matter-box"
      onFocus={held.engage}
      onBlur={(event) => {
        if (!pointerIn.current && !event.currentTarget.contains(event.relatedTarget)) held.leave();
      }}
      onPointerMove={() => {
        pointerIn.current = true;
        held.engage();
      }}
      onPointerLeave={(event) => {
        pointerIn.current = false;
        if (!event.currentTarget.contains(document.activeElement)) held.leave();
      }}
    >
      <div
        ref={grid}
        className="matter-table"
        role="treegrid"
        tabIndex={0}
        aria-label={words.kinds[kind]}
        aria-multiselectable="true"
        aria-rowcount={matters.length + 1}
        aria-activedescendant={activeMatter === undefined ? undefined : `${prefix}-${activeMatter.id}`}
        data-kind={kind}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <div role="row" className="matter-head" aria-rowindex={1}>
          <span role="columnheader">
            <input
              type="checkbox"
              aria-label={words.chooseAll}
              checked={allChosen}
              disabled={matters.length === 0}
              ref={(box) => {
                if (box !== null) box.indeterminate = someChosen && !allChosen;
              }}
              onChange={chooseAll}
            />
          </span>
          <span role="columnheader">{words.when}</span>
          <span role="columnheader">{words.conversation}</span>
          <span role="columnheader">{kind === "dead" ? words.why : words.from}</span>
          <span role="columnheader">{kind === "dead" ? words.attempts : <span className="visually-hidden">{words.open}</span>}</span>
        </div>
        {matters.map((matter, index) => {
          const underWay = outcome.kind === "under way" && (outcome.order.ids === null || outcome.order.ids.includes(matter.id)) ? outcome.order.deed : null;
          return (
            <div key={matter.id} role="rowgroup" className="matter-group">
              <MatterLine
                matter={matter}
                id={`${prefix}-${matter.id}`}
                rowIndex={index + 2}
                active={index === at}
                chosen={chosen.has(matter.id)}
                open={matter.id === openId}
                underWay={underWay}
              />
              {matter.id === openId ? <MatterDetails matter={matter} outcome={outcome} onOrder={onOrder} /> : null}
            </div>
          );
        })}
      </div>
      {matters.length === 0 ? <div className="matter-empty">{empty}</div> : null}
      {held.held > 0 ? (
        <button type="button" className="matter-fresh" onClick={letThrough}>
          {words.fresh(held.held)}
        </button>
      ) : null}
    </div>
  );
}
