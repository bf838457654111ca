import type { CDPSession } from "playwright-core";
import { createCommands } from "../../electron/host/commands.ts";
import { createPublisher, type Publisher } from "../../electron/host/publisher.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { wait } from "../../shared/clock.ts";
import { ok } from "../../shared/result.ts";
import type { Settings } from "../../shared/settings.ts";
import { benchSettings } from "./assist-run.ts";
import { percentile, type Figure } from "./figure.ts";
import { showPage, type ShownPage } from "./page.ts";
import { epochMs, pageClockAhead, paintingsUntil, paintLatencies, type Published, recordPaintings } from "./paintings.ts";
import { playBatch } from "./simulations-played.ts";

const CASES = 10_000;
const PER_SECOND = 500;
const WARM_UP_MS = 2_000;
const MEASURED_MS = 8_000;
/** Of a display with 60 pictures a second, to the tenth that Chromium's own clock ticks in. */
const FRAME_MS = 16.7;
const SUPERVISOR = { width: 1280, height: 800 };
/** About seventy lines of the table in a second. */
const PIXELS_PER_MS = 3;
const ROW_PX = 44;
const LINES_ON_SCREEN = 12;

declare global {
  interface Window {
    /** When each frame began, in ms on the page's clock since the Unix epoch. */
    frameStarts: number[];
  }
}

/**
 * The view with 10,000 cases while 500 of its lines change in a second, half of them on screen, and its table scrolls:
 * as the desk tells them (gathered over 100 ms), told at once (a push every 16 ms), and the scrolling alone. An update
 * has its frame where the next one begins within a frame's time of its arrival, and is on screen within another.
 */
export async function measureSimulationsView(): Promise<readonly Figure[]> {
  const gathered = await watchBatch("gathered");
  const prompt = await watchBatch("prompt");
  const alone = await watchBatch("none");
  return [
    ...frameFigures("10,000 cases on screen, 500 updates/s", gathered),
    { name: "  frame with an update, from its start to painted, p95", value: percentile(gathered.shown, 0.95), unit: "ms", limit: { kind: "at most", value: FRAME_MS } },
    { name: "  update in the page to painted, p95", value: percentile(gathered.arrived, 0.95), unit: "ms", limit: { kind: "at most", value: 2 * FRAME_MS } },
    { name: "  publish to painted, p50", value: percentile(gathered.published, 0.5), unit: "ms" },
    { name: "  publish to painted, p95", value: percentile(gathered.published, 0.95), unit: "ms" },
    ...frameFigures("the same with a push every 16 ms", prompt),
    { name: "  publish to painted, p95", value: percentile(prompt.published, 0.95), unit: "ms" },
    ...frameFigures("the same without updates", alone),
  ];
}

function frameFigures(name: string, { frames, busyMs }: Watched): readonly Figure[] {
  return [
    { name: `${name}: frame time, p50`, value: percentile(frames, 0.5), unit: "ms" },
    { name: "  frame time, p95", value: percentile(frames, 0.95), unit: "ms" },
    { name: "  frame time, longest", value: percentile(frames, 1), unit: "ms" },
    { name: "  page's main thread, processor time per frame", value: busyMs, unit: "ms" },
  ];
}

/** All in ms. */
interface Watched {
  /** From the start of each frame to that of the next. */
  readonly frames: readonly number[];
  /** Processor time of the page's main thread per frame, whatever else the machine does. */
  readonly busyMs: number;
  /** From the start of each frame that shows an update to the task after it. */
  readonly shown: readonly number[];
  /** To the same from the arrival of its first update in the page. */
  readonly arrived: readonly number[];
  /** From publishing each update. */
  readonly published: readonly number[];
}

