import { describe, expect, test } from "vitest";
import { createIntegrationSpans } from "../../electron/integrations/integration-spans.ts";
import { type RunSpan, spanBatch } from "../../electron/integrations/span-batch.ts";
import { createHttp } from "../../electron/net/http.ts";
import { serveHttp } from "../support/loopback-http.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: unknown }[];
  readonly status: { readonly code: number };
}

const run: RunSpan = {
  id: "int_1",
  name: "Order lookup",
  method: "POST",
  url: "https://api.example.com/orders/private-path?key=query-secret",
  startedAt: Date.UTC(2026, 0, 5, 9),
  ms: 2_500.25,
  statusCode: 200,
  fault: null,
  attempts: [
    { startedAt: Date.UTC(2026, 0, 5, 9), ms: 100, statusCode: 503, fault: "server-error" },
    { startedAt: Date.UTC(2026, 0, 5, 9, 0, 2), ms: 500.25, statusCode: 200, fault: null },
  ],
};

function spansOf(body: unknown): readonly Span[] {
  const { resourceSpans } = body as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
  return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}

function openSpans(otlpUrl: string, maxQueued?: number) {
  const clock = createWatchedClock();
  const send = createHttp({ clock, random: () => 0, fetch: globalThis.fetch });
  return { clock, spans: createIntegrationSpans({ otlpUrl, send, clock, random: Math.random, ...(maxQueued === undefined ? {} : { maxQueued }) }) };
}

describe("a run as spans", () => {
  const [whole, first, second] = spansOf(spanBatch([run], Math.random));

  test("is one with a child per attempt, in one trace", () => {
    expect(whole?.traceId).toMatch(/^[\da-f]{32}$/u);
    for (const child of [first, second]) expect(child).toMatchObject({ traceId: whole?.traceId, parentSpanId: whole?.spanId, kind: 3, name: "POST" });
    expect(new Set([whole?.spanId, first?.spanId, second?.spanId]).size).toBe(3);
    expect(whole).toMatchObject({ name: "integration Order lookup", kind: 1 });
    expect(whole).not.toHaveProperty("parentSpanId");
  });

  test("has times in nanoseconds, and says how it went", () => {
    expect(whole).toMatchObject({ startTimeUnixNano: "1767603600000000000", endTimeUnixNano: "1767603602500250000", status: { code: 1 } });
    expect(first).toMatchObject({ endTimeUnixNano: "1767603600100000000", status: { code: 2 } });
    expect(first?.attributes).toContainEqual({ key: "error.type", value: { stringValue: "server-error" } });
    expect(second?.attributes).toContainEqual({ key: "http.request.resend_count", value: { intValue: "1" } });
    expect(second?.attributes).toContainEqual({ key: "http.response.status_code", value: { intValue: "200" } });
    expect(whole?.attributes).toContainEqual({ key: "callside.attempts", value: { intValue: "2" } });
  });

  test("says no more of the address than host and port", () => {
    const text = JSON.stringify(spanBatch([run], Math.random));
    expect(text).not.toMatch(/private-path|query-secret/u);
    expect(whole?.attributes).toContainEqual({ key: "server.address", value: { stringValue: "api.example.com" } });
    expect(whole?.attributes).toContainEqual({ key: "server.port", value: { intValue: "443" } });
  });

  test("never has an id of zeros, which means none", () => {
    const [span] = spansOf(spanBatch([run], () => 0));
    expect(span?.traceId).toMatch(/^0{31}1$/u);
    expect(span?.spanId).toMatch(/^0{15}1$/u);
  });
});

describe("a collector", () => {
  test.each([["/", "/v1/traces"], ["/otel/", "/otel/v1/traces"], ["/otel/v1/traces", "/otel/v1/traces"]])("at %s gets runs at %s, gathered for 5 s", async (base, path) => {
    await using server = await serveHttp((_request, response) => response.end());
    const { spans, clock } = openSpans(`${server.url}${base}`);
    for (let count = 0; count < 3; count += 1) spans.push(run);
    await clock.pass(5_000);
    await until(() => server.requests.length === 1);
    await spans[Symbol.asyncDispose]();
    expect(server.requests.map((request) => request.path)).toEqual([path]);
    expect(spansOf(JSON.parse(server.requests[0]?.body ?? ""))).toHaveLength(9);
    expect(clock.pending()).toBe(0);
  });

  test("gets what waits when all ends, and nothing after", async () => {
    await using server = await serveHttp((_request, response) => response.end());
    const { spans, clock } = openSpans(server.url);
    for (let count = 0; count < 450; count += 1) spans.push(run);
    await spans[Symbol.asyncDispose]();
    spans.push(run);
    expect(server.requests.map(({ body }) => spansOf(JSON.parse(body)).length / 3)).toEqual([200, 200, 50]);
    expect(spans.dropped()).toBe(1);
    expect(clock.pending()).toBe(0);
  });

  test("that does not answer costs runs beyond the bound, and 2 s at the end", async () => {
    await using server = await serveHttp(() => {});
    const { spans, clock } = openSpans(server.url, 300);
    for (let count = 0; count < 400; count += 1) spans.push(run);
    await until(() => server.requests.length === 1);
    expect(spans.dropped()).toBe(100);
    const disposed = spans[Symbol.asyncDispose]();
    await clock.pass(2_000);
    await disposed;
    expect(spans.dropped()).toBe(400);
    expect(clock.pending()).toBe(0);
  });

  test("that refuses is not asked again for the same runs", async () => {
    await using server = await serveHttp((_request, response) => response.writeHead(400).end());
    const { spans, clock } = openSpans(server.url);
    spans.push(run);
    await clock.pass(5_000);
    await until(() => spans.dropped() === 1);
    await spans[Symbol.asyncDispose]();
    expect(server.requests).toHaveLength(1);
  });
});
