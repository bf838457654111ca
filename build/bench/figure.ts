/** One measured figure, beside its limit where there is one. `atMost` or `atLeast` says which side of it is good. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: { readonly kind: "at most" | "at least"; readonly value: number };
}

/** Whether a figure keeps its limit; null where it has none. */
export function keepsLimit(figure: Figure): boolean | null {
  if (figure.limit === undefined) return null;
  return figure.limit.kind === "at most" ? figure.value <= figure.limit.value : figure.value >= figure.limit.value;
}

/** The value below which `share` (0 to 1) of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** A number with as many digits as say something. */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return "not measured";
  if (Number.isInteger(value) || Math.abs(value) >= 1_000) return Math.round(value).toLocaleString("en");
  return value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);
}
