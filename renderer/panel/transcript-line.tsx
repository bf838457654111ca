import { memo } from "react";
import { assertNever } from "../../shared/assert-never.ts";
import { texts } from "../texts.ts";
import { formatDuration } from "../ui/format.ts";
import { MarkedText } from "./marked-text.tsx";
import type { TranscriptRow } from "./transcript-rows.ts";

interface TranscriptLineProps {
  readonly row: TranscriptRow;
  readonly startedAt: number;
}

/** One row of the transcript. */
export const TranscriptLine = memo(function TranscriptLine({ row, startedAt }: TranscriptLineProps) {
  switch (row.kind) {
    case "dropped":
      return <p className="line-note">{texts.transcript.dropped(row.count)}</p>;
    case "gap":
      return <p className="line-note line-gap">{texts.transcript.missing(row.count)}</p>;
    case "utterance": {
      const { utterance, named } = row;
      return (
        <div className="line" data-speaker={utterance.speaker} data-final={utterance.final} data-named={named}>
          <span className="line-time">{formatDuration(utterance.at - startedAt)}</span>
          <div className="line-words">
            <span className={named ? "line-speaker" : "visually-hidden"}>{texts.transcript[utterance.speaker]}</span>
            <p dir="auto">
              <MarkedText text={utterance.text} marks={utterance.marks} />
              {utterance.final ? null : <span className="line-interim"> {texts.transcript.interim}</span>}
            </p>
          </div>
        </div>
      );
    }
    default:
      return assertNever(row);
  }
});
