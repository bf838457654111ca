import type { Overview } from "../../shared/overview.ts";
import { overviewTexts } from "../texts/overview-texts.ts";
import { formatFigure } from "../ui/format.ts";

const { withheld: words } = overviewTexts;
const SHOWN = 12;

/** Which rules withheld, the strictest first. */
export function WithheldList({ rules }: { readonly rules: Overview["withheldBy"] }) {
  const top = Math.max(1, ...rules.map(({ count }) => count));
  const rest = rules.length - SHOWN;
  return (
    <section className="over-part" aria-labelledby="over-withheld">
      <h2 id="over-withheld">{words.title}</h2>
      {rules.length === 0 ? <p className="over-none">{words.none}</p> : null}
      <ul className="rule-list">
        {rules.slice(0, rest === 1 ? SHOWN + 1 : SHOWN).map(({ rule, words: own, count }) => (
          <li key={`${rule} ${own}`}>
            <span className="rule-name">
              {words.rules[rule]} {own === "" ? null : <bdi>“{own}”</bdi>}
            </span>
            <span className="rule-bar" aria-hidden="true">
              <i style={{ width: `${(count / top) * 100}%` }} />
            </span>
            <span className="rule-count">{formatFigure(count)}</span>
          </li>
        ))}
      </ul>
      {rest > 1 ? <p className="over-none">{words.more(rest)}</p> : null}
    </section>
  );
}
