import type { Page } from "playwright-core";

const CLOCK_PROBES = 20;

/** When main published something, and the number of the push that told it. */
export interface Published {
  readonly at: number;
  readonly number: number;
}

/** `waitedMs`: from the update's arrival in the page to the task after the frame that shows it. */
interface Painted {
  readonly number: number;
  readonly at: number;
  readonly waitedMs: number;
}

declare global {
  interface Window {
    paintings: Painted[];
  }
}

/** Runs in the page before its own script: keeps what `renderer/painted.ts` tells. */
export function recordPaintings(): void {
  window.paintings = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName("callside.painted")) {
      const { number, at } = (entry as PerformanceMeasure).detail as Painted;
      window.paintings.push({ number, at, waitedMs: entry.duration });
    }
  }).observe({ type: "measure" });
}

/** What the page has painted so far, once that includes the update of this number. */
export async function paintingsUntil(page: Page, number: number): Promise<readonly Painted[]> {
  await page.waitForFunction((wanted) => (window.paintings.at(-1)?.number ?? 0) >= wanted, number);
  return page.evaluate(() => window.paintings);
}

/** From publishing each change to the first picture that has it, in ms. */
export function paintLatencies(published: readonly Published[], paintings: readonly Painted[], aheadMs: number): readonly number[] {
  let next = 0;
  return published.map(({ at, number }) => {
    while ((paintings[next]?.number ?? number) < number) next += 1;
    const painted = paintings[next];
    if (painted === undefined) throw new Error(`update ${number} was never painted`);
    return painted.at - aheadMs - at;
  });
}

/** The wall clock with fractions of a millisecond. */
export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}

/** How far the page's clock is ahead of ours: two processes count from two starts. The quickest of several probes knows best. */
export async function pageClockAhead(page: Page): Promise<number> {
  let best = { roundTripMs: Number.POSITIVE_INFINITY, aheadMs: 0 };
  for (let probe = 0; probe < CLOCK_PROBES; probe += 1) {
    const sent = epochMs();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    const roundTripMs = epochMs() - sent;
    if (roundTripMs < best.roundTripMs) best = { roundTripMs, aheadMs: there - sent - roundTripMs / 2 };
  }
  return best.aheadMs;
}
