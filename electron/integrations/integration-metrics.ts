import type { IntegrationStats } from "../../shared/integration-view.ts";

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A family as whoever writes OpenMetrics takes it. */
export interface IntegrationFamily {
  readonly kind: "counter" | "gauge";
  readonly name: string;
  readonly help: string;
  readonly unit?: "seconds";
  readonly samples: readonly Sample[];
}

/** One integration: what its runs were counted under, and its figures. */
export interface MeasuredIntegration {
  readonly id: string;
  readonly stats: IntegrationStats;
}

/**
 * Integrations as metric families (contract 4.5), in the style of the bridge's. The only labels are the integration's id
 * (its name where it is not registered) and the quantile. `now`: ms since the Unix epoch.
 */
export function integrationSamples(integrations: readonly MeasuredIntegration[], now: number): readonly IntegrationFamily[] {
  const each = (value: (stats: IntegrationStats) => number | null): readonly Sample[] =>
    integrations.flatMap(({ id, stats }) => sampleOf({ integration: id }, value(stats)));
  return [
    { kind: "counter", name: "callside_integration_calls", help: "Runs of the integration.", samples: each((stats) => stats.calls) },
    { kind: "counter", name: "callside_integration_failures", help: "Runs that brought the bot nothing.", samples: each((stats) => stats.failures) },
    {
      kind: "gauge",
      name: "callside_integration_latency_seconds",
      unit: "seconds",
      help: "How long the last runs took, by quantile; absent where nothing was sent.",
      samples: integrations.flatMap(({ id, stats }) => [
        ...sampleOf({ integration: id, quantile: "0.5" }, seconds(stats.p50)),
        ...sampleOf({ integration: id, quantile: "0.95" }, seconds(stats.p95)),
        ...sampleOf({ integration: id, quantile: "0.99" }, seconds(stats.p99)),
      ]),
    },
    {
      kind: "gauge",
      name: "callside_integration_paused",
      help: "1 while the integration's host gets no requests.",
      samples: each(({ pausedUntil }) => (pausedUntil !== null && pausedUntil > now ? 1 : 0)),
    },
  ];
}

function sampleOf(labels: Sample["labels"], value: number | null): readonly Sample[] {
  return value === null ? [] : [{ labels, value }];
}

/** Without the noise of a division by a thousand. */
function seconds(ms: number | null): number | null {
  return ms === null ? null : Number((ms / 1_000).toFixed(6));
}
