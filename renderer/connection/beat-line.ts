/** Round trips as they are drawn in a box: the points of a polyline, the newest one's place, and the range in ms. */
export interface BeatLine {
  readonly points: string;
  readonly end: { readonly x: number; readonly y: number };
  readonly min: number;
  readonly max: number;
}

/** So many beats fill the width. Fewer stand at its right end, so that the line does not stretch as it grows. */
export const BEAT_SLOTS = 60;
/** Below this the scale is not spread further: jitter of a fast network is no mountain range. */
const MIN_TOP_MS = 20;
const INSET = 2;

/**
 * The line of the last round trips (`beats` in ms, oldest first) in a box of `width` x `height`, or null where there
 * is none. Drawn from zero, so that twice as high means twice as long; the newest stands at the right.
 */
export function beatLine(beats: readonly number[], width: number, height: number): BeatLine | null {
  const shown = beats.slice(-BEAT_SLOTS);
  if (shown.length === 0) return null;
  const max = Math.max(...shown);
  const top = Math.max(max, MIN_TOP_MS);
  const step = (width - 2 * INSET) / (BEAT_SLOTS - 1);
  const places = shown.map((beat, index) => ({
    x: round(width - INSET - (shown.length - 1 - index) * step),
    y: round(INSET + (1 - beat / top) * (height - 2 * INSET)),
  }));
  return {
    points: places.map(({ x, y }) => `${x},${y}`).join(" "),
    end: places.at(-1) ?? { x: 0, y: 0 },
    min: Math.min(...shown),
    max,
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
