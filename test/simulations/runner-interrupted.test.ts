import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { batchSchema } from "../../shared/simulation.ts";
import { begin, idsOf, run, varied, withoutTimes } from "../support/batch-runs.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createScriptedApi, suiteOf } from "../support/simulation-parts.ts";

describe("cancelling", () => {
  test("at any moment keeps exactly what was told, drops the rest, and sends nothing more", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }), async (atMs, concurrency, repeat) => {
        const clock = createFakeClock();
        const api = varied(clock);
        const cancel = new AbortController();
        const { batch, heard } = begin(clock, suiteOf(24), api, { concurrency, repeat, signal: cancel.signal });
        await clock.advance(atMs);
        const sent = api.calls.length;
        cancel.abort();
        const ended = batchSchema.parse(await batch);
        expect(api.calls).toHaveLength(sent);
        expect(clock.pending()).toBe(0);
        expect(idsOf(heard.results).toSorted()).toEqual(idsOf(ended.results).toSorted());
        expect(new Set(idsOf(heard.results)).size).toBe(heard.results.length);
        expect(ended.end.kind).toBe(ended.results.length === 24 ? "finished" : "cancelled");
        expect(heard.progress.at(-1)).toMatchObject({ done: ended.results.length, running: [] });
      }),
      { numRuns: 150 },
    );
  });

  test("before it began runs nothing", async () => {
    const clock = createFakeClock();
    const api = createScriptedApi({ clock });
    const { batch } = await run(clock, suiteOf(3), api, { signal: AbortSignal.abort() });
    expect(batch).toMatchObject({ end: { kind: "cancelled" }, results: [], counts: { total: 0 }, successRate: 0, governance: "REVIEW_REQUIRED" });
    expect(api.calls).toEqual([]);
  });

  test("leaves no listener on a signal that lives on", async () => {
    const clock = createFakeClock();
    const cancel = new AbortController();
    let listeners = 0;
    const count = (by: number, method: "addEventListener" | "removeEventListener"): void => {
      const original = cancel.signal[method].bind(cancel.signal);
      cancel.signal[method] = (...given: Parameters<AbortSignal["addEventListener"]>) => {
        listeners += by;
        original(...given);
      };
    };
    count(1, "addEventListener");
    count(-1, "removeEventListener");
    await run(clock, suiteOf(3), createScriptedApi({ clock }), { signal: cancel.signal });
    expect(listeners).toBe(0);
  });
});

describe("resuming", () => {
  test("from any moment comes to the same batch as one that was never interrupted", async () => {
    const whole = createFakeClock();
    const { batch: expected } = await run(whole, suiteOf(24), varied(whole), { repeat: 2 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1_500 }), fc.integer({ min: 1, max: 9 }), async (atMs, concurrency) => {
        const clock = createFakeClock();
        const cancel = new AbortController();
        const first = begin(clock, suiteOf(24), varied(clock), { concurrency, repeat: 2, signal: cancel.signal });
        await clock.advance(atMs);
        cancel.abort();
        const done = (await first.batch).results;
        const api = varied(clock);
        const { batch, heard } = await run(clock, suiteOf(24), api, { concurrency, repeat: 2, done });
        expect(withoutTimes(batch)).toEqual(withoutTimes(expected));
        const kept = done.filter(({ verdict }) => verdict !== "error");
        for (const { testId } of kept) expect(api.calls).not.toContain(`simulate ${testId}`);
        expect(heard.results).toHaveLength(24 - kept.length);
      }),
      { numRuns: 60 },
    );
  });

  test("what could not be run is run again, and what is of no case is left out", async () => {
    const clock = createFakeClock();
    const kept = varied(clock);
    const { batch: first } = await run(clock, suiteOf(6), kept);
    const api = createScriptedApi({ clock });
    const { batch } = await run(clock, suiteOf(5), api, { done: first.results });
    expect(api.calls.filter((call) => call.startsWith("simulate"))).toEqual(["simulate test_3"]);
    expect(idsOf(batch.results)).toEqual(["test_0", "test_1", "test_2", "test_3", "test_4"]);
    expect(batch.results[3]?.verdict).toBe("passed");
  });

  test("a batch that was done already is finished at once", async () => {
    const clock = createFakeClock();
    const { batch: first } = await run(clock, suiteOf(2), createScriptedApi({ clock }));
    const api = createScriptedApi({ clock });
    const { batch, heard } = await run(clock, suiteOf(2), api, { done: first.results });
    expect(api.calls).toEqual([]);
    expect(withoutTimes(batch)).toEqual(withoutTimes(first));
    expect(heard.progress).toEqual([{ done: 2, total: 2, counts: expect.objectContaining({ passed: 2 }), running: [], perSecond: null, leftMs: 0 }]);
  });
});
