import { useState } from "react";
import type { Hits } from "../../shared/simulation.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";

const { coverage: words, figure } = simulationTexts;

/** A bot has a dozen flows, as a rule; where there are hundreds, the rest is a press away. */
const DRAWN_AT_FIRST = 40;

interface HitBarsProps {
  readonly hits: readonly Hits[];
  readonly missing?: ReadonlySet<string>;
  readonly onCases: (hits: Hits) => void;
}

/** A bar for each flow, intent or entity, the longest for the most; pressing it shows the cases behind it. */
export function HitBars({ hits, missing, onCases }: HitBarsProps) {
  const [all, setAll] = useState(false);
  const most = hits.reduce((highest, one) => Math.max(highest, one.hits), 1);
  const drawn = all ? hits : hits.slice(0, DRAWN_AT_FIRST);
  return (
    <>
      <ul className="hit-bars">
        {drawn.map((one) => (
          <li key={one.name}>
            {one.hits === 0 ? (
              <span className="hit-bar" data-missing={missing?.has(one.name) === true}>
                <span className="ellipsis" title={one.name}>
                  {one.name}
                </span>
                <span className="hit-none">{words.missing}</span>
                <span>0</span>
              </span>
            ) : (
              <button type="button" className="hit-bar" title={words.hits(one.name, one.hits)} onClick={() => onCases(one)}>
                <span className="ellipsis">{one.name}</span>
                <span className="hit-track">
                  <i style={{ width: `${(one.hits / most) * 100}%` }} />
                </span>
                <span>{figure(one.hits)}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {drawn.length < hits.length ? (
        <button type="button" className="quiet-button" onClick={() => setAll(true)}>
          {words.showAll(hits.length)}
        </button>
      ) : null}
    </>
  );
}
