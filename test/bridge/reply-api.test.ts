import type { ServerResponse } from "node:http";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Address } from "../../electron/bridge/replies.ts";
import { createReplies } from "../../electron/bridge/reply-api.ts";
import { createTokens } from "../../electron/net/oauth.ts";
import { sendJson, serveHttp } from "../support/loopback-http.ts";
import { type Answer, startScriptedGenesys } from "../support/scripted-genesys.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const TO: Address = { conversationId: "c1", communicationId: "k1" };
const PATH = "/api/v2/conversations/messages/c1/communications/k1/messages";
const TYPING = "/api/v2/conversations/messages/c1/communications/k1/typing";
const TEXT = "It is on its way.";
const forever = new AbortController().signal;

async function open(options: { readonly apiUrl?: string; readonly fetch?: typeof globalThis.fetch } = {}) {
  const platform = await startScriptedGenesys();
  const clock = createWatchedClock();
  const tokens = createTokens({
    tokenUrl: platform.tokenUrl,
    clientId: "bridge",
    clientSecret: "s3cr3t-of-genesys",
    scopes: [],
    clock,
    random: () => 0.5,
    fetch: globalThis.fetch,
  });
  onTestFinished(() => tokens[Symbol.asyncDispose]());
  const replies = createReplies({ fetch: globalThis.fetch, tokens, clock, random: () => 0.5, apiUrl: `${platform.apiUrl}/`, ...options });
  return { platform, clock, tokens, replies };
}

/** Sends to a platform that answers so. */
async function sendTo(answer: Answer) {
  const all = await open();
  all.platform.on("POST", PATH, answer);
  return { ...all, outcome: await all.replies.send(TO, TEXT, "key-1", forever) };
}

const status =
  (code: number, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): Answer =>
  (_request, response) => {
    sendJson(response, code, body, headers);
  };
const cut = (response: ServerResponse): void => {
  response.socket?.destroy();
};

describe("a reply", () => {
  test("goes to the communication with its text and its key, signed, once", async () => {
    const { platform, outcome } = await sendTo(status(200, { id: "r1", direction: "outbound" }));
    expect(outcome).toEqual({ kind: "sent", replyId: "r1", ms: 0 });
    expect(platform.calls).toHaveLength(1);
    expect(platform.calls[0]).toMatchObject({
      method: "POST",
      path: PATH,
      headers: { authorization: "Bearer genesys-token-1", "idempotency-key": "key-1", "content-type": "application/json" },
      body: JSON.stringify({ textBody: TEXT }),
    });
  });

  test("goes to the conversation's own id where the event named no communication; ids are encoded", async () => {
    const { platform, replies } = await open();
    const path = "/api/v2/conversations/messages/a%2Fb%3F/communications/a%2Fb%3F/messages";
    platform.on("POST", path, status(202));
    await expect(replies.send({ conversationId: "a/b?", communicationId: null }, TEXT, "k", forever)).resolves.toMatchObject({ kind: "sent" });
    expect(platform.calls[0]?.path).toBe(path);
  });

  test.each([
    [".", null],
    ["..", null],
    ["", null],
    ["\ud800", null],
    ["c1", ".."],
  ])("to %j and %j, which cannot stand in an address, is not made", async (conversationId, communicationId) => {
    const { platform, replies } = await open();
    await expect(replies.send({ conversationId, communicationId }, TEXT, "k", forever)).resolves.toMatchObject({ kind: "refused", fault: { code: "invalid-input" } });
    await replies.typing({ conversationId, communicationId }, forever);
    expect(platform.calls).toEqual([]);
  });

  test("takes what the request took, not the wait for a token", async () => {
    const { platform, clock, replies } = await open();
    platform.answerTokens({ status: 503, body: {} });
    platform.on("POST", PATH, (_request, response) => {
      void (async () => {
        await clock.advance(80);
        sendJson(response, 200, { id: "r1" });
      })();
    });
    const sending = replies.send(TO, TEXT, "k", forever);
    await until(() => platform.tokenRequests.length === 1);
    platform.answerTokens(null);
    await clock.pass(250);
    await expect(sending).resolves.toEqual({ kind: "sent", replyId: "r1", ms: 80 });
  });
});

