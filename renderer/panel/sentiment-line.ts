import type { Utterance } from "../../shared/interaction.ts";

export type SentimentDirection = "rising" | "falling" | "steady";

/** The trend as it is drawn: an SVG path in a box of the given size, its last point, and what it says. */
export interface SentimentLine {
  readonly path: string;
  readonly end: { readonly x: number; readonly y: number };
  readonly last: number;
  readonly direction: SentimentDirection;
}

const MAX_POINTS = 30;
/** Scores of single utterances jump about; each point is the mean of this many. */
const SMOOTHING = 3;
const STEADY_WITHIN = 0.12;
const INSET = 3;

/**
 * The customer's sentiment over the last remarks, or null while there is too little to call it a trend (fewer than two
 * scored remarks). Scores are in [-1, 1], drawn with 1 at the top.
 */
export function sentimentLine(utterances: readonly Utterance[], width: number, height: number): SentimentLine | null {
  const scores: number[] = [];
  for (let index = utterances.length - 1; index >= 0 && scores.length < MAX_POINTS + SMOOTHING; index -= 1) {
    const utterance = utterances[index];
    if (utterance?.final === true && utterance.speaker !== "agent" && utterance.speaker !== "bot") scores.unshift(utterance.score);
  }
  if (scores.length < 2 || scores.every((score) => score === 0)) return null;
  const means = scores.map((_, index) => mean(scores.slice(Math.max(0, index - SMOOTHING + 1), index + 1)));
  const points = means.slice(-MAX_POINTS);
  const step = (width - 2 * INSET) / (points.length - 1);
  const places = points.map((value, index) => ({
    x: round(INSET + index * step),
    y: round(INSET + ((1 - value) / 2) * (height - 2 * INSET)),
  }));
  const first = points[0] ?? 0;
  const change = (points.at(-1) ?? 0) - first;
  return {
    path: places.map(({ x, y }, index) => `${index === 0 ? "M" : "L"}${x} ${y}`).join(" "),
    end: places.at(-1) ?? { x: 0, y: 0 },
    last: points.at(-1) ?? 0,
    direction: Math.abs(change) < STEADY_WITHIN ? "steady" : change > 0 ? "rising" : "falling",
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
