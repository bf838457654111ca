import type { TrendPoint } from "../../shared/simulation-view.ts";

/** The share of passed cases from which a batch is compliant (contract 5.5). */
export const GOAL = 0.95;

/** A place in the drawing. */
export interface Dot {
  readonly x: number;
  readonly y: number;
}

/** What is drawn of the last batches: two lines, the dots on the first, the goal, and the share at the bottom. */
export interface TrendLine {
  readonly passed: readonly Dot[];
  /** In pieces: a batch without a measured coverage leaves a gap. */
  readonly coverage: readonly (readonly Dot[])[];
  readonly goalY: number;
  readonly lowest: number;
}

const MARGIN = 5;

/** Lays the batches out from left to right, from the lowest share (in tenths, 0.9 at most) up to 1. Null for no batch. */
export function trendLine(points: readonly TrendPoint[], width: number, height: number): TrendLine | null {
  if (points.length === 0) return null;
  const shares = points.flatMap(({ successRate, coverage }) => (coverage === null ? [successRate] : [successRate, coverage]));
  const lowest = Math.max(0, Math.min(0.9, Math.floor(Math.min(...shares) * 10) / 10));
  const x = (index: number): number => (points.length === 1 ? width / 2 : MARGIN + (index / (points.length - 1)) * (width - 2 * MARGIN));
  const y = (share: number): number => round(MARGIN + ((1 - share) / (1 - lowest)) * (height - 2 * MARGIN));
  const coverage: Dot[][] = [[]];
  for (const [index, point] of points.entries()) {
    if (point.coverage === null) coverage.push([]);
    else coverage.at(-1)?.push({ x: round(x(index)), y: y(point.coverage) });
  }
  return {
    passed: points.map(({ successRate }, index) => ({ x: round(x(index)), y: y(successRate) })),
    coverage: coverage.filter((piece) => piece.length > 0),
    goalY: y(GOAL),
    lowest,
  };
}

/** The places as an SVG polyline takes them. */
export function polyline(dots: readonly Dot[]): string {
  return dots.map(({ x, y }) => `${x},${y}`).join(" ");
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
