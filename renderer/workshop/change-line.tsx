import { ArrowUpRight } from "lucide-react";
import type { RuleChange } from "../../shared/workshop.ts";
import { MarkedText } from "../panel/marked-text.tsx";
import { usePanel, useWallNow } from "../panel-context.tsx";
import { workshopTexts } from "../texts/workshop-texts.ts";
import { formatMoment } from "../ui/format.ts";
import { changeFacts } from "./change-words.ts";

const words = workshopTexts.line;

/** One change: the words with what decided, why, and the way to where it was. */
export function ChangeLine({ change }: { readonly change: RuleChange }) {
  const send = usePanel((view) => view.send);
  const when = useWallNow((now) => formatMoment(change.at, now));
  const { interactionId, utteranceId, text, marks } = change;
  return (
    <li className="shop-line">
      <p dir="auto" className="shop-text" data-kind={change.kind}>
        {text === "" ? <small>{words.wordless}</small> : <MarkedText text={text} marks={marks} />}
      </p>
      <p className="shop-why">
        {changeFacts(change).map(({ text: fact, strong }) => (
          <span key={fact} className="tag toned" data-tone={strong ? "warn" : undefined}>
            <bdi>{fact}</bdi>
          </span>
        ))}
        <button type="button" className="quiet-button" aria-label={words.openAt(when)} title={words.open} onClick={() => send({ kind: "interaction", interactionId, utteranceId })}>
          {when}
          <ArrowUpRight size={14} strokeWidth={1.5} aria-hidden="true" />
        </button>
      </p>
    </li>
  );
}
