import { parseOpenMetrics } from "./open-metrics-parser.ts";

/** The samples of a text that keeps the rules, by name and the values of their labels: `callside_bridge_connection connected`. */
export function metricValues(text: string): ReadonlyMap<string, number> {
  return new Map(parseOpenMetrics(text).flatMap(({ samples }) => samples.map((one) => [[one.name, ...one.labels.values()].join(" "), one.value] as const)));
}
