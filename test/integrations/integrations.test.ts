import { afterEach, describe, expect, test } from "vitest";
import { createIntegrations, type IntegrationsOptions, type RunResult } from "../../electron/integrations/integrations.ts";
import type { HostPause } from "../../electron/net/host-gate.ts";
import { createHttp } from "../../electron/net/http.ts";
import type { WebhookTrouble } from "../../electron/net/webhook.ts";
import type { ExecutionRecord } from "../../shared/execution-record.ts";
import { type IntegrationDefinition, integrationDefinitionSchema, type JsonValue } from "../../shared/integration.ts";
import { err, ok } from "../../shared/result.ts";
import { type LoopbackHttp, sendJson, serveHttp } from "../support/loopback-http.ts";
import { isGenuine, WEBHOOK_SECRET } from "../support/started-webhook.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const SECRET = "value-4711-of-the-secret";
const forever = new AbortController().signal;

const cleanups: AsyncDisposable[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup[Symbol.asyncDispose]();
});

async function serve(answer: Parameters<typeof serveHttp>[0]): Promise<LoopbackHttp> {
  const server = await serveHttp(answer);
  cleanups.push(server);
  return server;
}

/** Integrations on a watched clock that may reach `service`, and whatever they tell. */
function open(service: LoopbackHttp, more: Partial<IntegrationsOptions> = {}) {
  const clock = createWatchedClock();
  const records: ExecutionRecord[] = [];
  const troubles: WebhookTrouble[] = [];
  const pauses: (HostPause | null)[] = [];
  const asked: string[] = [];
  const integrations = createIntegrations({
    platform: err({ kind: "refused", code: "no-credentials", detail: "COGNIGY_CLIENT_ID" }),
    allowHosts: [new URL(service.url).host],
    vault: {
      read: async (name) => {
        asked.push(name);
        return ok(name === "ORDERS_KEY" ? SECRET : null);
      },
    },
    network: { fetch: globalThis.fetch, socketOptions: () => ({}) },
    clock,
    random: () => 0,
    onRecord: (record) => records.push(record),
    onWebhookTrouble: (trouble) => troubles.push(trouble),
    onPause: (_host, pause) => pauses.push(pause),
    ...more,
  });
  cleanups.push(integrations);
  const run = (definition: IntegrationDefinition, payload: JsonValue = {}, id: string | null = null, signal = forever): Promise<RunResult> => integrations.run(definition, id, payload, signal);
  return { clock, records, troubles, pauses, asked, integrations, run };
}

function define(url: string, config: Record<string, unknown> = {}): IntegrationDefinition {
  return integrationDefinitionSchema.parse({ name: "Order lookup", bot_id: "bot_1", config: { url, secret: "ORDERS_KEY", ...config } });
}

const reply = { data: { result: [{ "Order ID": 7 }, { "Order ID": 8 }] } };
const mapping = { request_mapping: { body: { $input: "bot.payload", transform: "json_merge", source: "bot" } }, response_mapping: { extract: "data.result", normalize: "flatten" } };

