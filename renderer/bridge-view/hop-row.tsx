import { hopBounds } from "../../shared/bridge-bounds.ts";
import type { HopView } from "../../shared/bridge-view.ts";
import type { Level } from "../../shared/bridge.ts";
import { texts } from "../texts.ts";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { hopBars, placeOnScale } from "./hop-scale.ts";

const { latency: words } = bridgeViewTexts;
const WIDTH = 180;
const HEIGHT = 30;
const STEP = WIDTH / (hopBounds.length + 1);
const tones = { normal: "well", elevated: "warn", critical: "bad" } as const satisfies Record<Level, string>;

/** The figures in the order of the table's head; where it is narrow their names stand above them. */
const figures = [
  [words.now, "recentMs"],
  [words.p50, "p50"],
  [words.p95, "p95"],
  [words.p99, "p99"],
] as const satisfies readonly (readonly [string, keyof HopView])[];

interface HistogramProps {
  readonly hop: HopView;
  readonly elevatedMs: number;
  readonly criticalMs: number;
}

interface HopRowProps extends HistogramProps {
  /** By how much the clock at the other end is ahead of ours, as far as is known. */
  readonly aheadMs: number | null;
}

/** One way: its level in a word and a colour, what it takes, and how that is spread around the thresholds. */
export function HopRow({ hop, aheadMs, elevatedMs, criticalMs }: HopRowProps) {
  const { hop: name, level, count } = hop;
  return (
    <tr>
      <th scope="row">
        {words.names[name]} {aheadMs === null || aheadMs === 0 ? <small>{words.hints[name]}</small> : <ClockHint aheadMs={aheadMs} />}
      </th>
      <td>
        {level === null ? (
          <span className="hop-unjudged">{count === 0 ? words.notMeasured : words.tooFew}</span>
        ) : (
          <span className="tag toned" data-tone={tones[level]}>
            {words.levels[level]}
          </span>
        )}
      </td>
      {figures.map(([name, key]) => (
        <td key={key} className="hop-figure" data-name={name}>
          {inWords(hop[key])}
        </td>
      ))}
      <td>
        <Histogram hop={hop} elevatedMs={elevatedMs} criticalMs={criticalMs} />
      </td>
    </tr>
  );
}

/** In the place of the hint, so that nothing moves when it is found out. */
function ClockHint({ aheadMs }: { readonly aheadMs: number }) {
  const ahead = words.ms(aheadMs);
  return (
    <small className="hop-ahead" title={words.skew(ahead)}>
      {words.ahead(ahead)}
      <span className="visually-hidden"> {words.skew(ahead)}</span>
    </small>
  );
}

function inWords(ms: number | null): string {
  return ms === null ? texts.none : words.ms(ms);
}

function Histogram({ hop, elevatedMs, criticalMs }: HistogramProps) {
  const bars = hopBars(hop.bars, { elevatedMs, criticalMs });
  return (
    <svg className="histogram" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={spreadWords(hop)}>
      {bars.map(({ share, count, level }, index) => {
        // The least that there is stands a pixel high: a rare slow message is what one looks for here.
        const height = count === 0 ? 0 : Math.max(1.5, share * (HEIGHT - 1));
        return <rect key={hopBounds[index] ?? "above"} data-tone={tones[level]} x={index * STEP + 1} width={STEP - 2} y={HEIGHT - height} height={height} />;
      })}
      <line data-tone="warn" x1={placeOnScale(elevatedMs) * WIDTH} x2={placeOnScale(elevatedMs) * WIDTH} y1="0" y2={HEIGHT} />
      <line data-tone="bad" x1={placeOnScale(criticalMs) * WIDTH} x2={placeOnScale(criticalMs) * WIDTH} y1="0" y2={HEIGHT} />
    </svg>
  );
}

function spreadWords({ hop, bars }: HopView): string {
  const parts = bars.flatMap((count, index) => {
    if (count === 0) return [];
    const bound = hopBounds[index];
    return [bound === undefined ? words.above(words.ms(hopBounds.at(-1) ?? 0), count) : words.upTo(words.ms(bound), count)];
  });
  return words.spreadLabel(words.names[hop], parts.length === 0 ? words.noSpread : parts.join(", "));
}
