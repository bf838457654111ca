import { describeFault } from "../texts/fault-words.ts";
import { MomentWords } from "./moment-words.tsx";
import { texts } from "../texts.ts";
import { historyTexts } from "../texts/history-texts.ts";
import { formatElapsed, formatTimeWithSeconds } from "../ui/format.ts";
import { withheldWords } from "../panel/withheld-words.ts";
import type { RecordRow } from "./record-rows.ts";
import { PastCard } from "./past-card.tsx";

const { record: words } = historyTexts;

/** One showing: why it came, when and how old, what stood there, and what policy withheld (the rule, never the text). */
export function ShownSetRow({ row }: { readonly row: Extract<RecordRow, { kind: "set" }> }) {
  const { set, speaker, cards } = row;
  return (
    <div className="past-set" data-origin={set.origin}>
      {set.rejudged ? <p className="past-set-note">{words.rejudged(set.policyVersion)}</p> : null}
      {set.replaces === undefined || set.rejudged ? null : <p className="past-set-note">{words.replaced}</p>}
      <p className="past-set-head">
        <MomentWords trigger={set.trigger} speaker={speaker} />
        <span className="tag" data-origin={set.origin}>
          {texts.card.origin[set.origin]}
        </span>
        <span className="past-set-when">{words.came(formatTimeWithSeconds(set.at), formatElapsed(set.at - set.utteranceAt))}</span>
      </p>
      {set.fault === undefined ? null : <p className="past-set-note">{words.why(describeFault(set.fault).what)}</p>}
      {cards.map((card) => (
        <PastCard key={card.suggestion.id} card={card} fallback={set.origin === "fallback"} />
      ))}
      {set.outcome === "empty" ? <p className="past-set-note">{words.empty}</p> : null}
      {set.outcome === "emptied" ? <p className="past-set-note">{words.emptied(set.withheld.length)}</p> : null}
      {set.withheld.length === 0 ? null : (
        <div className="past-withheld">
          <p>{words.withheld(set.withheld.length)}</p>
          <ul>
            {withheldWords(set.withheld).map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
