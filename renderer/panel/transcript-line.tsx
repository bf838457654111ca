import { memo, type ReactNode } from "react";
import { assertNever } from "../../shared/assert-never.ts";
import type { Delivery } from "../../shared/bridge.ts";
import { useNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge, formatDuration } from "../ui/format.ts";
import { DeliveredMark, DeliveryState } from "./delivery-state.tsx";
import { MarkedText } from "./marked-text.tsx";
import { speakerOfDelivery, type TranscriptRow } from "./transcript-rows.ts";

interface TranscriptLineProps {
  readonly row: TranscriptRow;
  readonly startedAt: number;
  /** Takes back a message of a bridged chat that is held; null where there is none to take back. */
  readonly onUndo: ((delivery: Delivery) => void) | null;
}

/** One row of the transcript. */
export const TranscriptLine = memo(function TranscriptLine({ row, startedAt, onUndo }: TranscriptLineProps) {
  switch (row.kind) {
    case "dropped":
      return <p className="line-note">{texts.transcript.dropped(row.count)}</p>;
    case "gap":
      return <p className="line-note line-gap">{texts.transcript.missing(row.count)}</p>;
    case "utterance": {
      const { utterance, named, delivery } = row;
      return (
        <div className="line" data-speaker={utterance.speaker} data-final={utterance.final} data-named={named}>
          <span className="line-time">{formatDuration(utterance.at - startedAt)}</span>
          <div className="line-words">
            <span className={named ? "line-speaker" : "visually-hidden"}>{delivery === null ? texts.transcript[utterance.speaker] : deliveryName(delivery)}</span>
            <p dir="auto">
              <MarkedText text={utterance.text} marks={utterance.marks} />
              {utterance.final ? null : <span className="line-interim"> {texts.transcript.interim}</span>}
              {delivery === null ? null : <DeliveredMark delivery={delivery} />}
            </p>
            {delivery === null ? null : <DeliveryState delivery={delivery} onUndo={onUndo} />}
          </div>
        </div>
      );
    }
    case "message": {
      const { delivery, named } = row;
      return (
        <div className="line" data-speaker={speakerOfDelivery(delivery)} data-final={delivery.state.kind === "delivered"} data-named={named}>
          <span className="line-time">{formatDuration(delivery.at - startedAt)}</span>
          <div className="line-words">
            <span className={named ? "line-speaker" : "visually-hidden"}>{deliveryName(delivery)}</span>
            <p dir="auto">
              {delivery.text}
              <DeliveredMark delivery={delivery} />
            </p>
            <DeliveryState delivery={delivery} onUndo={onUndo} />
          </div>
        </div>
      );
    }
    case "typing":
      return <Typing since={row.since} />;
    default:
      return assertNever(row);
  }
});

function Typing({ since }: { readonly since: number }): ReactNode {
  const age = useNow((now) => formatAge(now - since));
  return (
    <div className="line" data-speaker="bot" data-named="true">
      <span className="line-time" />
      <p className="line-typing">
        <b>{texts.transcript.bot}</b> {texts.chat.typing(age)}
      </p>
    </div>
  );
}

/** The configured text in place of an answer is the bot's line, but nothing that the bot said. */
function deliveryName({ origin }: Delivery): string {
  return origin === "hand-over" ? texts.chat.handOver : texts.transcript[origin];
}
