import { connectionStateSchema, type ConnectionState } from "../../shared/connection.ts";
import type { MetricFamily, Sample } from "./open-metrics.ts";

const states: readonly ConnectionState["kind"][] = connectionStateSchema.options.map((option) => option.shape.kind.value);

/** A counter without labels; `name` without `_total`. */
export function counterFamily(name: string, help: string, value: number): MetricFamily {
  return { kind: "counter", name, help, samples: [{ value }] };
}

/** A gauge without labels; null is absent. */
export function gaugeFamily(name: string, help: string, value: number | null, unit?: "seconds"): MetricFamily {
  return { kind: "gauge", name, help, samples: value === null ? [] : [{ value }], ...(unit === undefined ? {} : { unit }) };
}

/** The state that a connection is in, without its times and its reason: those may name hosts. */
export function connectionFamily(name: string, help: string, connection: ConnectionState): MetricFamily {
  return { kind: "stateset", name, help, states, samples: [{ state: connection.kind }] };
}

/** Latencies (ms, null where none is known) as samples in seconds, by quantile. */
export function quantileSamples(
  latencies: { readonly p50: number | null; readonly p95: number | null; readonly p99?: number | null },
  labels: Readonly<Record<string, string>> = {},
): readonly Sample[] {
  const ranks = { "0.5": latencies.p50, "0.95": latencies.p95, "0.99": latencies.p99 ?? null };
  return Object.entries(ranks).flatMap(([quantile, ms]) => (ms === null ? [] : [{ labels: { ...labels, quantile }, value: toSeconds(ms) }]));
}

/** Without the noise of a division by a thousand. */
export function toSeconds(ms: number): number {
  return Number((ms / 1_000).toFixed(6));
}
