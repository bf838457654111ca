import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import type { SendJson } from "../../electron/net/http.ts";
import { err, ok } from "../../shared/result.ts";
import { serveHttp } from "../support/loopback-http.ts";
import { namesOf, startWebhook } from "../support/started-webhook.ts";
import { until } from "../support/until.ts";

/** The waits between the five attempts for one event, at an address that worked until then. */
const ATTEMPTS = [250, 500, 1_000, 2_000];

/** A receiver that answers `status`, which can be changed. */
async function serveStatus(first: number) {
  let status = first;
  const server = await serveHttp((_request, response) => response.writeHead(status).end());
  return {
    ...server,
    names: () => namesOf(server.requests),
    become: (next: number): void => {
      status = next;
    },
  };
}

/** Instead of a network: every attempt fails at once while `dead`, and what gets through is written down. */
function startWithoutNetwork(more: Parameters<typeof startWebhook>[1] = {}) {
  const delivered: string[] = [];
  let dead = true;
  const send: SendJson = async (request) => {
    if (dead) return err({ kind: "transport", code: "network", detail: "pipeline.example: nothing listens there" });
    delivered.push(request.headers?.["x-callside-event"] ?? "");
    return ok({ value: request.schema.parse(undefined), status: 204, ms: 1, attemptMs: 1, attempts: 1 });
  };
  return {
    ...startWebhook("https://pipeline.example/hook", { ...more, send }),
    delivered,
    revive: (): void => {
      dead = false;
    },
  };
}

