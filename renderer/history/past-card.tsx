import { useEffect, useRef, useState } from "react";
import { useActions, useServices } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { historyTexts } from "../texts/history-texts.ts";
import { formatPercent, formatTimeWithSeconds } from "../ui/format.ts";
import type { ShownCard } from "./record-rows.ts";

const { record: words } = historyTexts;
/** How long the button says what came of it. */
const TOLD_MS = 2_000;

interface PastCardProps {
  readonly card: ShownCard;
  /** A fallback is nobody's guess: it has no confidence. */
  readonly fallback: boolean;
}

/** A suggestion as it stood there, with what became of it. Copying it now is not told to anybody. */
export function PastCard({ card: { suggestion, deeds, seen }, fallback }: PastCardProps) {
  const { clock } = useServices();
  const { copyText } = useActions();
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no");
  const cancel = useRef(() => {});
  useEffect(() => () => cancel.current(), []);
  const copy = async (): Promise<void> => {
    setCopied((await copyText(suggestion.text)) ? "yes" : "refused");
    cancel.current();
    cancel.current = clock.after(TOLD_MS, () => setCopied("no"));
  };
  const source = suggestion.source === "" ? texts.card.noSource : suggestion.source;
  return (
    <article className="past-card">
      <p dir="auto" className="past-card-text">
        {suggestion.text}
      </p>
      <div className="past-card-foot">
        <ul className="past-deeds">
          <li>{fallback ? source : `${texts.card.confidence(formatPercent(suggestion.confidence))} · ${source}`}</li>
          {seen ? null : <li>{words.unseen}</li>}
          {deeds.map(({ disposition, at }) => (
            <li key={disposition} data-used={disposition === "copied" || disposition === "sent" || disposition === "clicked"}>
              {words.did[disposition](formatTimeWithSeconds(at))}
            </li>
          ))}
        </ul>
        <button type="button" className="button" aria-label={copied === "no" ? words.copyLabel(suggestion.text) : undefined} onClick={() => void copy()}>
          {copied === "yes" ? words.copied : words.copy}
        </button>
      </div>
      {copied === "refused" ? (
        <p className="past-set-note" role="alert">
          {words.copyFailed}
        </p>
      ) : null}
    </article>
  );
}
