import type { Overview } from "../../shared/overview.ts";

type Day = Pick<Overview["days"][number], "latencyP50" | "latencyP95">;

/** Both lines as SVG paths in a box of the given size; a day on which nothing was asked leaves a gap. Null where nothing was measured. */
export interface LatencyLines {
  readonly p50: string;
  readonly p95: string;
  /** The top of the scale, in ms. */
  readonly top: number;
  /** The last day that was measured. */
  readonly last: { readonly p50: number; readonly p95: number };
}

export function latencyLines(days: readonly Day[], width: number, height: number): LatencyLines | null {
  const measured = days.findLast(({ latencyP50, latencyP95 }) => latencyP50 !== null && latencyP95 !== null);
  if (measured === undefined || measured.latencyP50 === null || measured.latencyP95 === null) return null;
  const top = roundTop(Math.max(...days.map(({ latencyP50, latencyP95 }) => Math.max(latencyP50 ?? 0, latencyP95 ?? 0))));
  const draw = (values: readonly (number | null)[]): string => {
    let path = "";
    let pen: "up" | "down" = "up";
    for (const [index, value] of values.entries()) {
      if (value === null) {
        pen = "up";
        continue;
      }
      const x = values.length === 1 ? width / 2 : (index / (values.length - 1)) * width;
      // A day between two gaps is a line of no length, which a round pen draws as a dot.
      path += `${pen === "up" ? `M${round(x)} ${round(height - (value / top) * height)}` : ""}L${round(x)} ${round(height - (value / top) * height)}`;
      pen = "down";
    }
    return path;
  };
  return { p50: draw(days.map(({ latencyP50 }) => latencyP50)), p95: draw(days.map(({ latencyP95 }) => latencyP95)), top, last: { p50: measured.latencyP50, p95: measured.latencyP95 } };
}

/** The next of 1, 2, 5, 10, 20, … that is not below: a scale that can be read. */
function roundTop(ms: number): number {
  for (let ten = 1; ; ten *= 10) {
    for (const factor of [1, 2, 5]) if (factor * ten >= ms) return factor * ten;
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