describe("a run", () => {
  test("maps the payload, sends it with the secret, maps the reply, and is recorded", async () => {
    const service = await serve((_request, response) => sendJson(response, 200, reply));
    const { run, records, integrations, clock } = open(service);
    const result = await run(define(service.url, mapping), { order: 7 }, "int_1");
    const normalized = { items: reply.data.result, count: 2 };
    expect(result).toMatchObject({ kind: "done", execution: { statusCode: 200, attempts: 1 }, mapped: { extracted: reply.data.result, normalized } });
    expect(service.requests).toMatchObject([{ method: "POST", headers: { authorization: `Bearer ${SECRET}` } }]);
    expect(JSON.parse(service.requests[0]?.body ?? "")).toEqual({ source: "bot", order: 7 });
    const timestamp = new Date(clock.now()).toISOString();
    expect(records).toEqual([{ integration_id: "int_1", status: "SUCCESS", latency_ms: 0, timestamp, payload_size: JSON.stringify(normalized).length }]);
    expect(integrations.stats("int_1", service.url)).toEqual({ calls: 1, failures: 0, p50: 0, p95: 0, p99: 0, lastAt: clock.now(), pausedUntil: null });
    expect(integrations.measured()).toEqual([{ id: "int_1", stats: integrations.stats("int_1", service.url) }]);
  });

  test("goes by its name where it is not registered, and counts the bytes of its result, not the characters", async () => {
    const service = await serve((_request, response) => sendJson(response, 200, "größe"));
    const { run, records, integrations } = open(service);
    await run(define(service.url));
    expect(records).toMatchObject([{ integration_id: "Order lookup", payload_size: 9 }]);
    expect(integrations.stats("Order lookup", service.url).calls).toBe(1);
  });

  test("that the mapping finds nothing in is a failure that names the path, with the reply at hand", async () => {
    const service = await serve((_request, response) => sendJson(response, 200, { data: {} }));
    const { run, records, integrations } = open(service);
    const result = await run(define(service.url, mapping));
    expect(result).toMatchObject({ kind: "unmapped", execution: { body: { data: {} } }, fault: { path: "data.result" } });
    expect(records).toMatchObject([{ status: "FAILURE", payload_size: 0 }]);
    expect(integrations.stats("Order lookup", service.url)).toMatchObject({ calls: 1, failures: 1, p50: 0 });
  });

  test("without its secret names it and sends nothing", async () => {
    const service = await serve((_request, response) => sendJson(response, 200, reply));
    const { run, records, integrations } = open(service);
    const result = await run(define(service.url, { secret: "OTHER_KEY" }));
    expect(result).toMatchObject({ kind: "failed", request: null, failure: { fault: { code: "no-secret" }, attempts: 0, statusCode: null } });
    expect(result.kind === "failed" && result.failure.fault.detail).toContain("OTHER_KEY");
    expect(service.requests).toEqual([]);
    expect(records).toMatchObject([{ status: "FAILURE" }]);
    // Nothing was sent: that says nothing of how fast the service is.
    expect(integrations.stats("Order lookup", service.url)).toMatchObject({ calls: 1, failures: 1, p50: null });
  });

  test("without authentication asks for no secret", async () => {
    const service = await serve((_request, response) => sendJson(response, 200, reply));
    const { run, asked } = open(service);
    expect((await run(define(service.url, { auth_type: "none" }))).kind).toBe("done");
    expect(asked).toEqual([]);
    expect(service.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  test("tells a key store that cannot be read", async () => {
    const service = await serve((_request, response) => sendJson(response, 200, reply));
    const { run } = open(service, { vault: { read: async () => err({ kind: "transport", code: "disk", detail: "locked" }) } });
    expect(await run(define(service.url))).toMatchObject({ kind: "failed", failure: { fault: { code: "disk", detail: "locked" } } });
  });

  test("whose payload cannot be mapped names the field, and asks for nothing", async () => {
    const service = await serve((_request, response) => sendJson(response, 200, reply));
    const { run, asked } = open(service);
    const result = await run(define(service.url, mapping), [1]);
    expect(result).toMatchObject({ kind: "failed", failure: { fault: { kind: "policy", code: "invalid-input" } } });
    expect(result.kind === "failed" && result.failure.fault.detail).toContain("config.request_mapping.body.$input");
    expect([asked, service.requests]).toEqual([[], []]);
  });

  test("that is cancelled ends, also while a key store asks the person", async () => {
    const service = await serve(() => {});
    const { run, records } = open(service, { vault: { read: () => new Promise(() => {}) } });
    const cancel = new AbortController();
    const running = run(define(service.url), {}, null, cancel.signal);
    cancel.abort();
    expect(await running).toMatchObject({ kind: "failed", failure: { fault: { code: "aborted" } } });
    expect(records).toHaveLength(1);
  });

  test("holds no secret in what it tells", async () => {
    const service = await serve((request, response) => sendJson(response, 500, { echo: request.headers.authorization }));
    const { run, records, clock } = open(service);
    const running = run(define(service.url));
    await clock.pass(2_000);
    await clock.pass(2_000);
    const result = await running;
    if (result.kind !== "failed") throw new Error(result.kind);
    expect(result.failure).toMatchObject({ statusCode: 500, attempts: 3, latencyMs: 4_000 });
    expect(JSON.stringify([result.failure, records])).not.toContain(SECRET);
  });
});

describe("a host that fails", () => {
  test("is left alone after five failures, and the figures say until when", async () => {
    const service = await serve((_request, response) => sendJson(response, 503, {}));
    const { run, integrations, clock, pauses } = open(service);
    const definition = define(service.url);
    const first = run(definition);
    await clock.pass(2_000);
    await clock.pass(2_000);
    await first;
    const second = run(definition);
    await clock.pass(2_000);
    // Closed between the attempts: the last answer is told.
    await until(() => pauses.length === 1);
    await clock.pass(2_000);
    expect(await second).toMatchObject({ kind: "failed", failure: { statusCode: 503 } });
    const { pausedUntil } = integrations.stats("Order lookup", service.url);
    expect(pausedUntil).toBe(pauses[0]?.until);
    expect(integrations.measured()[0]?.stats.pausedUntil).toBe(pausedUntil);
    const before = service.requests.length;
    expect(await run(definition)).toMatchObject({ kind: "failed", failure: { fault: { code: "circuit-open" }, attempts: 0 } });
    expect(service.requests).toHaveLength(before);
    await clock.advance(30_000);
    expect(integrations.stats("Order lookup", service.url).pausedUntil).toBeNull();
  });
});

describe("the webhook", () => {
  test("is told of every run, signed, in the words of the contract", async () => {
    const service = await serve((request, response) => (request.path === "/bad" ? sendJson(response, 404, {}) : sendJson(response, 200, [1])));
    const hook = await serve((_request, response) => response.end());
    const { run, integrations, records, clock } = open(service, { webhook: { url: hook.url, secret: WEBHOOK_SECRET } });
    await run(define(service.url), {}, "int_1");
    await run(define(`${service.url}/bad`), {}, "int_1");
    await integrations[Symbol.asyncDispose]();
    expect(hook.requests.map((request) => JSON.parse(request.body) as unknown)).toEqual(records);
    expect(hook.requests.map(({ headers }) => headers["x-callside-event"])).toEqual(["INTEGRATION_EXECUTION", "INTEGRATION_EXECUTION"]);
    for (const record of records) expect(Object.keys(record)).toEqual(["integration_id", "status", "latency_ms", "timestamp", "payload_size"]);
    expect(records.map(({ status }) => status)).toEqual(["SUCCESS", "FAILURE"]);
    for (const request of hook.requests) expect(isGenuine(request, clock.now())).toBe(true);
  });

  test("that fails is told once, and fails no run and holds none up", async () => {
    const service = await serve((_request, response) => sendJson(response, 200, [1]));
    const hook = await serve((_request, response) => response.writeHead(400).end());
    const { run, troubles } = open(service, { webhook: { url: `${hook.url}/token-in-path` } });
    for (let count = 0; count < 3; count += 1) expect((await run(define(service.url))).kind).toBe("done");
    await until(() => troubles.length > 0);
    expect(troubles).toMatchObject([{ kind: "failing", fault: { status: 400 } }]);
    expect(JSON.stringify(troubles)).not.toContain("token-in-path");
  });

  test("that does not answer gets 5 s at the end", async () => {
    const service = await serve((_request, response) => sendJson(response, 200, [1]));
    const hook = await serve(() => {});
    const { run, integrations, clock } = open(service, { webhook: { url: hook.url } });
    await run(define(service.url));
    await until(() => hook.requests.length === 1);
    const disposed = integrations[Symbol.asyncDispose]();
    // Beside the 5 s of the attempt.
    await until(() => clock.waiting().filter((ms) => ms === 5_000).length === 2);
    await clock.advance(5_000);
    await disposed;
    expect(clock.pending()).toBe(0);
  });
});

describe("an end", () => {
  test("ends what is under way, which is recorded and told still; what comes after is refused", async () => {
    const service = await serve(() => {});
    const hook = await serve((_request, response) => response.end());
    const { run, integrations, records } = open(service, { webhook: { url: hook.url } });
    const running = run(define(service.url));
    await until(() => service.requests.length === 1);
    await Promise.all([integrations[Symbol.asyncDispose](), integrations[Symbol.asyncDispose]()]);
    expect(await running).toMatchObject({ kind: "failed", failure: { fault: { code: "aborted" } } });
    expect(records).toHaveLength(1);
    expect(hook.requests).toHaveLength(1);
    expect(await run(define(service.url))).toMatchObject({ kind: "failed", failure: { fault: { code: "aborted" } } });
    expect(service.requests).toHaveLength(1);
  });
});

describe("spans", () => {
  test("tell of each run and its attempts", async () => {
    const service = await serve((_request, response, number) => (number === 0 ? sendJson(response, 503, {}) : sendJson(response, 200, [1])));
    const collector = await serve((_request, response) => response.end());
    const { run, integrations, clock } = open(service, { otlpUrl: collector.url });
    const running = run(define(`${service.url}/orders?key=private`));
    await clock.pass(2_000);
    await running;
    await integrations[Symbol.asyncDispose]();
    const body = collector.requests[0]?.body ?? "";
    const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: { name: string; status: { code: number } }[] }[] }[] };
    expect(resourceSpans[0]?.scopeSpans[0]?.spans.map(({ name, status }) => [name, status.code])).toEqual([["integration Order lookup", 1], ["POST", 2], ["POST", 1]]);
    expect(body).not.toMatch(/private|4711/u);
  });
});

