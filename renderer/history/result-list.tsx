import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useId } from "react";
import { historyTexts } from "../texts/history-texts.ts";
import { FaultNote } from "../ui/note.tsx";
import type { Results } from "./past-search.ts";
import { ResultLine } from "./result-line.tsx";

const { search: words, retry } = historyTexts;
const ESTIMATED_ROW_PX = 84;
/** So near to the end the next page is asked for. */
const FURTHER_WITHIN = 8;

interface ResultListProps {
  readonly list: RefObject<HTMLDivElement | null>;
  readonly results: Results;
  readonly asking: boolean;
  readonly activeId: string | null;
  /** The one that is read. */
  readonly openId: string | null;
  readonly onOpen: (interactionId: string) => void;
  readonly onWalk: (by: number) => void;
  readonly onFurther: () => void;
}

/** What was found, read on as one scrolls. Arrow keys walk it, Enter opens; only what is in view is in the page. */
export function ResultList({ list, results, asking, activeId, openId, onOpen, onWalk, onFurther }: ResultListProps) {
  const prefix = useId();
  const hits = results.kind === "found" ? results.hits : [];
  const more = results.kind === "found" ? results.more : null;
  // oxlint-disable-next-line react/incompatible-library -- says that the React Compiler would skip this; it is not used
  const virtualizer = useVirtualizer({
    count: hits.length,
    getScrollElement: () => list.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: (index) => hits[index]?.interaction.id ?? index,
    overscan: 6,
    useFlushSync: false,
  });
  const drawn = virtualizer.getVirtualItems();
  const last = drawn.at(-1)?.index ?? 0;
  const wantsMore = more?.kind === "there" && last >= hits.length - FURTHER_WITHIN;
  useEffect(() => {
    if (wantsMore) onFurther();
  }, [wantsMore, onFurther]);

  const at = hits.findIndex(({ interaction }) => interaction.id === activeId);
  useEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at);
  }, [virtualizer, at]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, drawn.length - 12);
    const moves: Readonly<Partial<Record<string, number>>> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -hits.length, End: hits.length };
    const by = moves[event.key];
    if (by !== undefined) onWalk(by);
    else if (event.key === "Enter" && activeId !== null && at >= 0) onOpen(activeId);
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent): void => {
    const line = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-hit]") : null;
    const hit = hits[Number(line?.dataset["hit"] ?? -1)];
    if (hit !== undefined) onOpen(hit.interaction.id);
  };
  return (
    <div
      ref={list}
      className="past-list"
      role="listbox"
      tabIndex={0}
      aria-label={words.results}
      aria-busy={asking}
      aria-activedescendant={drawn.some(({ index }) => index === at) ? `${prefix}-${at}` : undefined}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div className="past-lines" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {drawn.map(({ index, start, key }) => {
          const hit = hits[index];
          return hit === undefined ? null : (
            <div
              key={key}
              ref={virtualizer.measureElement}
              id={`${prefix}-${index}`}
              role="option"
              aria-selected={hit.interaction.id === openId}
              aria-posinset={index + 1}
              aria-setsize={more?.kind === "none" ? hits.length : -1}
              className="past-line"
              data-index={index}
              data-hit={index}
              data-active={index === at}
              style={{ transform: `translateY(${start}px)` }}
            >
              <ResultLine hit={hit} />
            </div>
          );
        })}
      </div>
      {more?.kind === "asking" ? <p className="past-more">{words.more}</p> : null}
      {more?.kind === "failed" ? (
        <FaultNote
          title={words.moreFailed}
          fault={more.fault}
          action={
            <button type="button" className="button" onClick={onFurther}>
              {retry}
            </button>
          }
        />
      ) : null}
    </div>
  );
}
