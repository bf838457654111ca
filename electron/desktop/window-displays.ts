/** A rectangle in device-independent pixels, as Electron measures the desktop; whole numbers. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What is needed of Electron's `Display`. `workArea` is what task bar, menu bar and dock leave of `bounds`. */
export interface DisplayFacts {
  readonly id: number;
  readonly bounds: Bounds;
  readonly workArea: Bounds;
  readonly scaleFactor: number;
}

/** At least one: with none there is nowhere to be. */
export type Displays = readonly [DisplayFacts, ...DisplayFacts[]];

/** Displays in a list that has some; null for none, as a machine may tell for a moment while it is docked or locked. */
export function someDisplays(found: readonly DisplayFacts[]): Displays | null {
  const [first, ...more] = found;
  return first === undefined ? null : [first, ...more];
}

/**
 * The name of a set of displays: which ones, where, how large and how scaled, in no order. Work areas are no part of it,
 * because a task bar that comes and goes does not make another desk.
 */
export function displaySetKey(displays: Displays): string {
  const names = displays.map(({ id, bounds, scaleFactor }) => `${id}:${bounds.x},${bounds.y},${bounds.width}x${bounds.height}@${scaleFactor}`);
  return names.toSorted().join("|");
}

/** The display whose work area has most of `bounds`; where none has any of it, the nearest one. */
export function displayOf(bounds: Bounds, displays: Displays): DisplayFacts {
  return displays.reduce((best, one) => {
    const [more, most] = [overlapArea(bounds, one.workArea), overlapArea(bounds, best.workArea)];
    if (more !== most) return more > most ? one : best;
    return gapBetween(bounds, one.workArea) < gapBetween(bounds, best.workArea) ? one : best;
  });
}

/** The display with the point, or the nearest one. */
export function displayAt({ x, y }: Point, displays: Displays): DisplayFacts {
  const spot = { x, y, width: 1, height: 1 };
  return displays.reduce((best, one) => (gapBetween(spot, one.bounds) < gapBetween(spot, best.bounds) ? one : best));
}

export function sameBounds(a: Bounds, b: Bounds): boolean {
  return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

/** How much of two stretches is common to both; negative: how far they are apart. */
export function overlap(startA: number, lengthA: number, startB: number, lengthB: number): number {
  return Math.min(startA + lengthA, startB + lengthB) - Math.max(startA, startB);
}

function overlapArea(a: Bounds, b: Bounds): number {
  return Math.max(0, overlap(a.x, a.width, b.x, b.width)) * Math.max(0, overlap(a.y, a.height, b.y, b.height));
}

function gapBetween(a: Bounds, b: Bounds): number {
  return Math.hypot(Math.max(0, -overlap(a.x, a.width, b.x, b.width)), Math.max(0, -overlap(a.y, a.height, b.y, b.height)));
}
