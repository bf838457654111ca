import { createServer } from "node:net";
import { describe, expect, test, vi } from "vitest";
import { createHttp } from "../../electron/net/http.ts";
import { createWebhook } from "../../electron/net/webhook.ts";
import { listen, serveHttp } from "../support/loopback-http.ts";
import { EVENT_AT, isGenuine, namesOf, startWebhook, WEBHOOK_SECRET } from "../support/started-webhook.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

describe("a delivery", () => {
  test("is the event as JSON, named in a header and signed over its bytes", async () => {
    await using server = await serveHttp((_request, response) => response.end());
    const { push, clock, close } = startWebhook(`${server.url}/hook`);
    const reason = "Straße \u2028 \ud800 \u{1f600}";
    push("tunnel_lost", { code: 1006, reason });
    await close();
    const [request] = server.requests;
    if (request === undefined) throw new Error("no request");
    expect(request).toMatchObject({ method: "POST", path: "/hook", headers: { "content-type": "application/json", "x-callside-event": "tunnel_lost" } });
    expect(JSON.parse(request.body)).toEqual({ event: "tunnel_lost", timestamp: EVENT_AT, code: 1006, reason });
    expect(isGenuine(request, clock.now())).toBe(true);
    expect(isGenuine({ ...request, body: `${request.body} ` }, clock.now())).toBe(false);
  });

  test("is unsigned without a secret", async () => {
    await using server = await serveHttp((_request, response) => response.end());
    const clock = createWatchedClock();
    const send = createHttp({ clock, random: () => 0.5, fetch: globalThis.fetch });
    const webhook = createWebhook({ url: server.url, send, clock, random: () => 0.5, onTrouble: () => {} });
    webhook.push("heartbeat", EVENT_AT, {});
    await webhook[Symbol.asyncDispose]();
    expect(namesOf(server.requests)).toEqual(["heartbeat"]);
    expect(server.requests[0]?.headers).not.toHaveProperty("x-callside-signature");
  });

  test("carries the fields as they were when it was pushed, and its own name and time whatever they say", async () => {
    await using server = await serveHttp((_request, response) => response.end());
    const { push, close } = startWebhook(server.url);
    const fields = { event: "forged", timestamp: "never", latency_ms: 12 };
    push("heartbeat", fields);
    fields.latency_ms = 99;
    await close();
    expect(server.requests[0]?.body).toBe(`{"event":"heartbeat","timestamp":"${EVENT_AT}","latency_ms":12}`);
  });

  test.each(["200 with a page", "204", "202 with ten megabytes", "200 that stops half-way", "200 that is cut off"])("is done with any 2xx: %s", async (answer) => {
    await using server = await serveHttp((_request, response) => {
      if (answer === "204") response.writeHead(204).end();
      else if (answer.startsWith("202")) response.writeHead(202).end("x".repeat(10_000_000));
      else if (answer === "200 with a page") response.end("<html>thanks</html>");
      else {
        response.writeHead(200, { "content-length": "100" }).write("{");
        if (answer.endsWith("cut off")) setImmediate(() => response.destroy());
      }
    });
    const { push, clock, troubles, close, sent, answered } = startWebhook(server.url, { graceMs: 60_000 });
    push("token_refreshed");
    push("tunnel_closed");
    const closed = close();
    if (answer.endsWith("half-way")) {
      await until(() => answered() === 1);
      await clock.pass(5_000);
      await until(() => answered() === 2);
      await clock.pass(5_000);
    }
    await closed;
    expect(namesOf(server.requests)).toEqual(["token_refreshed", "tunnel_closed"]);
    expect(sent()).toBe(2);
    expect(troubles).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  test("waits for the one before it: one at a time, in order", async () => {
    const answers: (() => void)[] = [];
    await using server = await serveHttp((_request, response) => {
      answers.push(() => response.end());
    });
    const { push, close, sent } = startWebhook(server.url);
    const names = Array.from({ length: 20 }, (_, index) => `event_${index}`);
    for (const name of names) push(name);
    for (let number = 1; number <= names.length; number += 1) {
      await until(() => answers.length === number);
      expect(sent()).toBe(number);
      answers[number - 1]?.();
    }
    await close();
    expect(namesOf(server.requests)).toEqual(names);
  });

  test("holds up nothing: a push has sent nothing yet when it returns", async () => {
    await using server = await serveHttp((_request, response) => response.end());
    const { push, sent, close } = startWebhook(server.url);
    push("heartbeat");
    expect(sent()).toBe(0);
    await close();
    expect(sent()).toBe(1);
  });
});

describe("attempts", () => {
  test.each([408, 429, 500, 502, 503, 504])("after %d the same body goes out under the same key, signed anew", async (status) => {
    const clock = createWatchedClock();
    const genuine: boolean[] = [];
    await using server = await serveHttp((request, response, number) => {
      genuine.push(isGenuine(request, clock.now()));
      response.writeHead(number < 4 ? status : 200).end();
    });
    const { push, troubles, close } = startWebhook(server.url, { clock });
    push("tunnel_established", { bot_id: "b" });
    for (const waitMs of [250, 500, 1_000, 2_000]) await clock.pass(waitMs);
    await until(() => server.requests.length === 5);
    await close();
    expect(genuine).toEqual([true, true, true, true, true]);
    expect(new Set(server.requests.map((request) => request.headers["x-callside-signature"])).size).toBe(3);
    expect(new Set(server.requests.map((request) => request.body)).size).toBe(1);
    expect(new Set(server.requests.map((request) => request.headers["idempotency-key"])).size).toBe(1);
    expect(troubles).toEqual([]);
  });

  test("two events have two keys", async () => {
    await using server = await serveHttp((_request, response) => response.end());
    const { push, close } = startWebhook(server.url);
    push("tunnel_lost", { code: 1006 });
    push("tunnel_lost", { code: 1006 });
    await close();
    expect(new Set(server.requests.map((request) => request.headers["idempotency-key"])).size).toBe(2);
  });

  test.each([
    ["7", 7_000],
    ["60", 60_000],
    ["3600", 60_000],
    ["Mon, 05 Jan 2026 09:00:20 GMT", 20_000],
    ["0", 250],
  ])("a Retry-After of %s makes a wait of %d ms", async (header, waitMs) => {
    await using server = await serveHttp((_request, response, number) => response.writeHead(number === 0 ? 429 : 200, { "retry-after": header }).end());
    const { push, clock, troubles, close } = startWebhook(server.url);
    push("channel_unavailable");
    await clock.pass(waitMs);
    await until(() => server.requests.length === 2);
    await close();
    expect(clock.monotonic()).toBe(waitMs);
    expect(troubles).toEqual([]);
  });

  test("a receiver that hangs is given five seconds, and asked again", async () => {
    await using server = await serveHttp((_request, response, number) => {
      if (number > 0) response.end();
    });
    const { push, clock, troubles, close } = startWebhook(server.url);
    push("tunnel_lost");
    await until(() => server.requests.length === 1);
    await clock.pass(5_000);
    await clock.pass(250);
    await until(() => server.requests.length === 2);
    await close();
    expect(troubles).toEqual([]);
    expect(clock.pending()).toBe(0);
  });

  test("a receiver that resets every connection is asked five times, and no more for this event", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.on("error", () => {});
      socket.resetAndDestroy();
    });
    const port = await listen(server);
    const { push, clock, troubles, close } = startWebhook(`http://127.0.0.1:${port}/hook`);
    push("tunnel_lost");
    for (const waitMs of [250, 500, 1_000, 2_000]) await clock.pass(waitMs);
    await until(() => troubles.length === 1);
    expect(connections).toBe(5);
    expect(troubles).toEqual([
      { kind: "failing", since: clock.now(), fault: expect.objectContaining({ kind: "transport", code: "network", detail: expect.stringContaining(`127.0.0.1:${port}`) }), lost: 1 },
    ]);
    expect(clock.pending()).toBe(0);
    await close();
    server.close();
  });

  test.each([301, 400, 401, 403, 404, 410, 413, 422])("a refusal by %d is final for its event, and the next one gets its turn", async (status) => {
    await using server = await serveHttp((_request, response, number) => response.writeHead(number === 0 ? status : 200, { location: "/elsewhere" }).end());
    const { push, clock, troubles, close } = startWebhook(server.url);
    push("refused");
    push("taken");
    await clock.pass(1_000);
    await until(() => troubles.length === 2);
    await close();
    expect(namesOf(server.requests)).toEqual(["refused", "taken"]);
    expect(troubles).toMatchObject([{ kind: "failing", fault: { status }, lost: 1 }, { kind: "recovered", lost: 1 }]);
  });
});

