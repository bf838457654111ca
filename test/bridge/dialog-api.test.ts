import { describe, expect, onTestFinished, test } from "vitest";
import { createAskBot, type Question } from "../../electron/bridge/dialog-api.ts";
import { describeFault } from "../../shared/fault-table.ts";
import { sendJson, serveHttp, type SeenRequest } from "../support/loopback-http.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const KEY = "cognigy-api-key-0123456789";
const WALL = Date.UTC(2026, 0, 5, 9);
const QUESTION: Question = { conversationId: "c1", text: "Where is my card?", key: "key-of-m1", at: WALL - 5_000 };
const forever = new AbortController().signal;
type Response = Parameters<Parameters<typeof serveHttp>[0]>[1];

async function botThat(answer: (response: Response, request: SeenRequest, number: number) => void) {
  const server = await serveHttp((request, response, number) => {
    answer(response, request, number);
  });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const clock = createWatchedClock(WALL);
  const ask = createAskBot({ fetch: globalThis.fetch, clock, random: () => 0.5, dialogUrl: `${server.url}/api/v2/dialogs/start`, dialogKey: KEY });
  return { server, clock, ask };
}

describe("asking the bot", () => {
  test("sends the contract's body, signed with the API key, and gives the answer and how long it took", async () => {
    const { server, clock, ask } = await botThat((response) => {
      void (async () => {
        await clock.advance(120);
        sendJson(response, 200, { response: "It is on its way." });
      })();
    });
    await expect(ask(QUESTION, forever)).resolves.toEqual({ ok: true, value: { text: "It is on its way.", ms: 120 } });
    const [request] = server.requests;
    expect([request?.method, request?.path]).toEqual(["POST", "/api/v2/dialogs/start"]);
    expect(request?.headers).toMatchObject({ authorization: `Bearer ${KEY}`, "idempotency-key": "key-of-m1", "content-type": "application/json" });
    expect(JSON.parse(request?.body ?? "")).toEqual({
      userId: "c1",
      message: "Where is my card?",
      context: { source: "genesys-cloud", timestamp: "2026-01-05T08:59:55.000Z" },
    });
  });

  test("again about the same message sends the same bytes, whatever the time", async () => {
    const { server, clock, ask } = await botThat((response, _request, number) => {
      sendJson(response, number === 0 ? 500 : 200, { response: "Yes." });
    });
    await ask(QUESTION, forever);
    await clock.advance(60_000);
    await ask(QUESTION, forever);
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]?.body).toBe(server.requests[0]?.body);
    expect(server.requests[1]?.headers["idempotency-key"]).toBe(server.requests[0]?.headers["idempotency-key"]);
  });

  test("says now where the message's time is not given", async () => {
    const { server, ask } = await botThat((response) => {
      sendJson(response, 200, { response: "Yes." });
    });
    await ask({ conversationId: "c1", text: "x", key: "k" }, forever);
    expect(server.requests[0]?.body).toContain("2026-01-05T09:00:00.000Z");
  });
});

