import { request } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { watchBridge } from "../../electron/bridge/bridge-watch.ts";
import { serveHealth } from "../../electron/bridge/health-server.ts";
import { readinessOf } from "../../electron/bridge/readiness.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { metricValues } from "../support/metric-values.ts";
import { parseOpenMetrics } from "../support/open-metrics-parser.ts";

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** A request with any `Host`, which fetch would not let through. */
function ask(port: number, path: string, { method = "GET", host = `127.0.0.1:${port}` } = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: "127.0.0.1", port, path, method, headers: { host } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString("utf8") });
      });
    });
    asking.on("error", reject);
    asking.end();
  });
}

async function setUp() {
  const clock = createFakeClock();
  const watch = watchBridge({ scope: "organisation", elevatedMs: 500, criticalMs: 1_000, clock, onLevel: () => {} });
  const world: { connection: ConnectionState; oldestAt: number | null } = { connection: { kind: "connected", since: 1 }, oldestAt: null };
  const view = () => watch.view({ waiting: 2, working: 1, oldestAt: world.oldestAt }, 77);
  const served = await serveHealth(0, {
    ready: () => readinessOf(world.connection, view().storage),
    view,
    connection: () => world.connection,
  });
  if (!served.ok) throw new Error(served.error.detail);
  onTestFinished(() => served.value[Symbol.asyncDispose]());
  const metrics = async () => metricValues((await ask(served.value.port, "/metrics")).body);
  return { clock, watch, world, metrics, server: served.value, port: served.value.port };
}

function answered(id: string, botMs: number): BridgeEvent {
  return { kind: "answered", id, conversationId: "chat-secret", hops: { genesys: null, bot: botMs, reply: 20 }, totalMs: botMs + 20, level: "normal" };
}

test("is alive while it answers, whatever else is wrong", async () => {
  const { port, world, watch } = await setUp();
  world.connection = { kind: "closed", since: 1 };
  watch.event({ kind: "storage", detail: "the disk is full" });
  expect(await ask(port, "/healthz")).toMatchObject({ status: 200, body: '{"status":"ok"}\n' });
});

test("is ready while the socket is open and the inbox can be written, and says why it is not", async () => {
  const { port, world, watch } = await setUp();
  expect(await ask(port, "/readyz")).toMatchObject({ status: 200, body: '{"status":"ready","reasons":[]}\n' });
  world.connection = { kind: "checking", since: 2, connectedSince: 1 };
  expect(await ask(port, "/readyz")).toMatchObject({ status: 200 });

  world.connection = { kind: "reconnecting", since: 1, attempt: 3, retryAt: 2, fault: { kind: "transport", code: "network", detail: "10.1.2.3 refused" } };
  watch.event({ kind: "storage", detail: "the disk is full" });
  const reply = await ask(port, "/readyz");
  expect(reply.status).toBe(503);
  expect(JSON.parse(reply.body)).toEqual({
    status: "not ready",
    reasons: ["The event socket is not open: reconnecting. The platform cannot be reached.", "The inbox cannot be written: the disk is full"],
  });

  world.connection = { kind: "connected", since: 3 };
  watch.event({ kind: "storage", detail: null });
  expect(await ask(port, "/readyz")).toMatchObject({ status: 200 });
});

test("its figures hold to the rules of OpenMetrics, empty and full, and carry no id and no text", async () => {
  const { port, watch, world, clock, metrics } = await setUp();
  const empty = await ask(port, "/metrics");
  expect(empty.status).toBe(200);
  expect(empty.headers["content-type"]).toBe("application/openmetrics-text; version=1.0.0; charset=utf-8");
  expect(parseOpenMetrics(empty.body).length).toBeGreaterThan(15);

  for (const [index, ms] of [8, 400, 700, 2_000, 9_000].entries()) {
    watch.event({ kind: "message", id: `m${index}`, conversationId: "chat-secret", sequenceId: index, speaker: "customer", text: "marigold", at: 1, aheadMs: 1_500 });
    watch.event(answered(`m${index}`, ms));
  }
  watch.event({ kind: "duplicate", id: "m0", conversationId: "chat-secret" });
  watch.event({ kind: "gap", from: 4, to: 9 });
  watch.event({ kind: "gap-filled", count: 2 });
  watch.event({ kind: "malformed", reason: "marigold", bytes: 3 });
  watch.event({
    kind: "dead-letter",
    letter: { id: "m9", conversationId: "chat-secret", text: "marigold", receivedAt: 1, diedAt: 2, attempts: 5, fault: { kind: "transport", code: "timeout", detail: "marigold" } },
  });
  watch.event({ kind: "uncertain", id: "m8", conversationId: "chat-secret" });
  watch.event({ kind: "paused", host: "bot.marigold.example", until: clock.now() + 30_000, why: "failing" });
  world.oldestAt = clock.now() - 4_000;

  const { body } = await ask(port, "/metrics");
  expect(body).not.toMatch(/marigold|secret|m9/u);
  const figures = await metrics();
  expect(Object.fromEntries(figures)).toMatchObject({
    "callside_bridge_info organisation": 1,
    callside_bridge_start_time_seconds: clock.now() / 1_000,
    callside_bridge_connected: 1,
    "callside_bridge_connection connected": 1,
    "callside_bridge_connection rejected": 0,
    callside_bridge_messages_received_total: 5,
    callside_bridge_messages_answered_total: 5,
    callside_bridge_duplicates_total: 1,
    callside_bridge_malformed_frames_total: 1,
    callside_bridge_missed_events_total: 6,
    callside_bridge_recovered_events_total: 2,
    "callside_bridge_hop_latency_seconds_bucket bot 0.01": 1,
    "callside_bridge_hop_latency_seconds_bucket bot 0.5": 2,
    "callside_bridge_hop_latency_seconds_bucket bot 1.0": 3,
    "callside_bridge_hop_latency_seconds_bucket bot 5.0": 4,
    "callside_bridge_hop_latency_seconds_bucket bot +Inf": 5,
    "callside_bridge_hop_latency_seconds_count bot": 5,
    "callside_bridge_hop_latency_seconds_sum bot": 12.108,
    "callside_bridge_hop_latency_seconds_count genesys": 0,
    "callside_bridge_hop_level bot elevated": 1,
    "callside_bridge_queue_messages waiting": 2,
    "callside_bridge_queue_messages working": 1,
    callside_bridge_queue_oldest_timestamp_seconds: (clock.now() - 4_000) / 1_000,
    callside_bridge_dead_letters: 1,
    callside_bridge_uncertain_replies: 1,
    callside_bridge_paused_hosts: 1,
    callside_bridge_storage_writable: 1,
    callside_bridge_clock_ahead_seconds: 1.5,
  });
});