describe("a reply was sent", () => {
  test.each([
    ["an id that is a number", JSON.stringify({ id: 17 }), "17"],
    ["a number beyond what is exact", '{"id":12345678901234567890}', null],
    ["no id", "{}", null],
    ["an id of nothing", '{"id":""}', null],
    ["an id that is no id", '{"id":{"value":1}}', null],
    ["a list", "[]", null],
    ["a page", "<html>ok</html>", null],
    ["nothing", "", null],
  ])("where a success is answered with %s", async (_what, body, replyId) => {
    const { outcome, platform } = await sendTo((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(body);
    });
    expect(outcome).toEqual({ kind: "sent", replyId, ms: 0 });
    expect(platform.calls).toHaveLength(1);
  });

  test("where the connection breaks after the success was answered", async () => {
    const { outcome } = await sendTo((_request, response) => {
      response.writeHead(201, { "content-length": "1000" });
      response.write('{"id":"r', () => {
        cut(response);
      });
    });
    expect(outcome).toEqual({ kind: "sent", replyId: null, ms: 0 });
  });

  test("where the rest of a success does not come in time", async () => {
    let answered = false;
    const { platform, clock, replies } = await open({
      async fetch(input, init) {
        const response = await globalThis.fetch(input, init);
        answered = true;
        return response;
      },
    });
    platform.on("POST", PATH, (_request, response) => {
      response.writeHead(200, { "content-type": "application/json" }).write('{"id":"r');
    });
    const sending = replies.send(TO, TEXT, "k", forever);
    await until(() => answered);
    await clock.pass(5_000);
    await expect(sending).resolves.toEqual({ kind: "sent", replyId: null, ms: 5_000 });
  });

  test("after a 401, with a new token and the same key", async () => {
    const { outcome, platform } = await sendTo((request, response) => {
      sendJson(response, request.headers.authorization === "Bearer genesys-token-1" ? 401 : 200, { id: "r1" });
    });
    expect(outcome).toMatchObject({ kind: "sent", replyId: "r1" });
    expect(platform.calls.map(({ headers }) => [headers.authorization, headers["idempotency-key"]])).toEqual([
      ["Bearer genesys-token-1", "key-1"],
      ["Bearer genesys-token-2", "key-1"],
    ]);
  });
});

describe("a reply was surely not taken", () => {
  test.each([
    [400, "bad-request"],
    [403, "forbidden"],
    [404, "not-found"],
    [413, "bad-request"],
    [422, "bad-request"],
  ])("where it is refused with %d; the platform's code is told, its words are not", async (code, fault) => {
    const { outcome, platform } = await sendTo(status(code, { message: `cannot send: ${TEXT}`, code: "bad.thing", status: code }));
    expect(outcome).toMatchObject({ kind: "refused", fault: { code: fault, status: code, detail: expect.stringContaining("bad.thing") } });
    expect(JSON.stringify(outcome)).not.toContain(TEXT);
    expect(platform.calls).toHaveLength(1);
  });

  test("where the quota is used up, and the pause is told", async () => {
    const { outcome } = await sendTo(status(429, {}, { "retry-after": "3" }));
    expect(outcome).toMatchObject({ kind: "refused", fault: { code: "rate-limited", retryAfterMs: 3_000 } });
  });

  test("where two tokens in a row are not accepted", async () => {
    const { outcome, platform } = await sendTo(status(401));
    expect(outcome).toMatchObject({ kind: "refused", fault: { code: "credentials" } });
    expect(platform.calls).toHaveLength(2);
  });

  test.each([
    ["refused", { status: 401, body: { error: "invalid_client" } }, "credentials"],
    ["not to be had", { status: 500, body: {} }, "server-error"],
  ])("where a token is %s: nothing was sent", async (_what, answer, code) => {
    const { platform, clock, replies } = await open();
    platform.answerTokens(answer);
    const sending = replies.send(TO, TEXT, "k", forever);
    if (answer.status === 500) {
      await clock.pass(250);
      await clock.pass(500);
    }
    await expect(sending).resolves.toMatchObject({ kind: "refused", fault: { code } });
    expect(platform.calls).toEqual([]);
  });

  test("where a 401 is followed by no new token, however that fails", async () => {
    const { platform, clock, replies } = await open();
    platform.on("POST", PATH, (_request, response) => {
      platform.answerTokens({ status: 503, body: {} });
      sendJson(response, 401, {});
    });
    const sending = replies.send(TO, TEXT, "k", forever);
    await clock.pass(250);
    await clock.pass(500);
    await expect(sending).resolves.toMatchObject({ kind: "refused", fault: { code: "server-error" } });
    expect(platform.calls).toHaveLength(1);
  });

  test("where nothing listens there", async () => {
    const gone = await serveHttp(() => {});
    await gone[Symbol.asyncDispose]();
    const { replies } = await open({ apiUrl: gone.url });
    await expect(replies.send(TO, TEXT, "k", forever)).resolves.toMatchObject({ kind: "refused", fault: { code: "network" } });
  });

  test("where the host has no name", async () => {
    const unknown = Object.assign(new Error("no such host"), { code: "ENOTFOUND", syscall: "getaddrinfo" });
    const { replies } = await open({ fetch: () => Promise.reject(new TypeError("fetch failed", { cause: unknown })) });
    await expect(replies.send(TO, TEXT, "k", forever)).resolves.toMatchObject({ kind: "refused", fault: { code: "network" } });
  });

  test("where it was given up before it was made", async () => {
    const { platform, replies } = await open();
    await expect(replies.send(TO, TEXT, "k", AbortSignal.abort())).resolves.toMatchObject({ kind: "refused", fault: { code: "aborted" } });
    expect(platform.calls).toEqual([]);
  });
});

