import type { SimulationsView } from "../../shared/simulation-view.ts";
import type { Coverage, Hits } from "../../shared/simulation.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { HitBars } from "./hit-bars.tsx";
import { TrendChart } from "./trend-chart.tsx";

const { coverage: words } = simulationTexts;

interface CoverageSideProps {
  readonly view: SimulationsView;
  readonly underWay: boolean;
  /** Shows the cases behind a number. */
  readonly onCases: (hits: Hits) => void;
}

/** What the batch exercised, with the cases behind each number, and how the last batches went. */
export function CoverageSide({ view, underWay, onCases }: CoverageSideProps) {
  const coverage = underWay ? null : (view.batch?.coverage ?? null);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it the region cannot be scrolled by keyboard
    <section className="side" aria-label={words.label} tabIndex={0}>
      <h2>{words.flows}</h2>
      {coverage === null ? <p className="side-hint">{words.pending}</p> : <Flows coverage={coverage} onCases={onCases} />}
      <TrendChart points={view.trend} />
      {coverage === null ? null : (
        <>
          <Surprises coverage={coverage} onCases={onCases} />
          <Exercised coverage={coverage} onCases={onCases} />
        </>
      )}
    </section>
  );
}

interface CoverageProps {
  readonly coverage: Coverage;
  readonly onCases: (hits: Hits) => void;
}

function Flows({ coverage: { flows, missing }, onCases }: CoverageProps) {
  if (flows.length === 0) return <p className="side-hint">{words.none}</p>;
  return <HitBars hits={flows} missing={new Set(missing)} onCases={onCases} />;
}

/** Flows that nobody expected, and flows that customers use and no case tries. */
function Surprises({ coverage: { unexpected, untested }, onCases }: CoverageProps) {
  return (
    <>
      {unexpected.length === 0 ? null : (
        <>
          <h3>{words.unexpected}</h3>
          <HitBars hits={unexpected} onCases={onCases} />
        </>
      )}
      {untested === null || untested.length === 0 ? null : (
        <>
          <h3>{words.untested}</h3>
          <ul className="names">
            {untested.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Exercised({ coverage, onCases }: CoverageProps) {
  return [
    [words.intents, coverage.intents] as const,
    [words.entities, coverage.entities] as const,
  ].map(([title, hits]) =>
    hits.length === 0 ? null : (
      <details key={title}>
        <summary>
          {title} <span>{simulationTexts.figure(hits.length)}</span>
        </summary>
        <HitBars hits={hits} onCases={onCases} />
      </details>
    ),
  );
}