async function watchBatch(telling: "gathered" | "prompt" | "none"): Promise<Watched> {
  await using stack = new AsyncDisposableStack();
  const publisher = stack.use(createPublisher({ settings: supervisor, clock: systemClock }));
  const untold: number[] = [];
  const published: Published[] = [];
  let scrolledAt = 0;
  const batch = stack.use(
    playBatch({
      cases: CASES,
      perSecond: PER_SECOND,
      publish: (update) => {
        untold.push(epochMs());
        publisher.publish(update);
      },
      isPrompt: telling === "prompt",
      onScreen: (change) => Math.floor(((systemClock.monotonic() - scrolledAt) * PIXELS_PER_MS) / ROW_PX) + (change % LINES_ON_SCREEN),
    }),
  );
  const { page } = stack.use(await openView(publisher));
  publisher.subscribe(({ from, updates }) => {
    for (const at of untold.splice(0)) published.push({ at, number: from + updates.length - 1 });
  });
  const aheadMs = await pageClockAhead(page);
  untold.length = 0;
  await page.evaluate(scroll, PIXELS_PER_MS);
  scrolledAt = systemClock.monotonic();
  if (telling !== "none") batch.start();
  await wait(systemClock, WARM_UP_MS, NEVER);
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("Performance.enable", { timeDomain: "threadTicks" });
  const busyBefore = await busySeconds(devTools);
  const since = epochMs();
  await wait(systemClock, MEASURED_MS, NEVER);
  const until = epochMs();
  const busyAfter = await busySeconds(devTools);
  const starts = await page.evaluate(() => window.frameStarts);
  const measured = starts.filter((at) => at - aheadMs >= since && at - aheadMs < until);
  const frames = measured.slice(1).map((at, index) => at - (measured[index] ?? at));
  const busyMs = ((busyAfter - busyBefore) * 1_000) / measured.length;
  if (telling === "none") return { frames, busyMs, shown: [], arrived: [], published: [] };
  if ((await page.locator('[data-case][data-state="passed"]').count()) === 0) throw new Error("no line on screen has changed");
  const samples = published.filter(({ at }) => at >= since && at < until);
  const all = await paintingsUntil(page, samples.at(-1)?.number ?? 0);
  const later = await page.evaluate(() => window.frameStarts);
  const paintings = all.filter(({ at }) => at - aheadMs >= since);
  const shown = paintings.map(({ at }) => at - (later.findLast((start) => start <= at) ?? Number.NaN));
  return { frames, busyMs, shown, arrived: paintings.map(({ waitedMs }) => waitedMs), published: paintLatencies(samples, all, aheadMs) };
}

async function busySeconds(devTools: CDPSession): Promise<number> {
  const { metrics } = await devTools.send("Performance.getMetrics");
  const busy = metrics.find(({ name }) => name === "TaskDuration")?.value;
  if (busy === undefined) throw new Error("the browser does not tell how busy the page is");
  return busy;
}

const NEVER = new AbortController().signal;

const supervisor: Settings = {
  mode: "live",
  role: "supervisor",
  triggers: { ...benchSettings.triggers },
  policy: { ...benchSettings.policy },
  display: { cardsPerMinute: 60, quiet: false, theme: "light", language: "en" }, locks: [],
};

/** The page with the view in front, its table drawn. */
async function openView(publisher: Publisher): Promise<ShownPage> {
  const commands = createCommands({ publisher, record: () => {}, retryConnection: () => {}, simulations: () => null, bridge: () => null, integrations: () => null, health: () => null, updates: () => null, history: () => null, practice: () => null, setup: () => null, viewing: () => {}, changeSettings: async () => ok(null) });
  const shown = await showPage({ publisher, commands }, recordPaintings, SUPERVISOR);
  await shown.page.keyboard.press("g");
  await shown.page.keyboard.press("s");
  await shown.page.locator("[data-case]").first().waitFor();
  return shown;
}

/** Runs in the page: scrolls the table down a little in every frame, and keeps when each began. */
function scroll(pixelsPerMs: number): void {
  const table = document.querySelector(".case-table");
  if (table === null) throw new Error("the view has no table");
  window.frameStarts = [];
  const startedMs = performance.now();
  const step = (nowMs: number): void => {
    window.frameStarts.push(performance.timeOrigin + nowMs);
    table.scrollTop = (nowMs - startedMs) * pixelsPerMs;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}