test("every state of the socket has its place in the figures", async () => {
  const { world, metrics } = await setUp();
  const fault = { kind: "refused", code: "in-use", detail: "" } as const;
  const states: readonly ConnectionState[] = [
    { kind: "idle" },
    { kind: "validating", since: 1, attempt: 0 },
    { kind: "connecting", since: 1, attempt: 0 },
    { kind: "connected", since: 1 },
    { kind: "checking", since: 1, connectedSince: 1 },
    { kind: "degraded", since: 1, connectedSince: 1, cause: "pong-late", detail: "" },
    { kind: "reconnecting", since: 1, attempt: 0, retryAt: 1, fault },
    { kind: "rejected", since: 1, fault },
    { kind: "closed", since: 1 },
  ];
  const open: string[] = [];
  for (const state of states) {
    world.connection = state;
    const figures = await metrics();
    expect(figures.get(`callside_bridge_connection ${state.kind}`)).toBe(1);
    if (figures.get("callside_bridge_connected") === 1) open.push(state.kind);
  }
  expect(open).toEqual(["connected", "checking", "degraded"]);
});

test.each(["evil.example", "evil.example:80", "0.0.0.0", "127.0.0.1.evil.example", "localhost.evil.example:9", "192.168.0.7", "[::2]", "127.0.0.1@evil.example"])(
  "a page that has the name %j point here learns nothing",
  async (host) => {
    const { port } = await setUp();
    for (const path of ["/healthz", "/readyz", "/metrics", "/"]) {
      const { status, body } = await ask(port, path, { host });
      expect([path, status]).toEqual([path, 403]);
      expect(body).not.toContain("callside");
    }
  },
);

test.each(["localhost", "LOCALHOST:1", "[::1]:9090", "127.0.0.1:65000"])("the loopback name %j is answered, whatever port a tunnel gave it", async (host) => {
  const { port } = await setUp();
  expect(await ask(port, "/healthz", { host })).toMatchObject({ status: 200 });
});

test("nothing can be changed, and nothing else is served", async () => {
  const { port } = await setUp();
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"]) {
    expect(await ask(port, "/metrics", { method })).toMatchObject({ status: 405, headers: { allow: "GET, HEAD" } });
  }
  for (const path of ["/", "/metrics/", "/healthz/..", "//metrics", "/panel"]) expect(await ask(port, path)).toMatchObject({ status: 404 });
  expect(await ask(port, "/metrics?name=x")).toMatchObject({ status: 200 });
  const head = await ask(port, "/metrics", { method: "HEAD" });
  expect(head).toMatchObject({ status: 200, body: "" });
  expect(Number(head.headers["content-length"])).toBeGreaterThan(1_000);
});

test("a port that is taken is told with its setting, and closing gives it free", async () => {
  const { port, server } = await setUp();
  const ports = { ready: () => ({ ok: true, reasons: [] }), view: () => { throw new Error("not asked"); }, connection: (): ConnectionState => ({ kind: "idle" }) };
  const refused = await serveHealth(port, ports);
  expect(refused).toMatchObject({ ok: false, error: { detail: expect.stringContaining(`bridge.healthPort: cannot listen on 127.0.0.1:${port}`) } });
  await server[Symbol.asyncDispose]();
  await expect(ask(port, "/healthz")).rejects.toThrow("ECONNREFUSED");
  const again = await serveHealth(port, ports);
  expect(again.ok).toBe(true);
  if (again.ok) await again.value[Symbol.asyncDispose]();
});
