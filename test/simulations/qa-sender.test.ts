import type { ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { createHttp } from "../../electron/net/http.ts";
import { qaReport } from "../../electron/simulations/qa-report.ts";
import { sendQaReport } from "../../electron/simulations/qa-sender.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import { type LoopbackHttp, sendJson, serveHttp } from "../support/loopback-http.ts";
import { sampleBatch } from "../support/sample-batch.ts";
import { until } from "../support/until.ts";
import { createWatchedClock, type WatchedClock } from "../support/watched-clock.ts";

const report = qaReport(sampleBatch().batch, { projectId: "proj-7", now: Date.UTC(2026, 0, 5) });

/** The pauses after the first four attempts, half as long as they can be. */
const PAUSES = [250, 500, 1_000, 2_000];

interface Sending {
  readonly outcome: Promise<Result<null, Fault>>;
  readonly clock: WatchedClock;
  readonly stop: AbortController;
}

const start = (url: string): Sending => {
  const clock = createWatchedClock();
  const stop = new AbortController();
  const send = createHttp({ clock, random: () => 0.5, fetch: globalThis.fetch });
  return { outcome: sendQaReport({ send, url, report, signal: stop.signal }), clock, stop };
};

/** Passes these waits, one after the other, then gives the outcome. */
const finish = async ({ outcome, clock }: Sending, waits: readonly number[]): Promise<Result<null, Fault>> => {
  for (const delayMs of waits) await clock.pass(delayMs);
  return outcome;
};

const answers = (...statuses: readonly number[]): Promise<LoopbackHttp> =>
  serveHttp((_request, response, number) => {
    sendJson(response, statuses[Math.min(number, statuses.length - 1)] ?? 200, {});
  });

describe("sending the report to the QA platform", () => {
  it("posts it as JSON and says where it comes from", async () => {
    await using server = await answers(204);
    expect(await start(`${server.url}/hooks/one`).outcome).toEqual({ ok: true, value: null });
    const [request] = server.requests;
    expect(request).toMatchObject({ method: "POST", path: "/hooks/one", headers: { "x-source": "cognigy-simulator", "content-type": "application/json" } });
    expect(request?.headers.authorization).toBeUndefined();
    expect(JSON.parse(request?.body ?? "")).toEqual(report);
  });

  it.each([429, 500, 502, 503])("tries again after %i with the same body and key", async (status) => {
    await using server = await answers(status, status, 200);
    expect(await finish(start(server.url), PAUSES.slice(0, 2))).toEqual({ ok: true, value: null });
    expect(server.requests).toHaveLength(3);
    expect(new Set(server.requests.map(({ body }) => body)).size).toBe(1);
    expect(new Set(server.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(server.requests[0]?.headers["idempotency-key"]).toMatch(/./);
  });

  it("gives up after five attempts", async () => {
    await using server = await answers(503);
    const outcome = await finish(start(`${server.url}/hooks/secret-path?key=abc`), PAUSES);
    expect(server.requests).toHaveLength(5);
    expect(outcome).toMatchObject({ ok: false, error: { code: "server-error", status: 503, detail: `${new URL(server.url).host} answered 503` } });
  });

  it.each([400, 401, 404, 501, 504])("does not try again after %i", async (status) => {
    await using server = await answers(status);
    expect(await start(server.url).outcome).toMatchObject({ ok: false, error: { status } });
    expect(server.requests).toHaveLength(1);
  });

  it("waits as long as it is asked to", async () => {
    await using server = await serveHttp((_request, response, number) => {
      sendJson(response, number === 0 ? 429 : 200, {}, number === 0 ? { "retry-after": "7" } : {});
    });
    const sending = start(server.url);
    expect(await finish(sending, [7_000])).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(2);
  });

  it("gives an attempt 15 seconds", async () => {
    const open: ServerResponse[] = [];
    await using server = await serveHttp((_request, response, number) => {
      if (number === 0) open.push(response);
      else sendJson(response, 200, {});
    });
    const sending = start(server.url);
    await until(() => open.length === 1);
    expect(await finish(sending, [15_000, 250])).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(2);
  });

  it("tries again where nobody listens, and says so in the end", async () => {
    const server = await answers(200);
    await server[Symbol.asyncDispose]();
    expect(await finish(start(server.url), PAUSES)).toMatchObject({ ok: false, error: { code: "network" } });
  });

  it("ends at once when it is told to", async () => {
    await using server = await answers(503);
    const sending = start(server.url);
    await until(() => sending.clock.waiting().includes(250));
    sending.stop.abort();
    expect(await sending.outcome).toMatchObject({ ok: false, error: { code: "aborted" } });
    expect(sending.clock.pending()).toBe(0);
  });
});
