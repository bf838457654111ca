import { describe, expect, test } from "vitest";
import { batchSchema } from "../../shared/simulation.ts";
import { begin, idsOf, run, varied } from "../support/batch-runs.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { broken, createScriptedApi, drive, over, running, servePlatform, suiteOf, turnOf } from "../support/simulation-parts.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

describe("a batch", () => {
  test("begins its cases in the suite's order, tells results as they come, and holds them in the suite's order", async () => {
    const clock = createFakeClock();
    const slowFirst = createScriptedApi({ clock, latencyMs: 10, result: (id, n) => (id === "test_0" && n < 4 ? running() : over()) });
    const { batch, heard } = await run(clock, suiteOf(7), slowFirst, { concurrency: 2 });
    const order = idsOf(batch.results);
    expect(order).toEqual(["test_0", "test_1", "test_2", "test_3", "test_4", "test_5", "test_6"]);
    expect(heard.started).toEqual(order);
    expect(idsOf(heard.results)).not.toEqual(order);
    expect(heard.results.every(({ testId, index }) => order[index] === testId)).toBe(true);
    expect(batch).toMatchObject({ batchId: "batch-1", suite: "sample", end: { kind: "finished" }, counts: { total: 7, passed: 7 }, successRate: 1, governance: "COMPLIANT", coverage: { share: 1 } });
    expect(clock.pending()).toBe(0);
  });

  test.each([1, 3, 8, 40])("never has more than %i cases under way, and as many as it may", async (concurrency) => {
    const clock = createFakeClock();
    const api = createScriptedApi({ clock, latencyMs: 7, result: (id, n) => (n < id.length % 3 ? running() : over()) });
    const { batch } = await run(clock, suiteOf(30), api, { concurrency });
    expect(batch.results).toHaveLength(30);
    expect(api.peak()).toBe(Math.min(concurrency, 30));
  });

  test("goes on whatever becomes of its cases", async () => {
    const clock = createFakeClock();
    const { batch } = await run(clock, suiteOf(20), varied(clock));
    expect(batch.end).toEqual({ kind: "finished" });
    expect(batch.counts).toEqual({ total: 20, passed: 8, failed: 4, flaky: 0, inconclusive: 4, errors: 4 });
    expect(batch.results[3]).toMatchObject({ verdict: "error", fault: { code: "simulation-lost" }, simulationId: "test_3" });
  });

  test("tells its progress to the end", async () => {
    const clock = createFakeClock();
    const { heard } = await run(clock, suiteOf(20), varied(clock));
    expect(heard.progress.at(-1)).toMatchObject({ done: 20, total: 20, running: [], leftMs: 0 });
    expect(Math.max(...heard.progress.map(({ running: under }) => under.length))).toBe(3);
  });

  test("repeats what failed, and only that", async () => {
    const clock = createFakeClock();
    const api = createScriptedApi({
      clock,
      simulate: (testId, n) => ({ ok: true, value: `${testId}-${n}` }),
      result: (id) => (id === "test_1-0" || id.startsWith("test_2") ? over({ turns: [turnOf({ intent: "other" })] }) : over()),
    });
    const { batch } = await run(clock, suiteOf(4), api, { repeat: 3 });
    expect(batch.results.map(({ verdict, runs }) => [verdict, ...runs])).toEqual([
      ["passed", "passed"],
      ["flaky", "failed", "passed"],
      ["failed", "failed", "failed", "failed"],
      ["passed", "passed"],
    ]);
    expect(batch.counts).toMatchObject({ passed: 2, flaky: 1, failed: 1 });
  });

  test("gives every run of a case a key of its own", async () => {
    const clock = createFakeClock();
    const api = createScriptedApi({ clock, result: () => over({ turns: [turnOf({ intent: "other" })] }) });
    await run(clock, suiteOf(5), api, { repeat: 2 });
    expect(new Set(api.keys).size).toBe(10);
  });

  test("says which flows of live interactions no case covers, where that is known", async () => {
    const clock = createFakeClock();
    const { batch } = await run(clock, suiteOf(1), createScriptedApi({ clock }), { liveFlows: ["flow_greeting", "flow_live"] });
    expect(batch.coverage.untested).toEqual(["flow_live"]);
  });

  test("a callback that throws is a bug, and ends the batch without leaving anything behind", async () => {
    const clock = createFakeClock();
    const api = createScriptedApi({ clock, latencyMs: 10 });
    const { batch } = begin(clock, suiteOf(50), api, {
      onResult: () => {
        throw new Error("a bug");
      },
    });
    const outcome = expect(batch).rejects.toThrow("a bug");
    await clock.advance(10_000);
    await outcome;
    expect(clock.pending()).toBe(0);
    expect(api.calls.length).toBeLessThan(20);
  });
});

