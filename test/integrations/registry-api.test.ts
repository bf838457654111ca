import { describe, expect, test } from "vitest";
import { createRegistryApi } from "../../electron/integrations/registry-api.ts";
import { createHttp } from "../../electron/net/http.ts";
import { integrationDefinitionSchema } from "../../shared/integration.ts";
import { ok } from "../../shared/result.ts";
import { type LoopbackHttp, sendJson, serveHttp } from "../support/loopback-http.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const definition = integrationDefinitionSchema.parse({
  name: "Order lookup",
  bot_id: "bot_1",
  config: { url: "https://api.example.com/orders", secret: "ORDERS_KEY", response_mapping: { extract: "data.result", normalize: "flatten" } },
});

const registered = { id: "int_1", name: "Order lookup", status: "ACTIVE", created_at: "2026-01-15T08:30:00Z", config: { url: "https://api.example.com/orders" } };

function openRegistry(server: Pick<LoopbackHttp, "url">) {
  const clock = createWatchedClock();
  const renewed: string[] = [];
  const tokens = {
    token: async () => ok(`token-${renewed.length}`),
    renew: (rejected: string) => {
      renewed.push(rejected);
    },
  };
  const send = createHttp({ clock, random: () => 0, fetch: globalThis.fetch, tokens });
  const api = createRegistryApi({ send, apiUrl: `${server.url}/api/v1/`, clock });
  return { clock, renewed, register: (signal = new AbortController().signal) => api.register(definition, signal) };
}

describe("registering", () => {
  test("sends the whole definition, the name of its secret too, and gives what the platform made of it", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 201, registered));
    const { register } = openRegistry(server);
    expect(await register()).toEqual(ok({ id: "int_1", at: Date.UTC(2026, 0, 15, 8, 30), status: "ACTIVE", definition }));
    const [request] = server.requests;
    expect(request).toMatchObject({ method: "POST", path: "/api/v1/integrations", headers: { authorization: "Bearer token-0", "content-type": "application/json" } });
    expect(JSON.parse(request?.body ?? "")).toEqual(definition);
    expect(JSON.parse(request?.body ?? "")).toMatchObject({ config: { secret: "ORDERS_KEY" } });
  });

  test("keeps an id that was given out, whatever else is odd about the reply", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, { id: "int_2", status: 7, created_at: "yesterday" }));
    const { register, clock } = openRegistry(server);
    expect(await register()).toMatchObject({ ok: true, value: { id: "int_2", at: clock.now(), status: "ACTIVE" } });
  });

  test.each([{}, { id: "" }, { id: 5 }, [registered], "fine"])("is nothing without an id: %j", async (reply) => {
    await using server = await serveHttp((_request, response) => sendJson(response, 200, reply));
    expect(await openRegistry(server).register()).toMatchObject({ ok: false, error: { code: "malformed-reply" } });
  });

  test("renews the token on a 401 and tries once more, with the same key and body", async () => {
    await using server = await serveHttp((_request, response, number) => (number === 0 ? sendJson(response, 401, {}) : sendJson(response, 200, registered)));
    const { register, renewed } = openRegistry(server);
    expect((await register()).ok).toBe(true);
    expect(renewed).toEqual(["token-0"]);
    const [first, second] = server.requests;
    expect(second?.headers.authorization).toBe("Bearer token-1");
    expect([second?.body, second?.headers["idempotency-key"]]).toEqual([first?.body, first?.headers["idempotency-key"]]);
    expect(first?.headers["idempotency-key"]).toBeTruthy();
  });

  test("ends at a second 401", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 401, {}));
    expect(await openRegistry(server).register()).toMatchObject({ ok: false, error: { code: "credentials", status: 401 } });
    expect(server.requests).toHaveLength(2);
  });

  test("says of a 403 what the platform says, which scope it takes, and that the bot may be elsewhere", async () => {
    await using server = await serveHttp((_request, response) => sendJson(response, 403, { message: "access denied" }));
    const result = await openRegistry(server).register();
    expect(result).toMatchObject({ ok: false, error: { status: 403, kind: "refused" } });
    for (const words of ["access denied", "cognigy:integrations:write", `"bot_1" belongs to another workspace`]) expect(JSON.stringify(result.ok ? "" : result.error.detail).replaceAll("\\", "")).toContain(words);
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    [{ message: "invalid", errors: [{ path: "config.url", message: "must be https" }] }, "invalid; config.url: must be https"],
    [{ detail: [{ loc: ["config", "url"], msg: "no" }, { loc: ["name"], msg: "short" }] }, "config.url: no; name: short"],
    [{ message: [[]], errors: [null, 5, {}] }, null],
    [{ errors: [{ loc: ["config", "url"], msg: "no" }, "odd"] }, "config.url: no; odd"],
    [{ error: { message: "nested words" } }, "nested words"],
    ["plain", null],
    [{ message: "x".repeat(5_000) }, "xxx"],
  ])("says of a 400 which field the platform names: %j", async (body, words) => {
    await using server = await serveHttp((_request, response) => sendJson(response, 400, body));
    const result = await openRegistry(server).register();
    if (result.ok) throw new Error("registered");
    expect(result.error).toMatchObject({ code: "bad-request", status: 400 });
    expect(result.error.detail).toContain("the platform does not take this definition");
    if (words !== null) expect(result.error.detail).toContain(words);
    expect(result.error.detail.length).toBeLessThan(500);
  });

  test("takes 15 s at most for an attempt, and ends when it is cancelled", async () => {
    await using server = await serveHttp(() => {});
    const { register, clock } = openRegistry(server);
    const cancel = new AbortController();
    const registering = register(cancel.signal);
    await until(() => server.requests.length === 1);
    await clock.pass(15_000);
    await until(() => server.requests.length === 2);
    cancel.abort();
    expect(await registering).toMatchObject({ ok: false, error: { code: "aborted" } });
  });
});
