import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { memo, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { Delivery } from "../../shared/bridge.ts";
import type { InteractionView } from "../../shared/panel-state.ts";
import { texts } from "../texts.ts";
import { TranscriptLine } from "./transcript-line.tsx";
import { transcriptRows } from "./transcript-rows.ts";

/** Nearer to the end than this counts as at the end: half a line. */
const END_WITHIN_PX = 24;
const ESTIMATED_ROW_PX = 48;
export const LATEST_EVENT = "callside:latest";

interface TranscriptListProps {
  readonly view: InteractionView;
  /** Takes back a message of a bridged chat that is held; null where there is none to take back. */
  readonly onUndo: ((delivery: Delivery) => void) | null;
}

/** The talk as it grows. Stays at its end unless the agent scrolls up; only what is in view is in the page. */
export const TranscriptList = memo(function TranscriptList({ view, onUndo }: TranscriptListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const { utterances, dropped, bridged } = view;
  const rows = useMemo(() => transcriptRows(utterances, dropped, bridged ?? undefined), [utterances, dropped, bridged]);
  // oxlint-disable-next-line react/incompatible-library -- says that the React Compiler would skip this; it is not used
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    useFlushSync: false,
  });
  const total = virtualizer.getTotalSize();

  const keepAtEnd = (): void => {
    const element = scroller.current;
    if (atEnd && element !== null) element.scrollTop = element.scrollHeight;
  };
  // After every drawing, as rows are measured, and when what stands around the talk takes room from it: neither brings
  // a scroll event.
  useLayoutEffect(keepAtEnd);
  const onResize = useEffectEvent(keepAtEnd);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => onResize());
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const toEnd = (): void => setAtEnd(true);
    window.addEventListener(LATEST_EVENT, toEnd);
    return () => window.removeEventListener(LATEST_EVENT, toEnd);
  }, []);

  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    setAtEnd(element.scrollHeight - element.scrollTop - element.clientHeight < END_WITHIN_PX);
  };

  return (
    <section className="talk" aria-label={texts.transcript.label}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the talk cannot be scrolled by keyboard */}
      <div ref={scroller} className="talk-scroller" tabIndex={0} onScroll={onScroll}>
        {rows.length === 0 ? (
          <div className="talk-empty">
            <p>{texts.transcript.emptyTitle}</p>
            <p>{texts.transcript.emptyHint}</p>
          </div>
        ) : null}
        <div className="talk-lines" style={{ height: total }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return row === undefined ? null : (
              <div
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                className="talk-row"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <TranscriptLine row={row} startedAt={view.interaction.startedAt} onUndo={onUndo} />
              </div>
            );
          })}
        </div>
      </div>
      {atEnd ? null : (
        <button type="button" className="latest" onClick={() => setAtEnd(true)}>
          <ArrowDown size={16} strokeWidth={1.5} aria-hidden="true" />
          {texts.transcript.latest}
        </button>
      )}
    </section>
  );
});
