import { memo } from "react";
import { type BridgeView, MAX_THROUGHPUT } from "../../shared/bridge-view.ts";
import { Fact } from "../connection/facts.tsx";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { formatCount } from "../ui/format.ts";
import { throughputBars } from "./throughput-bars.ts";

const { throughput: words } = bridgeViewTexts;
const WIDTH = 300;
const HEIGHT = 84;
const STEP = WIDTH / MAX_THROUGHPUT;

/** What was answered in the last five minutes, a bar for every five seconds; and what was not the bot's to answer. */
export const ThroughputChart = memo(function ThroughputChart({ view }: { readonly view: BridgeView }) {
  const { bars, topPerMinute, highestPerMinute, total } = throughputBars(view.throughput);
  return (
    <section className="throughput" aria-labelledby="throughput-title">
      <h2 id="throughput-title">{words.title}</h2>
      <figure>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={words.label(total, highestPerMinute)}>
          <line x1="0" x2={WIDTH} y1="0.5" y2="0.5" />
          {bars.map(({ slot, share, underWay }) => (
            <rect
              key={slot}
              data-under-way={underWay}
              x={slot * STEP + 0.5}
              width={STEP - 1}
              y={HEIGHT - Math.min(1, share) * HEIGHT}
              height={Math.min(1, share) * HEIGHT}
            />
          ))}
        </svg>
        <figcaption>
          <span>{words.from}</span>
          <span className="throughput-top">{words.top(topPerMinute)}</span>
          <span>{words.total(total)}</span>
          <span>{words.to}</span>
        </figcaption>
      </figure>
      <dl className="facts">
        <Fact name={words.left}>{formatCount(view.leftToAgent)}</Fact>
        <Fact name={words.withheld}>{formatCount(view.withheld)}</Fact>
        <Fact name={words.malformed}>{formatCount(view.malformed)}</Fact>
      </dl>
    </section>
  );
});
