import type { Page } from "playwright-core";
import { createPanelDesk } from "../../electron/app/panel-desk.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { openPracticeProgram } from "../practice-program.ts";
import { percentile, type Figure } from "./figure.ts";
import { showPage } from "./page.ts";

const SAMPLES = 600;
const CLOCK_PROBES = 20;

/** When main published something, and the number of the push that told it. */
interface Published {
  readonly at: number;
  readonly number: number;
}

interface Painted {
  readonly number: number;
  readonly at: number;
}

declare global {
  interface Window {
    paintings: Painted[];
  }
}

/**
 * From `publish` in main to the task after the frame that shows it, in a real browser: eight practice calls at eight
 * times their speed, through sandbox, engine, publisher, loopback host, panel and paint.
 */
export async function measurePainted(): Promise<readonly Figure[]> {
  await using stack = new AsyncDisposableStack();
  const { app } = stack.use(await openPracticeProgram({ clock: systemClock, speed: 8, lines: 8, loop: true, panel: { cardsPerMinute: 60 } }));
  const published: Published[] = [];
  const untold: number[] = [];
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  // Heard before the desk hears it, which publishes at once.
  app.onAssist(({ kind }) => {
    if (kind === "interaction" || kind === "utterance" || kind === "asking" || kind === "suggestions") untold.push(epochMs());
  });
  const desk = stack.use(createPanelDesk(app, "practice", systemClock));
  const { page } = stack.use(await showPage(desk, recordPaintings));
  desk.publisher.subscribe(({ from, updates }) => {
    for (const at of untold.splice(0)) published.push({ at, number: from + updates.length - 1 });
    if (published.length >= SAMPLES) resolve();
  });
  const aheadMs = await pageClockAhead(page);
  await app.start();
  await enough;
  const samples = published.slice(0, SAMPLES);
  const last = samples.at(-1)?.number ?? 0;
  await page.waitForFunction((number) => (window.paintings.at(-1)?.number ?? 0) >= number, last);
  const latencies = match(samples, await page.evaluate(() => window.paintings), aheadMs);
  return [
    { name: "publish to painted in the browser, p50", value: percentile(latencies, 0.5), unit: "ms" },
    { name: "publish to painted in the browser, p95", value: percentile(latencies, 0.95), unit: "ms", limit: { kind: "at most", value: 50 } },
    { name: "  slowest of 600", value: percentile(latencies, 1), unit: "ms" },
  ];
}

/** Runs in the page before its own script: keeps what `renderer/painted.ts` tells. */
function recordPaintings(): void {
  window.paintings = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntriesByName("callside.painted")) window.paintings.push((entry as PerformanceMeasure).detail as Painted);
  }).observe({ type: "measure" });
}

/** Each published change with the first picture that has it. */
function match(published: readonly Published[], paintings: readonly Painted[], aheadMs: number): readonly number[] {
  let next = 0;
  return published.map(({ at, number }) => {
    while ((paintings[next]?.number ?? number) < number) next += 1;
    const painted = paintings[next];
    if (painted === undefined) throw new Error(`update ${number} was never painted`);
    return painted.at - aheadMs - at;
  });
}

function epochMs(): number {
  return performance.timeOrigin + performance.now();
}

/** How far the page's clock is ahead of ours: two processes count from two starts. The quickest of several probes knows best. */
async function pageClockAhead(page: Page): Promise<number> {
  let best = { roundTripMs: Number.POSITIVE_INFINITY, aheadMs: 0 };
  for (let probe = 0; probe < CLOCK_PROBES; probe += 1) {
    const sent = epochMs();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    const roundTripMs = epochMs() - sent;
    if (roundTripMs < best.roundTripMs) best = { roundTripMs, aheadMs: there - sent - roundTripMs / 2 };
  }
  return best.aheadMs;
}