describe("an address that fails", () => {
  test("is told of once, and again when it is well, with how many were lost", async () => {
    await using server = await serveStatus(503);
    const { push, clock, troubles, close } = startWebhook(server.url);
    for (const name of ["first", "second", "third"]) push(name);
    for (const waitMs of ATTEMPTS) await clock.pass(waitMs);
    await until(() => troubles.length === 1);
    const since = clock.now();
    expect(troubles).toMatchObject([{ kind: "failing", since, fault: { code: "server-error", status: 503 }, lost: 1 }]);
    // Five attempts for the second as well, at the pace of an address that fails; then one for the third.
    for (const waitMs of [1_000, 2_000, 4_000, 8_000, 16_000]) await clock.pass(waitMs);
    await until(() => server.requests.length === 10);
    server.become(200);
    await clock.pass(30_000);
    await until(() => troubles.length === 2);
    expect(server.names()).toEqual([...Array.from({ length: 5 }, () => "first"), ...Array.from({ length: 5 }, () => "second"), "third"]);
    expect(troubles[1]).toEqual({ kind: "recovered", since, lost: 2 });
    await close();
    expect(troubles).toHaveLength(2);
  });

  test("is trusted again at once when it is well: no pause is left, and the next spell counts from nothing", async () => {
    await using server = await serveStatus(404);
    const { push, clock, troubles, close } = startWebhook(server.url);
    push("lost");
    await until(() => troubles.length === 1);
    server.become(200);
    push("probe");
    await clock.pass(1_000);
    await until(() => troubles.length === 2);
    push("next");
    await until(() => server.requests.length === 3);
    expect(clock.monotonic()).toBe(1_000);
    server.become(404);
    push("lost again");
    await until(() => troubles.length === 3);
    expect(troubles[2]).toMatchObject({ kind: "failing", since: clock.now(), lost: 1 });
    await close();
    expect(clock.pending()).toBe(0);
  });

  test("is not asked before its pause is over, also where nothing waited meanwhile", async () => {
    await using server = await serveStatus(404);
    const { push, clock, troubles, sent, close } = startWebhook(server.url);
    push("lost");
    await until(() => troubles.length === 1);
    expect(clock.pending()).toBe(0);
    await clock.advance(400);
    push("next");
    await until(() => clock.waiting().includes(600));
    expect(sent()).toBe(1);
    await clock.pass(600);
    await until(() => sent() === 2);
    await close();
  });

  test("that asks for a pause gets it, up to a minute, without burning what waits", async () => {
    await using server = await serveHttp((_request, response) => response.writeHead(429, { "retry-after": "3600" }).end());
    const { push, clock, troubles, close } = startWebhook(server.url);
    push("first");
    push("second");
    for (let attempt = 1; attempt <= 9; attempt += 1) await clock.pass(60_000);
    await until(() => server.requests.length === 10);
    expect(namesOf(server.requests)).toEqual([...Array.from({ length: 5 }, () => "first"), ...Array.from({ length: 5 }, () => "second")]);
    expect(troubles).toMatchObject([{ kind: "failing", fault: { code: "rate-limited", retryAfterMs: 3_600_000 } }]);
    await close();
  });

  test("is asked about twice a minute, however much waits, and gets most of it when it is back after an hour", async () => {
    const { push, clock, troubles, sent, delivered, revive, close } = startWithoutNetwork();
    for (let number = 0; number < 500; number += 1) push(`event_${number}`);
    await clock.advance(3_600_000);
    expect(sent()).toBeGreaterThan(60);
    expect(sent()).toBeLessThan(130);
    revive();
    await clock.advance(60_000);
    await close();
    const lost = 500 - delivered.length;
    expect(lost).toBeLessThan(26);
    expect(delivered).toEqual(Array.from({ length: 500 - lost }, (_, index) => `event_${lost + index}`));
    expect(troubles).toMatchObject([{ kind: "failing", lost: 1 }, { kind: "recovered", lost }]);
  });

  test("gets no heartbeats beside what waits, but one where nothing does, to find out that it is back", async () => {
    const { push, clock, troubles, delivered, revive, close } = startWithoutNetwork();
    push("tunnel_lost");
    await clock.advance(3_750);
    expect(troubles).toHaveLength(1);
    push("tunnel_established");
    for (let beat = 0; beat < 10; beat += 1) push("heartbeat");
    revive();
    await clock.advance(60_000);
    expect(delivered).toEqual(["tunnel_established"]);
    expect(troubles[1]).toMatchObject({ kind: "recovered", lost: 11 });
    push("heartbeat");
    push("heartbeat");
    await clock.advance(0);
    expect(delivered).toEqual(["tunnel_established", "heartbeat", "heartbeat"]);
    await close();
  });

  test("is found to be back by the next heartbeat", async () => {
    const { push, clock, troubles, delivered, revive, close } = startWithoutNetwork();
    push("tunnel_lost");
    await clock.advance(60_000);
    revive();
    push("heartbeat");
    await clock.advance(0);
    expect(delivered).toEqual(["heartbeat"]);
    expect(troubles).toMatchObject([{ kind: "failing" }, { kind: "recovered", lost: 1 }]);
    await close();
  });
});

describe("the bound", () => {
  test("of a dead address: 10,000 pushes return at once and leave a thousand waiting", async () => {
    const { push, clock, troubles, delivered, revive, close, sent } = startWithoutNetwork();
    for (let number = 0; number < 10_000; number += 1) push(`event_${number}`);
    expect(sent()).toBe(0);
    await clock.advance(0);
    expect(clock.pending()).toBe(1);
    revive();
    await clock.advance(60_000);
    await close();
    expect(delivered).toEqual(Array.from({ length: 1_000 }, (_, index) => `event_${9_000 + index}`));
    expect(troubles).toMatchObject([{ kind: "failing", lost: 1 }, { kind: "recovered", lost: 9_000 }]);
  });

  test("of a slow address: what does not fit is told once, and recovered when all that waited is delivered", async () => {
    const held: ServerResponse[] = [];
    await using server = await serveHttp((_request, response) => {
      held.push(response);
    });
    const { push, clock, troubles, close } = startWebhook(server.url, { maxQueued: 3 });
    push("first");
    await until(() => held.length === 1);
    for (const name of ["heartbeat", "lost", "established", "refreshed", "closed"]) push(name);
    await until(() => troubles.length === 1);
    expect(troubles).toMatchObject([{ kind: "failing", since: clock.now(), fault: { code: "timeout", detail: expect.stringContaining("127.0.0.1") }, lost: 1 }]);
    for (let number = 1; number <= 4; number += 1) {
      await until(() => held.length === number);
      expect(troubles).toHaveLength(1);
      held[number - 1]?.end();
    }
    await until(() => troubles.length === 2);
    expect(namesOf(server.requests)).toEqual(["first", "established", "refreshed", "closed"]);
    expect(troubles[1]).toMatchObject({ kind: "recovered", lost: 2 });
    await close();
    expect(clock.pending()).toBe(0);
  });
});