describe("an answer", () => {
  test.each([
    ["<b>Yes</b>\u0000,\r\n\u0085it is.\ud800", "<b>Yes</b>,\nit is."],
    ["  Yes. ", "  Yes. "],
    ["y".repeat(10_000), "y".repeat(10_000)],
  ])("%# is cleaned, and nothing of it is cut", async (response, text) => {
    const { ask } = await botThat((reply) => {
      sendJson(reply, 200, { response, more: { of: "it" } });
    });
    await expect(ask(QUESTION, forever)).resolves.toMatchObject({ ok: true, value: { text } });
  });

  test.each([
    [{}, "response is missing"],
    [{ text: "Yes." }, "response is missing"],
    [{ response: null }, "response is null"],
    [{ response: "" }, "response is empty"],
    [{ response: " \u0000\n" }, "response is empty"],
    [{ response: ["Yes."] }, "response is an array"],
    [{ response: { text: "Yes." } }, "response is an object"],
    [{ response: 42 }, "response is a number"],
    [{ response: false }, "response is a boolean"],
    [{ response: "y".repeat(10_001) }, "the answer is too long: 10001 characters, up to 10000 are allowed"],
    [{ response: "y".repeat(1_100_000) }, "the answer is too long"],
  ])("of %.60j is none", async (body, found) => {
    const { server, ask } = await botThat((response) => {
      sendJson(response, 200, body);
    });
    const result = await ask(QUESTION, forever);
    expect(result).toMatchObject({ ok: false, error: { kind: "contract", code: "no-answer", detail: expect.stringContaining(found) } });
    expect(JSON.stringify(result)).not.toContain("Yes.");
    expect(server.requests).toHaveLength(1);
  });

  test("of nothing at all is none", async () => {
    const { ask } = await botThat((response) => {
      response.writeHead(204).end();
    });
    await expect(ask(QUESTION, forever)).resolves.toMatchObject({ ok: false, error: { code: "no-answer", detail: expect.stringContaining("the reply is empty") } });
  });

  test.each(["[]", '"Yes."', "null"])("of %s is no reply of the bot's", async (body) => {
    const { ask } = await botThat((response) => {
      response.writeHead(200, { "content-type": "application/json" }).end(body);
    });
    await expect(ask(QUESTION, forever)).resolves.toMatchObject({ ok: false, error: { kind: "contract", code: "malformed-reply" } });
  });

  test.each(["<html>Bad gateway</html>", '{"response": "cut'])("that is no JSON (%s) is of something between, and may be asked for again", async (body) => {
    const { ask } = await botThat((response) => {
      response.writeHead(200).end(body);
    });
    await expect(ask(QUESTION, forever)).resolves.toMatchObject({ ok: false, error: { kind: "transport", code: "malformed-reply" } });
  });
});

describe("a question that fails", () => {
  test.each([
    [401, "credentials", "refused"],
    [403, "forbidden", "refused"],
  ])("with %d is a refusal that names the API key and does not show it", async (status, code, kind) => {
    const { server, ask } = await botThat((response) => {
      sendJson(response, status, { error: `no such key: ${KEY}` });
    });
    const result = await ask(QUESTION, forever);
    expect(result).toMatchObject({ ok: false, error: { code, kind, status } });
    if (result.ok) return;
    expect(describeFault(result.error).cause).toContain("API key");
    expect(JSON.stringify(result.error)).not.toContain(KEY);
    expect(server.requests).toHaveLength(1);
  });

  test.each([
    [400, "bad-request"],
    [404, "not-found"],
    [500, "server-error"],
    [503, "server-error"],
  ])("with %d is asked once", async (status, code) => {
    const { server, ask } = await botThat((response) => {
      sendJson(response, status, { message: QUESTION.text });
    });
    const result = await ask(QUESTION, forever);
    expect(result).toMatchObject({ ok: false, error: { code, status } });
    expect(JSON.stringify(result)).not.toContain(QUESTION.text);
    expect(server.requests).toHaveLength(1);
  });

  test("with 429 says how long the bot wants to be left alone", async () => {
    const { ask } = await botThat((response) => {
      sendJson(response, 429, {}, { "retry-after": "12" });
    });
    await expect(ask(QUESTION, forever)).resolves.toMatchObject({ ok: false, error: { code: "rate-limited", retryAfterMs: 12_000 } });
  });

  test("ends after 5 s, and where it is no longer wanted", async () => {
    const { server, clock, ask } = await botThat(() => {});
    const slow = ask(QUESTION, forever);
    await until(() => server.requests.length === 1);
    await clock.pass(5_000);
    await expect(slow).resolves.toMatchObject({ ok: false, error: { code: "timeout" } });
    const controller = new AbortController();
    const unwanted = ask(QUESTION, controller.signal);
    await until(() => server.requests.length === 2);
    controller.abort();
    await expect(unwanted).resolves.toMatchObject({ ok: false, error: { code: "aborted" } });
    expect(clock.pending()).toBe(0);
  });

  test("breaks off with the connection", async () => {
    const { ask } = await botThat((response) => {
      response.socket?.destroy();
    });
    await expect(ask(QUESTION, forever)).resolves.toMatchObject({ ok: false, error: { code: "network" } });
  });
});
