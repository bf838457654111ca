import { describe, expect, test } from "vitest";
import { createWatchedClock } from "../support/watched-clock.ts";
import { caseOf, drive, servePlatform } from "../support/simulation-parts.ts";

const forever = new AbortController().signal;

describe("handing a case in", () => {
  test("sends what the contract says, with the key that was given", async () => {
    await using platform = await servePlatform(createWatchedClock());
    const one = caseOf({ session_context: { language: "en", visits: 3 }, utterance: "  grüß dich " });
    await expect(platform.api.simulate(one, forever, "key-1")).resolves.toEqual({ ok: true, value: "sim_test_one" });
    const [request] = platform.requests;
    expect(request).toMatchObject({ method: "POST", path: "/api/bot/simulate", headers: { "idempotency-key": "key-1" } });
    expect(JSON.parse(request?.body ?? "")).toEqual({
      userId: "usr_1",
      platform: "web",
      input: { text: "  grüß dich " },
      context: { language: "en", visits: 3 },
      testId: "test_one",
    });
  });

  test("takes a number for an id, and nothing else that is no text", async () => {
    const ids: readonly unknown[] = [17, "", null, undefined, { id: 1 }];
    await using platform = await servePlatform(createWatchedClock(), (_request, n) => ({ body: { simulationId: ids[n] } }));
    await expect(platform.api.simulate(caseOf(), forever)).resolves.toEqual({ ok: true, value: "17" });
    for (const _ of ids.slice(1)) {
      await expect(platform.api.simulate(caseOf(), forever)).resolves.toMatchObject({ ok: false, error: { kind: "contract", code: "malformed-reply" } });
    }
  });

  test.each([429, 500, 502, 503, 504])("is one attempt where the platform answers %i", async (status) => {
    await using platform = await servePlatform(createWatchedClock(), () => ({ status, body: {}, headers: { "retry-after": "7" } }));
    await expect(platform.api.simulate(caseOf(), forever)).resolves.toMatchObject({ ok: false, error: { status, retryAfterMs: 7_000 } });
    expect(platform.requests).toHaveLength(1);
  });

  test("tells the platform's own words, and the scope where that is what is missing", async () => {
    const answers = [
      { status: 400, body: { message: "userId is\u0000 unknown" } },
      { status: 403, body: { error: { message: "no" } } },
    ];
    await using platform = await servePlatform(createWatchedClock(), (_request, n) => answers[n]);
    await expect(platform.api.simulate(caseOf(), forever)).resolves.toMatchObject({ ok: false, error: { code: "bad-request", detail: expect.stringMatching(/: userId is unknown$/) } });
    await expect(platform.api.simulate(caseOf(), forever)).resolves.toMatchObject({
      ok: false,
      error: { kind: "refused", code: "missing-scope", detail: expect.stringMatching(/: no; the token lacks simulation:execute$/) },
    });
  });

  test("ends with the signal", async () => {
    await using platform = await servePlatform(createWatchedClock());
    await expect(platform.api.simulate(caseOf(), AbortSignal.abort())).resolves.toMatchObject({ ok: false, error: { code: "aborted" } });
    expect(platform.requests).toHaveLength(0);
  });
});

describe("asking for a result", () => {
  test("puts any id into the address whole", async () => {
    await using platform = await servePlatform(createWatchedClock());
    await platform.api.result("a/b?c=1 #ü", forever);
    expect(platform.requests[0]?.path).toBe("/api/bot/simulation/a%2Fb%3Fc%3D1%20%23%C3%BC");
  });

  test.each([404, 410])("an id that is not known any more (%i) is a lost simulation", async (status) => {
    await using platform = await servePlatform(createWatchedClock(), () => ({ status, body: {} }));
    await expect(platform.api.result("sim_1", forever)).resolves.toMatchObject({ ok: false, error: { code: "simulation-lost", status } });
  });

  test.each([["running", "sim_2"], ["completed", "sim_2"], ["failed", 2]])("refuses a result (%s) that is another simulation's", async (status, simulationId) => {
    await using platform = await servePlatform(createWatchedClock(), () => ({ body: { simulationId, status, turns: [] } }));
    const reply = await platform.api.result("sim_1", forever);
    expect(!reply.ok && reply.error).toEqual({ kind: "contract", code: "malformed-reply", detail: `asked for the simulation "sim_1", the platform answered with "${simulationId}"` });
  });

  test.each([["17"], [17], [undefined], [null], [""], [{}]])("takes a result that says its id as %j for simulation 17", async (simulationId) => {
    await using platform = await servePlatform(createWatchedClock(), () => ({ body: { simulationId, status: "queued" } }));
    await expect(platform.api.result("17", forever)).resolves.toEqual({ ok: true, value: { kind: "running", status: "queued" } });
  });

  test("knows what is over from what is not, however it is written", async () => {
    const statuses = ["queued", "running", "COMPLETED", "Failed"];
    await using platform = await servePlatform(createWatchedClock(), (_request, n) => ({ body: { status: statuses[n] } }));
    const kinds = [];
    for (const _ of statuses) {
      const reply = await platform.api.result("sim_1", forever);
      kinds.push(reply.ok ? reply.value : reply.error);
    }
    expect(kinds).toEqual([
      { kind: "running", status: "queued" },
      { kind: "running", status: "running" },
      { kind: "over", simulation: { status: "completed", turns: null, words: null } },
      { kind: "over", simulation: { status: "failed", turns: null, words: null } },
    ]);
  });

  test.each([["no JSON", "<html>sign in</html>"], ["no status", { turns: [] }], ["a list", []]])("refuses %s", async (_name, body) => {
    await using platform = await servePlatform(createWatchedClock(), () => ({ body }));
    await expect(platform.api.result("sim_1", forever)).resolves.toMatchObject({ ok: false, error: { kind: "contract", code: "malformed-reply" } });
  });

  test("a reply beyond the limit is cut off", async () => {
    await using platform = await servePlatform(createWatchedClock(), () => ({ body: { status: "completed", turns: [{ output: "x".repeat(4_000_001) }] } }));
    await expect(platform.api.result("sim_1", forever)).resolves.toMatchObject({ ok: false, error: { code: "reply-too-large" } });
  });
});

describe("looking at the bot", () => {
  test("a 403 names bot:read, for both questions", async () => {
    await using platform = await servePlatform(createWatchedClock(), () => ({ status: 403, body: {} }));
    for (const ask of ["info", "entities"] as const) {
      await expect(platform.api[ask](forever)).resolves.toMatchObject({ ok: false, error: { kind: "refused", code: "missing-scope", detail: expect.stringContaining("the token lacks bot:read") } });
    }
  });

  test("is tried again where the platform is not well", async () => {
    const clock = createWatchedClock();
    await using platform = await servePlatform(clock, (_request, n) => (n < 2 ? { status: 503, body: {} } : undefined));
    await expect(drive(clock, platform.api.entities(forever))).resolves.toEqual({ ok: true, value: ["order_id"] });
    expect(platform.requests).toHaveLength(3);
  });

  test.each([
    ["an object", { entities: [] }],
    ["names in place of entities", ["order_id"]],
    ["an entity without a name", [{ name: "a" }, { id: 3 }]],
    ["an empty name", [{ name: "" }]],
    ["text", "order_id"],
  ])("a registry that is %s breaks the contract", async (_name, body) => {
    await using platform = await servePlatform(createWatchedClock(), () => ({ body }));
    await expect(platform.api.entities(forever)).resolves.toMatchObject({ ok: false, error: { kind: "contract", code: "malformed-reply" } });
  });
});