describe("a platform that is gone", () => {
  test("ends the batch soon, with the reason; what ran before is kept", async () => {
    const clock = createFakeClock();
    let dead = false;
    const api = createScriptedApi({ clock, latencyMs: 10, simulate: () => (dead ? broken({ detail: "nothing listens there" }) : undefined) });
    const { batch, heard } = begin(clock, suiteOf(10_000), api, { concurrency: 5 });
    await clock.advance(2_000);
    dead = true;
    await clock.advance(3_000);
    const ended = await batch;
    expect(ended.end).toMatchObject({ kind: "stopped", fault: { code: "network", detail: "nothing listens there" } });
    expect(ended.counts.passed).toBeGreaterThan(50);
    expect(ended.counts.errors).toBeGreaterThanOrEqual(5);
    expect(ended.counts.errors).toBeLessThan(10);
    expect(heard.results).toHaveLength(ended.results.length);
    expect(clock.pending()).toBe(0);
  });

  test.each(["credentials", "missing-scope"] as const)("or refuses for %s: the first case that hears it ends the batch", async (code) => {
    const clock = createFakeClock();
    const api = createScriptedApi({ clock, latencyMs: 10, simulate: (testId) => (testId === "test_4" ? broken({ kind: "refused", code }) : undefined) });
    const { batch } = await run(clock, suiteOf(100), api, { concurrency: 2 });
    expect(batch.end).toMatchObject({ kind: "stopped", fault: { code } });
    expect(idsOf(batch.results)).toEqual(["test_0", "test_1", "test_2", "test_3", "test_4"]);
    expect(batch.results[4]).toMatchObject({ verdict: "error", fault: { code } });
  });

  test("is told of a small suite too, but not for a server's errors", async () => {
    const clock = createFakeClock();
    const absent = await run(clock, suiteOf(2), createScriptedApi({ clock, simulate: () => broken() }));
    expect(absent.batch).toMatchObject({ end: { kind: "stopped", fault: { code: "network" } }, counts: { errors: 2 } });
    const failing = await run(clock, suiteOf(2), createScriptedApi({ clock, simulate: () => broken({ code: "server-error", status: 503 }) }));
    expect(failing.batch).toMatchObject({ end: { kind: "finished" }, counts: { errors: 2 }, governance: "REVIEW_REQUIRED" });
  });
});

describe("against a real server", () => {
  test("a batch with every kind of trouble comes to the verdicts that the contract asks for", async () => {
    const clock = createWatchedClock();
    const suite = suiteOf(12);
    await using platform = await servePlatform(clock, ({ method, path, body }, n) => {
      const id = /test_(\d+)/u.exec(method === "POST" ? body : path)?.[1];
      const polled = method === "GET";
      if (id === "1" && !polled && n < 3) return { status: 429, body: {}, headers: { "retry-after": "2" } };
      if (id === "2" && polled && n < 2) return { status: 503, body: {} };
      if (id === "3" && polled) return { status: 404, body: {} };
      if (id === "4" && polled) return { body: { status: "running" } };
      if (id === "5" && polled) return { body: { status: "completed" } };
      if (id === "6" && polled) return { body: { status: "failed", message: "the flow broke" } };
      if (id === "7" && !polled) return { status: 400, body: { message: "no such user" } };
      if (id === "8" && polled) return { body: { status: "completed", turns: [{ intent: "other", entities: {} }] } };
      if (id === "9" && polled) return { body: "<html>" };
      if (id === "10" && polled && n === 0) return { body: { status: "queued" } };
      return id === "11" && !polled ? { body: {} } : undefined;
    });
    const { batch } = begin(clock, suite, platform.api);
    const ended = batchSchema.parse(await drive(clock, batch));
    expect(ended.end).toEqual({ kind: "finished" });
    expect(ended.results.map(({ verdict, fault }) => fault?.code ?? verdict)).toEqual([
      "passed",
      "passed",
      "passed",
      "simulation-lost",
      "simulation-timeout",
      "inconclusive",
      "failed",
      "bad-request",
      "failed",
      "malformed-reply",
      "passed",
      "malformed-reply",
    ]);
    expect(ended.results[6]?.checks.at(-1)).toMatchObject({ kind: "no_errors", outcome: "failed", actual: "the flow broke" });
    expect(ended.results[7]?.fault?.detail).toMatch(/answered 400: no such user$/u);
    expect(clock.pending()).toBe(0);
  });

  test("the bound holds at the server", async () => {
    const clock = createWatchedClock();
    const open = new Set<string>();
    let peak = 0;
    await using platform = await servePlatform(clock, ({ method, path, body }) => {
      const id = /test_\d+/u.exec(method === "POST" ? body : path)?.[0] ?? "";
      if (method === "POST") peak = Math.max(peak, open.add(id).size);
      else open.delete(id);
      return undefined;
    });
    const { batch } = begin(clock, suiteOf(60), platform.api, { concurrency: 7 });
    await expect(drive(clock, batch)).resolves.toMatchObject({ counts: { passed: 60 } });
    expect(peak).toBe(7);
    expect(platform.requests).toHaveLength(120);
  });

  test("a server that is not there stops the batch", async () => {
    const clock = createWatchedClock();
    const platform = await servePlatform(clock);
    await platform[Symbol.asyncDispose]();
    const { batch } = begin(clock, suiteOf(50), platform.api);
    const ended = await drive(clock, batch);
    expect(ended.end).toMatchObject({ kind: "stopped", fault: { kind: "transport", code: "network" } });
    expect(ended.results.length).toBeLessThan(10);
  });
});
