import type { IntegrationStats } from "../../shared/integration-view.ts";
import { quantileSamples } from "../net/metric-families.ts";
import type { MetricFamily, Sample } from "../net/open-metrics.ts";

/** One integration: what its runs were counted under, and its figures. */
export interface MeasuredIntegration {
  readonly id: string;
  readonly stats: IntegrationStats;
}

/**
 * Integrations as metric families (contract 4.5), in the style of the bridge's. The only labels are the integration's id
 * (its name where it is not registered) and the quantile. `now`: ms since the Unix epoch.
 */
export function integrationSamples(integrations: readonly MeasuredIntegration[], now: number): readonly MetricFamily[] {
  const each = (value: (stats: IntegrationStats) => number): readonly Sample[] =>
    integrations.map(({ id, stats }) => ({ labels: { integration: id }, value: value(stats) }));
  return [
    { kind: "counter", name: "callside_integration_calls", help: "Runs of the integration.", samples: each((stats) => stats.calls) },
    { kind: "counter", name: "callside_integration_failures", help: "Runs that brought the bot nothing.", samples: each((stats) => stats.failures) },
    {
      kind: "gauge",
      name: "callside_integration_latency_seconds",
      unit: "seconds",
      help: "How long the last runs took, by quantile; absent where nothing was sent.",
      samples: integrations.flatMap(({ id, stats }) => quantileSamples(stats, { integration: id })),
    },
    {
      kind: "gauge",
      name: "callside_integration_paused",
      help: "1 while the integration's host gets no requests.",
      samples: each(({ pausedUntil }) => (pausedUntil !== null && pausedUntil > now ? 1 : 0)),
    },
  ];
}