describe("whoever pushes", () => {
  test("is never thrown at, whatever the event holds: it counts as lost, and others go on", async () => {
    await using server = await serveHttp((_request, response) => response.end());
    const { push, clock, troubles, close } = startWebhook(server.url);
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    const thrower = {
      get field(): string {
        throw new Error("getter");
      },
    };
    for (const fields of [circle, { big: 1n }, thrower, { toJSON: () => undefined }]) push("odd", fields);
    push("good");
    await until(() => troubles.length === 2);
    await close();
    expect(namesOf(server.requests)).toEqual(["good"]);
    expect(troubles).toMatchObject([
      { kind: "failing", fault: { kind: "policy", code: "invalid-input" }, lost: 1 },
      { kind: "recovered", lost: 4 },
    ]);
    expect(clock.pending()).toBe(0);
  });

  test.each(["line\nbreak", "Ereignis \u{1f600}"])("may give a name that no header can carry (%j): it is lost alone", async (name) => {
    await using server = await serveHttp((_request, response) => response.end());
    const { push, clock, troubles, close } = startWebhook(server.url);
    push(name);
    push("good");
    await clock.pass(1_000);
    await until(() => troubles.length === 2);
    await close();
    expect(namesOf(server.requests)).toEqual(["good"]);
    expect(troubles).toMatchObject([{ fault: { code: "invalid-input" } }, { kind: "recovered", lost: 1 }]);
  });

  test("and the deliveries are not disturbed by a listener that throws", async () => {
    const bugs: unknown[] = [];
    const later = globalThis.queueMicrotask;
    vi.stubGlobal("queueMicrotask", (task: () => void) => {
      later(() => {
        try {
          task();
        } catch (bug) {
          bugs.push(bug);
        }
      });
    });
    try {
      await using server = await serveHttp((_request, response, number) => response.writeHead(number === 0 ? 404 : 200).end());
      const { push, clock, close } = startWebhook(server.url, {
        onTrouble: (trouble) => {
          throw new Error(trouble.kind);
        },
      });
      push("refused");
      push("taken");
      await clock.pass(1_000);
      await close();
      expect(namesOf(server.requests)).toEqual(["refused", "taken"]);
      expect(bugs.map(String)).toEqual(["Error: failing", "Error: recovered"]);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe("what is told of a trouble", () => {
  const place = "/services/T000/hidden-path-token?key=hidden-query-token";
  const said = "what-a-person-said";

  async function toldBy(url: string, waits: readonly number[] = []): Promise<string> {
    const { push, clock, troubles, close } = startWebhook(url);
    push("tunnel_lost", { reason: said });
    push("tunnel_closed", { reason: said });
    for (const waitMs of waits) await clock.pass(waitMs);
    await until(() => troubles.length > 0);
    await close();
    expect(troubles.length).toBeGreaterThan(1);
    return JSON.stringify(troubles);
  }

  test.each([400, 308, 503])("holds neither secret nor signature, address nor body where the receiver answers %d and echoes them all", async (status) => {
    const echoes: string[] = [];
    await using server = await serveHttp((request, response) => {
      const signature = String(request.headers["x-callside-signature"]);
      const digest = signature.slice(signature.indexOf("v1=") + 3);
      echoes.push(digest);
      response.writeHead(status, `${signature} ${said}`, { location: `https://${digest.slice(0, 60)}.${said}/${WEBHOOK_SECRET}`, "retry-after": "0" });
      response.end(JSON.stringify({ signature, body: request.body, path: request.path }));
    });
    const told = await toldBy(`${server.url}${place}`, status === 503 ? [250, 500, 1_000, 2_000] : []);
    expect(told).toContain(`${URL.parse(server.url)?.host} answered ${status}`);
    expect(echoes.length).toBeGreaterThan(0);
    for (const hidden of [WEBHOOK_SECRET, said, "hidden", "T000", ...echoes.map((digest) => digest.slice(0, 60))]) expect(told).not.toContain(hidden);
  });

  test("nor where no request can be made of the address, or none arrives", async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const tolds = [
      await toldBy(`http://user:hidden-password@127.0.0.1:${port}${place}`),
      await toldBy(`hidden nonsense${place}`),
      await toldBy(`http://127.0.0.1:${port}${place}`, [250, 500, 1_000, 2_000]),
    ];
    for (const told of tolds) for (const hidden of [WEBHOOK_SECRET, said, "hidden", "T000"]) expect(told).not.toContain(hidden);
  });
});
