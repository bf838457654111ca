import * as fs from "node:fs/promises";
import { randomBytes } from "node:crypto";
import type { Browser } from "playwright-core";
import { createPanelDesk } from "../../electron/app/panel-desk.ts";
import { serveLoopback } from "../../electron/host/loopback.ts";
import { readStaticFiles } from "../../electron/host/static-files.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import { launchBrowser } from "../browser.ts";
import { buildRenderer, rendererDirectory, rendererIsFresh } from "../build-renderer.ts";
import { openPracticeProgram } from "../practice-program.ts";
import { median, percentile, type Figure } from "./figure.ts";

/** Each with a browser of its own: nothing is in its cache, and no page has been drawn in it. */
const RUNS = 9;
/** What the browser and the machine take by themselves. */
const EMPTY_PAGE = "data:text/html,<main>empty</main>";
const DOCKED = { width: 400, height: 900 };

declare global {
  interface Window {
    /** When the picture that is waited for was there, in ms since the page began to be navigated to; null: not yet. */
    pictureMs: number | null;
  }
}

/**
 * From the moment at which a browser that is up goes to the panel's address to the first picture that has a card to be used:
 * a practice call is under way, its platform connected. The program runs already: its own start is the figure "ready".
 */
export async function measureFirstPanel(runs = RUNS): Promise<readonly Figure[]> {
  if (!(await rendererIsFresh())) await buildRenderer();
  const files = await readStaticFiles(rendererDirectory, fs);
  if (!files.ok) throw new Error(files.error.detail);
  await using stack = new AsyncDisposableStack();
  const { app } = stack.use(await openPracticeProgram({ clock: systemClock, speed: 8, loop: true, panel: { cardsPerMinute: 60 } }));
  const { promise: hasCard, resolve } = Promise.withResolvers<void>();
  app.onAssist((event) => {
    if (event.kind === "suggestions" && event.set.suggestions.length > 0) resolve();
  });
  const desk = stack.use(createPanelDesk(app, "practice", systemClock));
  const loopback = stack.use(
    await serveLoopback({
      ...desk,
      files: files.value,
      clock: systemClock,
      random: (length) => randomBytes(length),
      onBug: (bug) => {
        throw new Error("a command failed by a bug", { cause: bug });
      },
    }),
  );
  await app.start();
  await hasCard;
  const panels: number[] = [];
  const empties: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const browser = await launchBrowser();
    try {
      empties.push(await timeToPicture(browser, EMPTY_PAGE, "main"));
      panels.push(await timeToPicture(browser, loopback.address(), "article.card"));
    } finally {
      await browser.close();
    }
  }
  return [
    { name: "first usable panel, from its address to its first card painted, median", value: median(panels), unit: "ms", limit: { kind: "at most", value: 500 } },
    { name: `  slowest of ${runs}`, value: percentile(panels, 1), unit: "ms" },
    { name: "  a page of one word in the same browser, median", value: median(empties), unit: "ms" },
  ];
}

/** In ms from the moment at which the page began to be navigated to, redirections included. */
async function timeToPicture(browser: Browser, address: string, awaited: string): Promise<number> {
  const context = await browser.newContext({ viewport: DOCKED });
  const page = await context.newPage();
  await page.addInitScript(watchPicture, awaited);
  await page.goto(address, { waitUntil: "commit" });
  const seen = await page.waitForFunction(() => window.pictureMs);
  const ms = await seen.jsonValue();
  await context.close();
  if (ms === null) throw new Error("the page told no time");
  return ms;
}

/** Runs in the page before its own script. The task after the frame that has what is awaited: it has been painted by then. */
function watchPicture(awaited: string): void {
  window.pictureMs = null;
  const channel = new MessageChannel();
  channel.port1.addEventListener("message", () => {
    window.pictureMs = performance.now();
  });
  channel.port1.start();
  const watcher = new MutationObserver(() => {
    if (document.querySelector(awaited) === null) return;
    watcher.disconnect();
    requestAnimationFrame(() => channel.port2.postMessage(null));
  });
  watcher.observe(document, { childList: true, subtree: true });
}
