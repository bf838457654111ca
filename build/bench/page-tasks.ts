import type { Page } from "playwright-core";
import { z } from "zod";

/** One task of the page's main thread, in ms: from its begin to its end, and what the thread itself worked meanwhile. */
export interface PageTask {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Records what the browser's own trace tells of a page's tasks. */
export interface TaskRecorder {
  begin(): Promise<void>;
  /** The tasks since `begin` that took at least `SHORTEST_MS`, and the number of all. */
  end(): Promise<{ readonly tasks: readonly PageTask[]; readonly count: number }>;
}

const SHORTEST_MS = 10;

/** Chromium's trace event format; times in microseconds. `tdur`: of the thread's own processor time. */
const traceSchema = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      ph: z.string(),
      pid: z.number(),
      tid: z.number(),
      dur: z.number().exactOptional(),
      tdur: z.number().exactOptional(),
      args: z.object({ name: z.unknown().exactOptional() }).exactOptional(),
    }),
  ),
});

/**
 * A task's length by the clock has in it what other programs took of the machine meanwhile; its processor time has not. A trace
 * grows by megabytes in seconds: end it every few thousand lines.
 */
export function recordTasks(page: Page): TaskRecorder {
  const browser = page.context().browser();
  if (browser === null) throw new Error("the page has no browser of its own");
  return {
    begin: () => browser.startTracing(page, { categories: ["toplevel"] }),
    async end() {
      const trace = await browser.stopTracing();
      const { traceEvents } = traceSchema.parse(JSON.parse(trace.toString()));
      const threadOf = (event: { readonly pid: number; readonly tid: number }): string => `${event.pid} ${event.tid}`;
      const mains = new Set(traceEvents.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain").map(threadOf));
      const all = traceEvents.filter((event) => event.ph === "X" && event.name.endsWith("RunTask") && mains.has(threadOf(event)));
      if (all.length === 0) throw new Error("the browser's trace tells of no task of the page");
      const tasks = all.map(({ dur = 0, tdur = 0 }) => ({ wallMs: dur / 1_000, cpuMs: tdur / 1_000 }));
      return { tasks: tasks.filter(({ wallMs }) => wallMs >= SHORTEST_MS), count: all.length };
    },
  };
}