describe("registering", () => {
  test("says why there is no platform", async () => {
    const service = await serve(() => {});
    const { integrations } = open(service);
    expect(await integrations.register(define("https://api.example.com"), forever)).toMatchObject({ ok: false, error: { code: "no-credentials" } });
  });

  test("asks the platform", async () => {
    const service = await serve((_request, response) => sendJson(response, 200, { id: "int_9", status: "ACTIVE", created_at: "2026-01-15T08:30:00Z" }));
    const send = createHttp({ clock: createWatchedClock(), random: () => 0, fetch: globalThis.fetch });
    const { integrations } = open(service, { platform: ok({ send, apiUrl: service.url }) });
    expect(await integrations.register(define("https://api.example.com"), forever)).toMatchObject({ ok: true, value: { id: "int_9" } });
    expect(service.requests).toMatchObject([{ path: "/integrations" }]);
  });

  test("ends with everything", async () => {
    const service = await serve(() => {});
    const send = createHttp({ clock: createWatchedClock(), random: () => 0, fetch: globalThis.fetch });
    const { integrations } = open(service, { platform: ok({ send, apiUrl: service.url }) });
    const registering = integrations.register(define("https://api.example.com"), forever);
    await until(() => service.requests.length === 1);
    await integrations[Symbol.asyncDispose]();
    expect(await registering).toMatchObject({ ok: false, error: { code: "aborted" } });
  });
});
