import { describe, expect, test } from "vitest";
import { type CasePorts, runCase } from "../../electron/simulations/run-case.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";
import { broken, caseOf, createScriptedApi, over, running, type ScriptedApi } from "../support/simulation-parts.ts";

const one = caseOf();

function portsOf(clock: FakeClock, api: ScriptedApi, more: Partial<CasePorts> = {}): CasePorts {
  let keys = 0;
  const newKey = (): string => `key-${(keys += 1)}`;
  return { api, clock, random: () => 0.5, newKey, pollMs: 2_000, maxPolls: 30, signal: new AbortController().signal, claim: () => true, ...more };
}

/** When each call was made, in ms from the start. */
function timed(clock: FakeClock, script: Omit<Parameters<typeof createScriptedApi>[0], "clock">) {
  const at: number[] = [];
  const stamp = <A extends readonly unknown[], T>(reply: (...given: A) => T) => (...given: A): T => {
    at.push(clock.monotonic());
    return reply(...given);
  };
  const api = createScriptedApi({
    clock,
    ...script,
    simulate: stamp((testId: string, n: number) => script.simulate?.(testId, n)),
    result: stamp((testId: string, n: number) => script.result?.(testId, n) ?? over()),
  });
  return { api, at };
}

describe("running a case", () => {
  test("an id that another case of the batch has is no result of this one", async () => {
    const clock = createFakeClock();
    const { api } = timed(clock, {});
    const run = runCase(one, portsOf(clock, api, { claim: (id, testId) => testId !== one.test_id && id !== "" }));
    await clock.advance(10_000);
    await expect(run).resolves.toMatchObject({ kind: "error", fault: { code: "malformed-reply", detail: 'the platform gave the simulation id "test_one" to two cases' } });
    expect(api.calls.filter((call) => call.startsWith("result"))).toEqual([]);
  });

  test("asks first after one pause, and then after each until it is over", async () => {
    const clock = createFakeClock();
    const { api, at } = timed(clock, { result: (_id, n) => (n < 2 ? running() : over()) });
    const run = runCase(one, portsOf(clock, api));
    await clock.advance(10_000);
    await expect(run).resolves.toMatchObject({ kind: "judged", verdict: "passed", simulationId: "test_one" });
    expect(at).toEqual([0, 2_000, 4_000, 6_000]);
    expect(clock.pending()).toBe(0);
  });

  test("a simulation that never ends is given up after the last poll", async () => {
    const clock = createFakeClock();
    const { api } = timed(clock, { result: () => running() });
    const run = runCase(one, portsOf(clock, api, { maxPolls: 30 }));
    await clock.advance(60_000);
    await expect(run).resolves.toMatchObject({
      kind: "error",
      simulationId: "test_one",
      fault: { kind: "transport", code: "simulation-timeout", detail: '"test_one" was still "running" after 30 polls in 60 s' },
    });
    expect(api.calls.filter((call) => call.startsWith("result"))).toHaveLength(30);
    expect(clock.pending()).toBe(0);
  });

  test("a platform that answers every poll slowly does not hold a case longer than its budget", async () => {
    const clock = createFakeClock();
    const { api } = timed(clock, { latencyMs: 14_000, result: () => running() });
    const run = runCase(one, portsOf(clock, api));
    await clock.advance(95_000 + 15_000);
    await expect(run).resolves.toMatchObject({ kind: "error", fault: { code: "simulation-timeout" } });
  });

  test("a simulation that vanishes is an error of the case, at once", async () => {
    const clock = createFakeClock();
    const { api } = timed(clock, { result: () => broken({ kind: "refused", code: "simulation-lost", status: 404 }) });
    const run = runCase(one, portsOf(clock, api));
    await clock.advance(2_000);
    await expect(run).resolves.toMatchObject({ kind: "error", simulationId: "test_one", fault: { code: "simulation-lost" } });
    expect(api.calls).toHaveLength(2);
  });
});

