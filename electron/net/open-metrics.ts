import { assertNever } from "../../shared/assert-never.ts";

/** Labels of a sample, by name. */
type Labels = Readonly<Record<string, string>>;

/** A value with its labels. */
export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

/** A histogram's counts: `counts` by `bounds` and one more for what is above; not cumulated. */
export interface HistogramSample {
  readonly labels?: Labels;
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly sum: number;
}

interface Described {
  /** As the rules want it: lower case, and with a unit the unit is its last word. A counter's without `_total`. */
  readonly name: string;
  readonly help: string;
  readonly unit?: "seconds";
}

/** What is told under one name. A state set's samples say by `state` which one of `states` holds. */
export type MetricFamily =
  | (Described & { readonly kind: "counter" | "gauge"; readonly samples: readonly Sample[] })
  | (Described & { readonly kind: "info"; readonly labels: Labels })
  | (Described & { readonly kind: "stateset"; readonly states: readonly string[]; readonly samples: readonly { readonly labels?: Labels; readonly state: string }[] })
  | (Described & { readonly kind: "histogram"; readonly samples: readonly HistogramSample[] });

export const OPEN_METRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/** Families in the text form of OpenMetrics 1.0. */
export function openMetricsText(families: readonly MetricFamily[]): string {
  const lines = families.flatMap((family) => [
    `# TYPE ${family.name} ${family.kind}`,
    ...(family.unit === undefined ? [] : [`# UNIT ${family.name} ${family.unit}`]),
    `# HELP ${family.name} ${escaped(family.help)}`,
    ...sampleLines(family),
  ]);
  return [...lines, "# EOF", ""].join("\n");
}

function sampleLines(family: MetricFamily): readonly string[] {
  const { name } = family;
  switch (family.kind) {
    case "counter":
      return family.samples.map(({ labels, value }) => sampleLine(`${name}_total`, labels, value));
    case "gauge":
      return family.samples.map(({ labels, value }) => sampleLine(name, labels, value));
    case "info":
      return [sampleLine(`${name}_info`, family.labels, 1)];
    case "stateset":
      // The rules name the label after the family.
      return family.samples.flatMap(({ labels, state }) => family.states.map((one) => sampleLine(name, { ...labels, [name]: one }, one === state ? 1 : 0)));
    case "histogram":
      return family.samples.flatMap((sample) => histogramLines(name, sample));
    default:
      return assertNever(family);
  }
}

function histogramLines(name: string, { labels, bounds, counts, sum }: HistogramSample): readonly string[] {
  let total = 0;
  const buckets = counts.map((count, index) => {
    total += count;
    return sampleLine(`${name}_bucket`, { ...labels, le: boundText(bounds[index]) }, total);
  });
  return [...buckets, sampleLine(`${name}_sum`, labels, sum), sampleLine(`${name}_count`, labels, total)];
}

/** Bounds are labels, so two ways to write one would be two series: the rules want a whole one with its `.0`. */
function boundText(bound: number | undefined): string {
  if (bound === undefined) return "+Inf";
  return Number.isInteger(bound) ? `${bound}.0` : String(bound);
}

function sampleLine(name: string, labels: Labels | undefined, value: number): string {
  const pairs = Object.entries(labels ?? {}).map(([label, text]) => `${label}="${escaped(text)}"`);
  return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${String(value)}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll('"', '\\"');
}
