import { describe, expect, test } from "vitest";
import { good, bad } from "../../electron/health/outcome.ts";
import type { HealthJob } from "../../electron/health/health-job.ts";
import { runPlan } from "../../electron/health/run-plan.ts";
import type { HealthOutcome, HealthView } from "../../shared/health.ts";
import { createWatchedClock } from "../support/watched-clock.ts";
import { until } from "../support/until.ts";

const FAULT = { kind: "transport", code: "network", detail: "cut" } as const;

function job(key: string, run: HealthJob["run"], more: Partial<HealthJob> = {}): HealthJob {
  return { key, needs: [], after: [], limitMs: 5_000, run, late: () => bad({ ...FAULT, code: "timeout" }), failedWords: `${key} failed`, ...more };
}

/** Starts a run of jobs, one line each, and keeps every view with the time at which it was told. */
function start(jobs: readonly HealthJob[], clean: (text: string) => string = (text) => text) {
  const clock = createWatchedClock();
  const stop = new AbortController();
  const views: { readonly at: number; readonly view: HealthView }[] = [];
  const lines = jobs.map(({ key }) => ({ subject: "program", check: "version", target: key, key }) as const);
  const run = runPlan({ lines, jobs }, { clock, signal: stop.signal, clean, onView: (view) => views.push({ at: clock.monotonic(), view }) });
  const outcome = (key: string): HealthOutcome | undefined => views.at(-1)?.view.lines.find(({ target }) => target === key)?.outcome;
  return { clock, stop, views, run, outcome };
}

/** A job that goes on until it is told to end, and says whether it was cut. */
function held(key: string, more: Partial<HealthJob> = {}) {
  const { promise, resolve } = Promise.withResolvers<HealthOutcome>();
  const seen = { started: false, cut: false };
  const made = job(
    key,
    (signal) => {
      seen.started = true;
      signal.addEventListener("abort", () => {
        seen.cut = true;
      });
      return promise;
    },
    more,
  );
  return { job: made, seen, end: (outcome: HealthOutcome = good("fine")) => resolve(outcome) };
}

