import type { Overview } from "../../shared/overview.ts";
import { texts } from "../texts.ts";
import { overviewTexts } from "../texts/overview-texts.ts";
import { formatScore } from "../ui/format.ts";

const { sentiment: words } = overviewTexts;

/** How customers sounded at the start and at the end, and how many of them better or worse. */
export function SentimentSection({ sentiment }: { readonly sentiment: Overview["sentiment"] }) {
  const { interactions, start, end, better, worse, same } = sentiment;
  const score = (value: number | null): string => (value === null ? texts.none : formatScore(value));
  const part = (count: number): string => `${interactions === 0 ? 0 : (count / interactions) * 100}%`;
  return (
    <section className="over-part" aria-labelledby="over-sentiment">
      <h2 id="over-sentiment">{words.title}</h2>
      {interactions === 0 ? (
        <p className="over-none">{words.none}</p>
      ) : (
        <>
          <p className="over-hint">{words.hint}</p>
          <dl className="mood">
            <div>
              <dt>{words.start}</dt>
              <dd>{score(start)}</dd>
            </div>
            <span aria-hidden="true">→</span>
            <div>
              <dt>{words.end}</dt>
              <dd>{score(end)}</dd>
            </div>
          </dl>
          <div className="mood-bar" aria-hidden="true">
            <i data-mood="better" style={{ width: part(better) }} />
            <i data-mood="same" style={{ width: part(same) }} />
            <i data-mood="worse" style={{ width: part(worse) }} />
          </div>
          <ul className="mood-words">
            <li data-mood="better">{words.better(better)}</li>
            <li data-mood="same">{words.same(same)}</li>
            <li data-mood="worse">{words.worse(worse)}</li>
            <li>{words.of(interactions)}</li>
          </ul>
        </>
      )}
    </section>
  );
}