describe("nobody knows whether a reply was taken", () => {
  test.each([408, 409, 500, 502, 503, 504, 302])("where %d is answered", async (code) => {
    const { outcome, platform } = await sendTo(status(code, {}, code === 302 ? { location: "https://elsewhere.example/" } : {}));
    expect(outcome).toMatchObject({ kind: "unknown", fault: { status: code } });
    expect(platform.calls).toHaveLength(1);
  });

  test("where the connection breaks after the request", async () => {
    const { outcome, platform } = await sendTo((_request, response) => {
      cut(response);
    });
    expect(outcome).toMatchObject({ kind: "unknown", fault: { code: "network" } });
    expect(platform.calls).toHaveLength(1);
  });

  test("where no answer comes within 5 s, or it is given up while it waits", async () => {
    const { platform, clock, replies } = await open();
    platform.on("POST", PATH, () => {});
    const slow = replies.send(TO, TEXT, "k", forever);
    await until(() => platform.calls.length === 1);
    await clock.pass(5_000);
    await expect(slow).resolves.toMatchObject({ kind: "unknown", fault: { code: "timeout" } });
    const controller = new AbortController();
    const unwanted = replies.send(TO, TEXT, "k", controller.signal);
    await until(() => platform.calls.length === 2);
    controller.abort();
    await expect(unwanted).resolves.toMatchObject({ kind: "unknown", fault: { code: "aborted" } });
    expect(clock.pending()).toBe(0);
  });

  test("where the second request, with the new token, breaks off", async () => {
    const { outcome, platform } = await sendTo((request, response) => {
      if (request.headers.authorization === "Bearer genesys-token-1") sendJson(response, 401, {});
      else cut(response);
    });
    expect(outcome).toMatchObject({ kind: "unknown", fault: { code: "network" } });
    expect(platform.calls).toHaveLength(2);
  });

  test("where an error is followed by more than is read", async () => {
    const { outcome } = await sendTo(status(500, { page: "x".repeat(1_200_000) }));
    expect(outcome).toMatchObject({ kind: "unknown", fault: { code: "reply-too-large" } });
  });
});

describe("showing that an answer is being written", () => {
  test("sends nothing but that", async () => {
    const { platform, replies } = await open();
    platform.on("POST", TYPING, status(204));
    await replies.typing(TO, forever);
    expect(platform.calls).toHaveLength(1);
    expect(platform.calls[0]).toMatchObject({ path: TYPING, body: "{}", headers: { authorization: "Bearer genesys-token-1" } });
  });

  test.each([404, 429, 500])("is not minded where it is refused with %d, and is not repeated", async (code) => {
    const { platform, replies } = await open();
    platform.on("POST", TYPING, status(code));
    await expect(replies.typing(TO, forever)).resolves.toBeUndefined();
    expect(platform.calls).toHaveLength(1);
  });

  test("is given up after 2 s", async () => {
    const { platform, clock, replies } = await open();
    platform.on("POST", TYPING, () => {});
    const typing = replies.typing(TO, forever);
    await until(() => platform.calls.length === 1);
    await clock.pass(2_000);
    await expect(typing).resolves.toBeUndefined();
    expect(clock.pending()).toBe(0);
  });
});