describe("disposing", () => {
  test("delivers what is queued, and takes nothing more", async () => {
    await using server = await serveStatus(200);
    const { push, clock, troubles, close } = startWebhook(server.url);
    for (const name of ["one", "two", "three"]) push(name);
    const closed = close();
    push("after");
    await closed;
    push("later");
    await close();
    expect(server.names()).toEqual(["one", "two", "three"]);
    expect(troubles).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  test("takes no time where nothing waits", async () => {
    const { clock, troubles, close } = startWithoutNetwork();
    await close();
    expect(clock.monotonic()).toBe(0);
    expect(clock.pending()).toBe(0);
    expect(troubles).toEqual([]);
  });

  test("gives up after the grace, and tells how many", async () => {
    let ended = 0;
    await using server = await serveHttp((_request, response) => {
      response.on("close", () => {
        ended += 1;
      });
    });
    const { push, clock, troubles, close } = startWebhook(server.url);
    for (const name of ["one", "two", "three"]) push(name);
    await until(() => server.requests.length === 1);
    const closing = close();
    await clock.advance(1_999);
    await expect(Promise.race([closing, Promise.resolve("still open")])).resolves.toBe("still open");
    await clock.advance(1);
    await closing;
    expect(troubles).toMatchObject([{ kind: "failing", fault: { code: "aborted" }, lost: 3 }]);
    expect(clock.pending()).toBe(0);
    await until(() => ended === 1);
  });

  test("goes on with its attempts within the grace at an address that worked until then", async () => {
    await using server = await serveStatus(503);
    const { push, clock, troubles, close } = startWebhook(server.url);
    push("tunnel_closed");
    const closing = close();
    await until(() => clock.waiting().includes(250));
    server.become(200);
    await clock.pass(250);
    await closing;
    expect(server.names()).toEqual(["tunnel_closed", "tunnel_closed"]);
    expect(troubles).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  test("ends the pause of a failing address for one last attempt, and does not wait for more", async () => {
    const { push, clock, troubles, sent, close } = startWithoutNetwork();
    for (const name of ["lost", "next", "tunnel_closed"]) push(name);
    await clock.advance(4_000);
    expect(sent()).toBe(5);
    expect(clock.waiting()).toEqual([1_000]);
    await close();
    expect(clock.monotonic()).toBe(4_000);
    expect(sent()).toBe(6);
    expect(troubles).toMatchObject([{ kind: "failing", lost: 1 }, { kind: "failing", fault: { code: "aborted" }, lost: 3 }]);
    expect(clock.pending()).toBe(0);
  });

  test("delivers all that waits where that last attempt gets through", async () => {
    const { push, clock, troubles, delivered, revive, close } = startWithoutNetwork();
    for (const name of ["lost", "next", "tunnel_closed"]) push(name);
    await clock.advance(4_000);
    revive();
    await close();
    expect(delivered).toEqual(["next", "tunnel_closed"]);
    expect(troubles).toMatchObject([{ kind: "failing", lost: 1 }, { kind: "recovered", lost: 1 }]);
    expect(clock.pending()).toBe(0);
  });

  test("does not repeat what was told already", async () => {
    const { push, clock, troubles, close } = startWithoutNetwork();
    push("lost");
    await clock.advance(60_000);
    await close();
    expect(troubles).toMatchObject([{ kind: "failing", lost: 1 }]);
  });
});
