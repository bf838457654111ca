import { ArrowLeft, X } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import type { Interaction } from "../../shared/interaction.ts";
import type { HistoryActions } from "../history-actions.ts";
import { channelName, fullName, interactionLength } from "../panel/interaction-names.ts";
import { texts } from "../texts.ts";
import { historyTexts } from "../texts/history-texts.ts";
import { formatDate, formatDuration, formatTime } from "../ui/format.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { FaultNote } from "../ui/note.tsx";
import { ForgetBar } from "./forget-bar.tsx";
import { RecordTalk } from "./record-talk.tsx";
import type { Reading } from "./record-reader.ts";
import { recordRows, suggestionCount } from "./record-rows.ts";

const { record: words, retry } = historyTexts;

interface RecordViewProps {
  readonly reading: Exclude<Reading, { kind: "none" }>;
  readonly actions: HistoryActions;
  readonly narrow: boolean;
  readonly onClose: () => void;
  readonly onRetry: () => void;
  /** Told what went, in words: this one, or all of the customer's. */
  readonly onForgotten: (which: "one" | "customer", told: string) => void;
}

/** A past interaction as it was: who, when, and the talk with what was shown beside it. */
export function RecordView({ reading, actions, narrow, onClose, onRetry, onForgotten }: RecordViewProps) {
  const head = useRef<HTMLHeadingElement>(null);
  const isOpen = reading.kind === "open";
  useEffect(() => {
    if (isOpen) head.current?.focus();
  }, [isOpen]);
  return (
    <section className="past-record" aria-label={words.label}>
      <header className="past-record-head">
        {narrow ? <IconButton icon={ArrowLeft} label={words.back} shortcut="Esc" onClick={onClose} /> : null}
        <div className="past-record-who">
          <h2 ref={head} tabIndex={-1} className="ellipsis">
            <bdi>{reading.kind === "open" ? fullName(reading.record.interaction) : reading.kind === "opening" ? words.opening : words.failed}</bdi>
          </h2>
          {reading.kind === "open" ? <p className="meta">{metaOf(reading.record.interaction)}</p> : null}
        </div>
        {narrow ? null : <IconButton icon={X} label={texts.close} shortcut="Esc" onClick={onClose} />}
      </header>
      {reading.kind === "failed" ? (
        <FaultNote
          title={words.failed}
          fault={reading.fault}
          action={
            <button type="button" className="button" onClick={onRetry}>
              {retry}
            </button>
          }
        />
      ) : null}
      {reading.kind === "open" ? <OpenRecord reading={reading} actions={actions} onForgotten={onForgotten} /> : null}
    </section>
  );
}

interface OpenRecordProps extends Pick<RecordViewProps, "actions" | "onForgotten"> {
  readonly reading: Extract<Reading, { kind: "open" }>;
}

function OpenRecord({ reading, actions, onForgotten }: OpenRecordProps) {
  const { record, utteranceId } = reading;
  const rows = useMemo(() => recordRows(record), [record]);
  return (
    <>
      <ForgetBar interaction={record.interaction} lines={record.utterances.length} suggestions={suggestionCount(record)} actions={actions} onForgotten={onForgotten} />
      {rows.length === 0 ? <p className="past-choose">{words.silent}</p> : <RecordTalk rows={rows} startedAt={record.interaction.startedAt} beginAt={utteranceId} />}
    </>
  );
}

function metaOf(interaction: Interaction): string {
  const { status, startedAt, endedAt, queue, agentId } = interaction;
  return [
    formatDate(startedAt),
    formatTime(startedAt),
    status === "live" ? words.under : endedAt === undefined ? words.endUnknown : words.lasted(formatDuration(interactionLength(interaction, endedAt))),
    channelName(interaction),
    ...(queue === undefined ? [] : [texts.interactions.queue(queue)]),
    ...(agentId === undefined ? [] : [words.agent(agentId)]),
  ].join(" · ");
}
