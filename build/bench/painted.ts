import { createPanelDesk } from "../../electron/app/panel-desk.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { openPracticeProgram } from "../practice-program.ts";
import { percentile, type Figure } from "./figure.ts";
import { showPage } from "./page.ts";
import { epochMs, pageClockAhead, paintingsUntil, paintLatencies, type Published, recordPaintings } from "./paintings.ts";

const SAMPLES = 600;

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
  const latencies = paintLatencies(samples, await paintingsUntil(page, last), aheadMs);
  return [
    { name: "publish to painted in the browser, p50", value: percentile(latencies, 0.5), unit: "ms" },
    { name: "publish to painted in the browser, p95", value: percentile(latencies, 0.95), unit: "ms", limit: { kind: "at most", value: 50 } },
    { name: "  slowest of 600", value: percentile(latencies, 1), unit: "ms" },
  ];
}
