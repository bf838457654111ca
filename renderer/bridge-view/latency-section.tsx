import { memo } from "react";
import type { BridgeView } from "../../shared/bridge-view.ts";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { HopRow } from "./hop-row.tsx";

const { latency: words } = bridgeViewTexts;

const figures = [
  [words.now, words.nowHint],
  [words.p50, words.p50Hint],
  [words.p95, words.p95Hint],
  [words.p99, words.p99Hint],
] as const;

/** The three ways that a message goes, a line for each, and in a sentence which of them is slow. */
export const LatencySection = memo(function LatencySection({ view }: { readonly view: BridgeView }) {
  const { elevatedMs, criticalMs, clockAheadMs } = view;
  return (
    <section className="latency" aria-labelledby="latency-title">
      <div className="latency-head">
        <h2 id="latency-title">{words.title}</h2>
        <p>{words.judged(view)}</p>
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.hop}</th>
            <th scope="col">{words.level}</th>
            {figures.map(([name, hint]) => (
              <th key={name} scope="col" title={hint}>
                {name}
              </th>
            ))}
            <th scope="col" title={words.spreadHint}>
              {words.spread(words.ms(elevatedMs), words.ms(criticalMs))}
            </th>
          </tr>
        </thead>
        <tbody>
          {view.hops.map((hop) => (
            <HopRow key={hop.hop} hop={hop} aheadMs={hop.hop === "genesys" ? clockAheadMs : null} elevatedMs={elevatedMs} criticalMs={criticalMs} />
          ))}
        </tbody>
      </table>
    </section>
  );
});
