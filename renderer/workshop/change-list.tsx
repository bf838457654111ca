import { useId, useState } from "react";
import type { RuleChange } from "../../shared/workshop.ts";
import { workshopTexts } from "../texts/workshop-texts.ts";
import { formatCount } from "../ui/format.ts";
import { ChangeLine } from "./change-line.tsx";

const { figures, kinds } = workshopTexts;
/** Shown at first. */
const FIRST = 20;

interface ChangeListProps {
  readonly kind: RuleChange["kind"];
  /** Of all of this kind, also those that are not listed. */
  readonly count: number;
  readonly changes: readonly RuleChange[];
}

/** The changes of one kind, the newest first. */
export function ChangeList({ kind, count, changes }: ChangeListProps) {
  const id = useId();
  const [whole, setWhole] = useState(false);
  const shown = whole ? changes : changes.slice(0, FIRST);
  const more = changes.length - shown.length;
  return (
    <section className="shop-kind" aria-labelledby={id}>
      <h2 id={id}>
        {figures[kind]} <small>{count > changes.length ? kinds.listed(formatCount(changes.length), formatCount(count)) : formatCount(count)}</small>
      </h2>
      <p className="hint">{kinds[kind]}</p>
      <ol>
        {shown.map((change, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two changes of one utterance differ in nothing else
          <ChangeLine key={`${change.interactionId} ${change.utteranceId} ${index}`} change={change} />
        ))}
      </ol>
      {more > 0 ? (
        <button type="button" className="button" onClick={() => setWhole(true)}>
          {kinds.more(formatCount(more))}
        </button>
      ) : null}
    </section>
  );
}
