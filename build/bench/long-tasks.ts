import type { Page } from "playwright-core";

/** A task of the page that took too long; `startMs` and `durationMs` on the page's own clock. */
export interface LongTask {
  readonly kind: "task" | "frame";
  readonly startMs: number;
  readonly durationMs: number;
}

declare global {
  interface Window {
    longTasks: { watch(): void; ignore(): void; found: LongTask[] };
  }
}

/**
 * Runs in the page before its own script: keeps tasks of over 50 ms (the browser tells of no shorter ones) and animation frames
 * that kept the page from answering as long. Nothing counts until `watch` is called, nor after `ignore`.
 */
export function recordLongTasks(): void {
  const found: LongTask[] = [];
  let watching = false;
  const take = (entries: readonly PerformanceEntry[]): void => {
    if (!watching) return;
    for (const entry of entries) {
      if (entry.entryType === "longtask") found.push({ kind: "task", startMs: entry.startTime, durationMs: entry.duration });
      // A frame's own time has the wait for the screen in it; what matters is how long nothing could be answered.
      const { blockingDuration } = entry as { readonly blockingDuration?: number };
      if (blockingDuration !== undefined && blockingDuration > 0) found.push({ kind: "frame", startMs: entry.startTime, durationMs: blockingDuration + 50 });
    }
  };
  const observers = ["longtask", "long-animation-frame"].map((type) => {
    const observer = new PerformanceObserver((list) => {
      take(list.getEntries());
    });
    observer.observe({ type });
    return observer;
  });
  const flush = (): void => {
    for (const observer of observers) take(observer.takeRecords());
  };
  window.longTasks = {
    found,
    watch() {
      flush();
      watching = true;
    },
    ignore() {
      flush();
      watching = false;
    },
  };
}

/** What was found so far. */
export function longTasksOf(page: Page): Promise<readonly LongTask[]> {
  return page.evaluate(() => {
    window.longTasks.ignore();
    return window.longTasks.found;
  });
}
