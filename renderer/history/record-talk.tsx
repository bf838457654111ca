import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { assertNever } from "../../shared/assert-never.ts";
import { MarkedText } from "../panel/marked-text.tsx";
import { texts } from "../texts.ts";
import { historyTexts } from "../texts/history-texts.ts";
import { formatDuration } from "../ui/format.ts";
import type { RecordRow } from "./record-rows.ts";
import { ShownSetRow } from "./shown-set-row.tsx";

const { record: words } = historyTexts;
const ESTIMATED_ROW_PX = 56;

interface RecordTalkProps {
  readonly rows: readonly RecordRow[];
  readonly startedAt: number;
  /** The utterance to begin at; null: the first one. */
  readonly beginAt: string | null;
}

/** The talk as it was, with what was shown below the line that it answered; only what is in view is in the page. */
export function RecordTalk({ rows, startedAt, beginAt }: RecordTalkProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- says that the React Compiler would skip this; it is not used
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ESTIMATED_ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    useFlushSync: false,
  });
  useEffect(() => {
    const at = beginAt === null ? -1 : rows.findIndex(({ id }) => id === beginAt);
    if (at > 0) virtualizer.scrollToIndex(at, { align: "center" });
  }, [virtualizer, rows, beginAt]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the talk cannot be scrolled by keyboard
    <div ref={scroller} className="past-talk" role="region" aria-label={texts.transcript.label} tabIndex={0}>
      <div className="past-lines" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start, key }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <div key={key} ref={virtualizer.measureElement} className="past-row" data-index={index} data-begin={row.id === beginAt} style={{ transform: `translateY(${start}px)` }}>
              <RecordLine row={row} startedAt={startedAt} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function RecordLine({ row, startedAt }: { readonly row: RecordRow; readonly startedAt: number }) {
  switch (row.kind) {
    case "unsaid":
      return <p className="line-note">{words.unsaid}</p>;
    case "utterance": {
      const { utterance, named } = row;
      return (
        <div className="line" data-speaker={utterance.speaker} data-final={utterance.final} data-named={named}>
          <span className="line-time">{formatDuration(utterance.at - startedAt)}</span>
          <div className="line-words">
            <span className={named ? "line-speaker" : "visually-hidden"}>{texts.transcript[utterance.speaker]}</span>
            <p dir="auto">
              <MarkedText text={utterance.text} marks={utterance.marks} />
            </p>
          </div>
        </div>
      );
    }
    case "set":
      return <ShownSetRow row={row} />;
    default:
      return assertNever(row);
  }
}