describe("a platform that is not well", () => {
  test.each([[502], [503], [504], [undefined]])("is asked three times in a row to take a case (%s), with the same key", async (status) => {
    const clock = createFakeClock();
    const { api, at } = timed(clock, { simulate: () => broken(status === undefined ? {} : { code: "server-error", status }) });
    const run = runCase(one, portsOf(clock, api));
    await clock.advance(5_000);
    await expect(run).resolves.toMatchObject({ kind: "error", simulationId: null, fault: { detail: "made up for the test" } });
    expect(at).toEqual([0, 250, 750]);
    expect(api.keys).toEqual(["key-1", "key-1", "key-1"]);
  });

  test.each([[400], [401], [403], [404], [500], [501]])("that answers %i has said all there is", async (status) => {
    const clock = createFakeClock();
    const { api } = timed(clock, { simulate: () => broken({ code: "bad-request", status }) });
    await expect(runCase(one, portsOf(clock, api))).resolves.toMatchObject({ kind: "error", simulationId: null });
    expect(api.calls).toHaveLength(1);
  });

  test("is forgiven again after each good answer, and a failed poll counts as one", async () => {
    const clock = createFakeClock();
    const { api, at } = timed(clock, { result: (_id, n) => (n % 3 === 2 ? running() : broken({ code: "server-error", status: 503 })) });
    const run = runCase(one, portsOf(clock, api, { maxPolls: 9 }));
    await clock.advance(60_000);
    await expect(run).resolves.toMatchObject({ kind: "error", fault: { code: "simulation-timeout" } });
    expect(at).toEqual([0, ...Array.from({ length: 9 }, (_, poll) => (poll + 1) * 2_000)]);
  });

  test("fails a case whose result cannot be fetched three times in a row", async () => {
    const clock = createFakeClock();
    const { api } = timed(clock, { result: () => broken({ code: "timeout" }) });
    const run = runCase(one, portsOf(clock, api));
    await clock.advance(60_000);
    await expect(run).resolves.toMatchObject({ kind: "error", simulationId: "test_one", fault: { code: "timeout" } });
    expect(api.calls.filter((call) => call.startsWith("result"))).toHaveLength(3);
  });

  test("that asks for a pause gets it, as often as the case's budget allows", async () => {
    const clock = createFakeClock();
    const limited = broken({ kind: "refused", code: "rate-limited", status: 429, retryAfterMs: 7_000 });
    const { api, at } = timed(clock, { simulate: (_id, n) => (n < 5 ? limited : undefined), result: (_id, n) => (n === 0 ? limited : over()) });
    const run = runCase(one, portsOf(clock, api));
    await clock.advance(90_000);
    await expect(run).resolves.toMatchObject({ kind: "judged", verdict: "passed" });
    expect(at.every((time, index) => index === 0 || index === 6 || time - (at[index - 1] ?? 0) >= 7_000)).toBe(true);
    expect(api.calls).toHaveLength(8);
  });

  test("that asks for a longer pause than the case has is not waited for", async () => {
    const clock = createFakeClock();
    const { api } = timed(clock, { simulate: () => broken({ kind: "refused", code: "rate-limited", status: 429, retryAfterMs: 95_000 }) });
    await expect(runCase(one, portsOf(clock, api))).resolves.toMatchObject({ kind: "error", fault: { code: "rate-limited", retryAfterMs: 95_000 } });
    expect(clock.monotonic()).toBe(0);
  });

  test("that keeps asking for pauses ends the case with its budget", async () => {
    const clock = createFakeClock();
    const { api, at } = timed(clock, { simulate: () => broken({ kind: "refused", code: "rate-limited", status: 429, retryAfterMs: 1_000 }) });
    const run = runCase(one, portsOf(clock, api));
    await clock.advance(95_000);
    await expect(run).resolves.toMatchObject({ kind: "error", fault: { code: "rate-limited" } });
    expect(at.at(-1)).toBeLessThan(95_000);
  });
});

describe("cancelling", () => {
  test.each([["while it is handed in", 50], ["while it is waited for", 1_000], ["while its result is fetched", 2_150]])("drops a case %s, and leaves no timer", async (_when, atMs) => {
    const clock = createFakeClock();
    const cancel = new AbortController();
    const { api } = timed(clock, { latencyMs: 100 });
    const run = runCase(one, portsOf(clock, api, { signal: cancel.signal }));
    await clock.advance(atMs);
    cancel.abort();
    await expect(run).resolves.toEqual({ kind: "dropped" });
    expect(clock.pending()).toBe(0);
  });
});