describe("a run of checks", () => {
  test("begins with every line waiting, and ends with every outcome", async () => {
    const { run, views } = start([job("a", async () => good("yes")), job("b", async () => bad(FAULT))]);
    await run;
    expect(views[0]?.view).toMatchObject({ state: "running", since: Date.UTC(2026, 0, 5, 9), lines: [{ outcome: { kind: "waiting" } }, { outcome: { kind: "waiting" } }] });
    expect(views.at(-1)?.view).toMatchObject({ state: "done", lines: [{ outcome: { kind: "good", found: "yes" } }, { outcome: { kind: "bad" } }] });
  });

  test("skips what stands on a failed check, through all that follows, and says why", async () => {
    let tried = 0;
    const never = async () => {
      tried += 1;
      return good("");
    };
    const { run, outcome } = start([job("a", async () => bad(FAULT)), job("b", never, { needs: ["a"] }), job("c", never, { needs: ["b"] })]);
    await run;
    expect(outcome("b")).toEqual({ kind: "skipped", why: "a failed" });
    expect(outcome("c")).toEqual({ kind: "skipped", why: "a failed" });
    expect(tried).toBe(0);
  });

  test("goes on behind a check that is doubtful, or was skipped for a reason of its own", async () => {
    const { run, outcome } = start([
      job("a", async () => ({ kind: "doubtful", found: "hm", remedy: "look" })),
      job("b", async () => ({ kind: "skipped", why: "no encryption" }), { needs: ["a"] }),
      job("c", async () => good("reached"), { needs: ["b"] }),
    ]);
    await run;
    expect(outcome("c")).toMatchObject({ kind: "good" });
  });

  test("waits for others without standing on them", async () => {
    const order: string[] = [];
    const first = held("a");
    const { run, outcome } = start([first.job, job("b", async () => (order.push("b"), good("")), { after: ["a"] })]);
    await until(() => first.seen.started);
    expect(order).toEqual([]);
    first.end(bad(FAULT));
    await run;
    expect(outcome("b")).toMatchObject({ kind: "good" });
  });

  test("has at most four under way", async () => {
    const all = Array.from({ length: 9 }, (_one, at) => held(`j${at}`));
    const { run } = start(all.map((one) => one.job));
    const started = () => all.filter(({ seen }) => seen.started).length;
    await until(() => started() === 4);
    await new Promise((resolve) => setImmediate(resolve));
    expect(started()).toBe(4);
    all[0]?.end();
    await until(() => started() === 5);
    for (const one of all) one.end();
    await run;
    expect(started()).toBe(9);
  });

  test("cuts a check when its time is up, and goes on with the next", async () => {
    const slow = held("a");
    const { run, clock, outcome } = start([slow.job, job("b", async () => good("")), job("c", async () => good(""), { needs: ["a"] })]);
    await until(() => slow.seen.started);
    await clock.advance(4_999);
    expect(slow.seen.cut).toBe(false);
    await clock.advance(1);
    await run;
    expect(slow.seen.cut).toBe(true);
    expect(outcome("a")).toMatchObject({ kind: "bad", fault: { code: "timeout" } });
    expect(outcome("b")).toMatchObject({ kind: "good" });
    expect(outcome("c")).toEqual({ kind: "skipped", why: "a failed" });
    expect(clock.pending()).toBe(0);
  });

  test("stops at once: what is over stays, the rest is told as stopped, and nothing is told after it", async () => {
    const slow = held("a");
    const queued = held("c", { needs: ["a"] });
    const { run, stop, views, outcome, clock } = start([job("b", async () => good("kept")), slow.job, queued.job]);
    await until(() => slow.seen.started);
    stop.abort();
    const last = await run;
    expect(last.state).toBe("stopped");
    expect(outcome("b")).toMatchObject({ kind: "good", found: "kept" });
    expect([outcome("a"), outcome("c")]).toEqual([{ kind: "skipped", why: "stopped" }, { kind: "skipped", why: "stopped" }]);
    expect(slow.seen.cut).toBe(true);
    const told = views.length;
    slow.end(bad(FAULT));
    await clock.advance(60_000);
    expect(views.length).toBe(told);
    expect(queued.seen.started).toBe(false);
    expect(clock.pending()).toBe(0);
  });

  test("that was stopped before it began tries nothing", async () => {
    const never = held("a");
    const clock = createWatchedClock();
    const view = await runPlan(
      { lines: [{ subject: "program", check: "version", target: null, key: "a" }], jobs: [never.job] },
      { clock, signal: AbortSignal.abort(), clean: (text) => text, onView: () => undefined },
    );
    expect(view).toMatchObject({ state: "stopped", lines: [{ outcome: { kind: "skipped", why: "stopped" } }] });
    await new Promise((resolve) => setImmediate(resolve));
    expect(never.seen.started).toBe(false);
  });

  test("tells the page at most every 50 ms, and the last word at once", async () => {
    const all = Array.from({ length: 4 }, (_one, at) => held(`j${at}`));
    const { run, views, clock } = start(all.map((one) => one.job));
    await until(() => all.every(({ seen }) => seen.started));
    for (const one of all.slice(0, 3)) {
      one.end();
      await clock.advance(20);
    }
    expect(views.map(({ at }) => at)).toEqual([0, 50]);
    all[3]?.end();
    await run;
    expect(views.map(({ at }) => at)).toEqual([0, 50, 60]);
  });

  test("takes out of every text what nobody may see", async () => {
    const secret = "hush-hush";
    const { run, views } = start(
      [
        job(`host ${secret}`, async () => good(`found ${secret}`)),
        job("b", async () => ({ kind: "doubtful", found: secret, remedy: `say ${secret}` })),
        job("c", async () => bad({ ...FAULT, detail: `echo ${secret}` })),
        job("d", async () => ({ kind: "skipped", why: secret })),
      ],
      (text) => text.replaceAll(secret, "*"),
    );
    await run;
    expect(JSON.stringify(views)).not.toContain(secret);
    expect(views.at(-1)?.view.lines[0]).toMatchObject({ target: "host *", outcome: { found: "found *" } });
  });

  test("that meets a bug ends with it, and leaves no timer", async () => {
    const slow = held("b");
    const { run, clock } = start([job("a", () => Promise.reject(new Error("a bug"))), slow.job]);
    await expect(run).rejects.toThrow("a bug");
    expect(slow.seen.cut).toBe(true);
    expect(clock.pending()).toBe(0);
  });
});
