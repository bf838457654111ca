import { describe, expect, test } from "vitest";
import { preflight } from "../../electron/simulations/preflight.ts";
import type { SimulateApi } from "../../electron/simulations/simulate-api.ts";
import { suiteProblemSchema, type Suite } from "../../shared/simulation.ts";
import { broken, caseOf, createScriptedApi, drive, servePlatform, suiteOf } from "../support/simulation-parts.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const forever = new AbortController().signal;

function expecting(...entities: readonly Readonly<Record<string, string>>[]): Suite {
  return suiteOf(0, { cases: entities.map((one, index) => caseOf({ test_id: `test_${index}`, expected_outcome: { intent: "a", entities: one } })) });
}

function look(suite: Suite, api: SimulateApi, signal = forever) {
  return preflight({ suite, api, file: "suite.yaml", signal });
}

describe("preflight", () => {
  test("a suite whose entities the bot has, in any spelling, is ready, and nothing was sent", async () => {
    await using platform = await servePlatform(createWatchedClock());
    await expect(look(expecting({ Order_ID: "x" }, {}), platform.api)).resolves.toEqual({ kind: "ready" });
    expect(platform.requests.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(["GET /api/bot/entities", "GET /api/bot/info"]);
  });

  test("asks both questions at once", async () => {
    const asked: string[] = [];
    let release = (): void => {};
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    const ask = async (name: string): Promise<void> => {
      asked.push(name);
      if (asked.length === 2) release();
      await both;
    };
    const api = createScriptedApi({ clock: createFakeClock() });
    const waiting: SimulateApi = {
      ...api,
      info: (signal) => ask("info").then(() => api.info(signal)),
      entities: (signal) => ask("entities").then(() => api.entities(signal)),
    };
    await expect(look(expecting({}), waiting)).resolves.toEqual({ kind: "ready" });
  });

  test("each case that expects an entity which the bot does not have is told, with its place and what there is", async () => {
    await using platform = await servePlatform(createWatchedClock());
    const outcome = await look(expecting({ order_id: "x", city: "y" }, {}, { zip: "1", City: "z" }), platform.api);
    expect(outcome).toEqual({
      kind: "problems",
      problems: [
        ["cases[0].expected_outcome.entities.city", 'test_0 expects the entity "city", which the bot does not have; it has order_id'],
        ["cases[2].expected_outcome.entities.zip", 'test_2 expects the entity "zip", which the bot does not have; it has order_id'],
        ["cases[2].expected_outcome.entities.City", 'test_2 expects the entity "City", which the bot does not have; it has order_id'],
      ].map(([field, message]) => suiteProblemSchema.parse({ file: "suite.yaml", line: null, column: null, field, message })),
    });
  });

  test.each([
    [[], "it has none"],
    [Array.from({ length: 12 }, (_, index) => `e${String(index).padStart(2, "0")}`).toReversed(), "it has e00, e01, e02, e03, e04, e05, e06, e07, e08, e09 and 2 more"],
  ])("says what a registry of %j has", async (names, words) => {
    await using platform = await servePlatform(createWatchedClock(), ({ path }) => (path.endsWith("/entities") ? { body: names.map((name) => ({ name })) } : undefined));
    await expect(look(expecting({ city: "x" }), platform.api)).resolves.toMatchObject({ kind: "problems", problems: [{ message: expect.stringContaining(words) }] });
  });

  test("an empty registry is fine for a suite that expects no entity", async () => {
    await using platform = await servePlatform(createWatchedClock(), ({ path }) => (path.endsWith("/entities") ? { body: [] } : undefined));
    await expect(look(expecting({}), platform.api)).resolves.toEqual({ kind: "ready" });
  });

  test("a refusal, a malformed registry and a platform that is not there are faults", async () => {
    const clock = createWatchedClock();
    const refused = await servePlatform(clock, ({ path }) => (path.endsWith("/info") ? { status: 403, body: {} } : { body: {} }));
    await expect(look(expecting({}), refused.api)).resolves.toMatchObject({ kind: "fault", fault: { code: "missing-scope", detail: expect.stringContaining("bot:read") } });
    await refused[Symbol.asyncDispose]();
    await expect(drive(clock, look(expecting({}), refused.api))).resolves.toMatchObject({ kind: "fault", fault: { kind: "transport", code: "network" } });
    await using odd = await servePlatform(clock, ({ path }) => (path.endsWith("/entities") ? { body: { items: [] } } : undefined));
    await expect(look(expecting({}), odd.api)).resolves.toMatchObject({ kind: "fault", fault: { kind: "contract", code: "malformed-reply" } });
  });

  test("ends with the signal", async () => {
    const api: SimulateApi = { ...createScriptedApi({ clock: createFakeClock() }), info: async () => broken({ code: "aborted" }) };
    await expect(look(expecting({}), api, AbortSignal.abort())).resolves.toMatchObject({ kind: "fault", fault: { code: "aborted" } });
  });
});
