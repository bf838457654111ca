import { describe, expect, test } from "vitest";
import { until } from "../support/until.ts";
import {
  answer,
  askGenesysToken,
  AUDIENCE,
  callGenesys,
  dialEvents,
  expectHealthy,
  genesysToken,
  subscribeEvents,
  subscription,
  written,
} from "./genesys-client.ts";
import { askToken, practice } from "./sandbox-client.ts";

describe("token", () => {
  test("is issued for credentials in the form, without a scope being asked for", async () => {
    const { sandbox } = await practice();
    await using _ = sandbox;
    const { status, body } = await askGenesysToken(sandbox);
    expect(status).toBe(200);
    expect(body).toMatchObject({ access_token: expect.stringMatching(/^eyJ/) as unknown, token_type: "Bearer", expires_in: 3_600, scope: "platform:agent:view" });
    expect(sandbox.stats().genesysTokenRequests).toBe(1);
  });

  test("is issued for credentials in HTTP Basic", async () => {
    const { sandbox } = await practice();
    await using _ = sandbox;
    const { GENESYS_CLIENT_ID: id, GENESYS_CLIENT_SECRET: secret } = sandbox.env();
    const basic = (text: string): Record<string, string> => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
    const form = { client_id: null, client_secret: null };
    expect((await askGenesysToken(sandbox, form, basic(`${id}:${secret}`))).status).toBe(200);
    expect((await askGenesysToken(sandbox, form, basic(`${encodeURIComponent(id)}:${secret}`))).status).toBe(200);
    expect((await askGenesysToken(sandbox, form, basic(`${id}:guessed`))).status).toBe(401);
    expect((await askGenesysToken(sandbox, {}, basic(`${id}:guessed`))).status).toBe(401);
    expect((await askGenesysToken(sandbox, form)).status).toBe(401);
  });

  test.each([
    [null, "audience: found none"],
    ["", 'audience: found ""'],
    ["https://api.mypurecloud.de/practice-organisation", 'audience: found "https://api.mypurecloud.de/practice-organisation"'],
    [`${AUDIENCE}-2`, "allowed: https://api.mypurecloud.com/practice-organisation"],
  ])("an audience of %o is refused with what is allowed", async (audience, words) => {
    const { sandbox } = await practice();
    await using _ = sandbox;
    const refused = await askGenesysToken(sandbox, { audience });
    expect(refused.status).toBe(400);
    expect(refused.body["error"]).toBe("invalid_request");
    expect(refused.body["error_description"]).toContain(words);
    // A stranger does not learn what the audience would be.
    const stranger = await askGenesysToken(sandbox, { audience, client_secret: "guessed" });
    expect([stranger.status, JSON.stringify(stranger.body).includes("mypurecloud")]).toEqual([401, false]);
  });

  test("of another system is not taken, nor is its client", async () => {
    const { sandbox } = await practice();
    await using _ = sandbox;
    const foreign = String((await askToken(sandbox)).body["access_token"]);
    await expect(dialEvents(sandbox, foreign)).rejects.toThrow("HTTP 401");
    expect((await callGenesys(sandbox, "any", undefined, foreign)).status).toBe(401);
    const { COGNIGY_CLIENT_ID, COGNIGY_CLIENT_SECRET } = sandbox.env();
    expect((await askGenesysToken(sandbox, { client_id: COGNIGY_CLIENT_ID, client_secret: COGNIGY_CLIENT_SECRET })).status).toBe(401);
  });

  test("without its scope is refused by the socket and the API with the scope's name", async () => {
    const { sandbox } = await practice({ faults: [{ name: "missing-scope", value: "platform:agent:view" }] });
    await using _ = sandbox;
    await expect(dialEvents(sandbox)).rejects.toThrow("HTTP 403");
    const refused = await callGenesys(sandbox, "any");
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({ message: "token lacks scope platform:agent:view", code: "missing.permissions", status: 403 });
  });

  test("that ends closes the socket with 4401, at its time or when all are made to end", async () => {
    const { sandbox, clock } = await practice();
    await using _ = sandbox;
    await using early = await subscribeEvents(sandbox);
    await clock.advance(10_000);
    await using late = await subscribeEvents(sandbox);
    await clock.advance(3_589_000);
    await early.heard();
    await clock.advance(1_000);
    expect(await early.closed).toEqual({ code: 4401, reason: "token unknown or expired" });
    await late.heard();
    sandbox.setFault("expired-tokens", "now");
    expect((await late.closed).code).toBe(4401);
    await expectHealthy(sandbox);
  });

  test("leaves no timer behind when its socket has gone", async () => {
    const { sandbox, clock } = await practice();
    await using _ = sandbox;
    const before = clock.pending();
    const client = await dialEvents(sandbox);
    expect(clock.pending()).toBe(before + 1);
    await client[Symbol.asyncDispose]();
    await until(() => clock.pending() === before, "the timer is called off");
  });
});

describe("subscription", () => {
  test("is answered with the number after which events come, and nothing comes before it", async () => {
    const { sandbox } = await practice({ chats: 0 });
    await using _ = sandbox;
    sandbox.chat({ text: "before anybody listens" });
    await using client = await dialEvents(sandbox);
    sandbox.chat({ text: "before the subscription" });
    await client.heard();
    expect(client.frames).toEqual([]);
    client.send(subscription());
    await client.heard();
    expect(client.frames).toEqual([{ sequenceId: 1_002 }]);
    sandbox.chat({ text: "after it" });
    await client.heard();
    expect([client.numbers(), client.bodies()]).toEqual([[1_003], ["after it"]]);
    expect(sandbox.stats()).toMatchObject({ subscriptions: 1, resumes: 0, lastResumePoint: null, eventsSent: 1, lastSequenceId: 1_003 });
  });

  test("with a number is followed by what came after it, in order and once", async () => {
    const { sandbox } = await practice({ chats: 0 });
    await using _ = sandbox;
    for (let line = 1; line <= 6; line += 1) sandbox.chat({ text: `line ${String(line)}` });
    await using client = await subscribeEvents(sandbox, 1_004);
    sandbox.chat({ text: "line 7" });
    await client.heard();
    expect(client.frames[0]).toEqual({ sequenceId: 1_004 });
    expect(client.bodies()).toEqual(["line 5", "line 6", "line 7"]);
    expect(client.numbers()).toEqual([1_005, 1_006, 1_007]);
    expect(sandbox.stats()).toMatchObject({ subscriptions: 1, resumes: 1, lastResumePoint: 1_004 });
    await using current = await subscribeEvents(sandbox, 1_007);
    expect(current.frames).toEqual([{ sequenceId: 1_007 }]);
  });

  test("with a number that is no longer kept begins where the kept events do", async () => {
    const { sandbox } = await practice({ chats: 0 });
    await using _ = sandbox;
    for (let line = 1; line <= 20_003; line += 1) sandbox.chat({ text: String(line) });
    await using client = await subscribeEvents(sandbox, 1_500);
    expect(client.frames[0]).toEqual({ sequenceId: 11_003 });
    expect(client.numbers()).toHaveLength(10_000);
    expect(client.numbers()[0]).toBe(11_004);
    expect(client.bodies()[0]).toBe("10004");
    expect(client.bodies().at(-1)).toBe("20003");
  });

  test("with a number that was never given is followed by all that is kept", async () => {
    const { sandbox } = await practice({ chats: 0 });
    await using _ = sandbox;
    sandbox.chat({ text: "one" });
    sandbox.chat({ text: "two" });
    await using client = await subscribeEvents(sandbox, 77_000);
    expect(client.frames[0]).toEqual({ sequenceId: 1_000 });
    expect(client.bodies()).toEqual(["one", "two"]);
  });

  test.each([
    ["a frame that is no JSON", "subscribe please", "not valid JSON"],
    ["other events", subscription({ events: ["message", "typing"] }), "events"],
    ["no filter", { events: ["message"] }, "filter"],
    ["another type", subscription({ filter: { type: "call", status: ["ACTIVE"] } }), "filter"],
    ["another status", subscription({ filter: { type: "chat", status: ["ENDED"] } }), "filter"],
    ["a key too many", subscription({ extra: 1 }), "extra"],
    ["a number as text", subscription({ sequenceId: "1002" }), "sequenceId"],
    ["a number below zero", subscription({ sequenceId: -1 }), "sequenceId"],
  ])("with %s gets an error frame and no event, and can be repeated", async (_what, frame, words) => {
    const { sandbox } = await practice({ chats: 0 });
    await using _ = sandbox;
    await using client = await dialEvents(sandbox);
    client.send(frame);
    await client.heard();
    sandbox.chat({ text: "is not heard" });
    await client.heard();
    expect(client.frames).toEqual([{ eventType: "error", eventData: { code: "invalid.subscription", status: 400, message: expect.stringContaining(words) as unknown } }]);
    client.send(subscription());
    await client.heard();
    expect(client.frames[1]).toEqual({ sequenceId: 1_001 });
    expect(sandbox.stats()).toMatchObject({ subscriptions: 1, subscriptionsRefused: 1 });
  });
});

describe("events", () => {
  test("say whose message it is, where, when and in which direction; replies and other agents' lines are events too", async () => {
    const { sandbox, clock } = await practice({ chats: 0 });
    await using _ = sandbox;
    await using client = await subscribeEvents(sandbox);
    const asked = sandbox.chat({ conversationId: "c-1", text: "My card is blocked", customerName: "Ada Test" });
    await clock.advance(1_500);
    const replied = await answer(sandbox, "c-1", "I am sorry");
    const agent = sandbox.chat({ conversationId: "c-1", text: "Let me see", speaker: "agent" });
    sandbox.chat({ conversationId: "c-2", text: "Nobody's", agentId: null });
    sandbox.chat({ conversationId: "c-3", text: "Somebody else's", agentId: "agent-elsewhere" });
    await client.heard();
    const communicationId = sandbox.conversations()[0]?.communicationId;
    const common = { conversationId: "c-1", communicationId, agentId: "practice-agent", customerName: "Ada Test" };
    expect(client.events().slice(0, 3)).toEqual([
      { eventType: "message", sequenceId: 1_001, eventData: { ...common, id: asked.messageId, body: "My card is blocked", direction: "inbound", eventTime: "2026-01-05T09:00:00.000Z" } },
      { eventType: "message", sequenceId: 1_002, eventData: { ...common, id: replied.body["id"], body: "I am sorry", direction: "outbound", eventTime: "2026-01-05T09:00:01.500Z" } },
      { eventType: "message", sequenceId: 1_003, eventData: { ...common, id: agent.messageId, body: "Let me see", direction: "outbound", eventTime: "2026-01-05T09:00:01.500Z" } },
    ]);
    expect(client.events().slice(3).map((event) => event.eventData["agentId"])).toEqual([undefined, "agent-elsewhere"]);
    expect(sandbox.config().bridge.agentId).toBe("practice-agent");
  });

  test("reach every subscriber", async () => {
    const { sandbox } = await practice({ chats: 0 });
    await using _ = sandbox;
    await using one = await subscribeEvents(sandbox);
    await using other = await subscribeEvents(sandbox);
    sandbox.chat({ text: "both hear it" });
    await one.heard();
    await other.heard();
    expect([one.bodies(), other.bodies()]).toEqual([["both hear it"], ["both hear it"]]);
  });

  test("of two starts have different ids", async () => {
    const ids: string[] = [];
    for (const number of [0.2, 0.7]) {
      const { sandbox } = await practice({ random: () => number });
      await using _ = sandbox;
      const { conversationId, messageId } = sandbox.chat({ text: "hello" });
      ids.push(conversationId, messageId);
    }
    expect(new Set(ids).size).toBe(4);
  });
});

describe("conversations", () => {
  test("a reply is there, under the communication's id or the conversation's, as often as it is sent", async () => {
    const { sandbox } = await practice({ chats: 0 });
    await using _ = sandbox;
    sandbox.chat({ conversationId: "c 1/2", text: "hello" });
    const path = encodeURIComponent("c 1/2");
    const communicationId = String(sandbox.conversations()[0]?.communicationId);
    const first = await callGenesys(sandbox, `${path}/communications/${communicationId}/messages`, { textBody: "Good day" });
    const second = await answer(sandbox, path, "Good day");
    expect(first).toMatchObject({ status: 200, body: { id: expect.any(String) as unknown, textBody: "Good day", direction: "outbound" } });
    expect(second.body["id"]).not.toBe(first.body["id"]);
    expect(written(sandbox)).toEqual([
      ["customer", "hello"],
      ["reply", "Good day"],
      ["reply", "Good day"],
    ]);
    expect(sandbox.stats()).toMatchObject({ replyRequests: 2, repliesTaken: 2, customerMessages: 1 });
  });

  test("are read back: messages by reference, with their times, then one by one", async () => {
    const { sandbox, clock } = await practice({ chats: 0 });
    await using _ = sandbox;
    const asked = sandbox.chat({ conversationId: "c-1", text: "hello" });
    await clock.advance(250);
    const replied = String((await answer(sandbox, "c-1", "Good day")).body["id"]);
    const { body } = await callGenesys(sandbox, "c-1");
    expect(body["participants"]).toEqual([
      { id: "c-1-customer", purpose: "customer", name: "Practice customer", messages: [{ messageId: asked.messageId, messageTime: "2026-01-05T09:00:00.000Z" }] },
      { id: "c-1-agent", purpose: "agent", userId: "practice-agent", messages: [{ messageId: replied, messageTime: "2026-01-05T09:00:00.250Z" }] },
    ]);
    expect((await callGenesys(sandbox, `c-1/messages/${replied}`)).body).toEqual({
      id: replied,
      conversationId: "c-1",
      textBody: "Good day",
      direction: "outbound",
      timestamp: "2026-01-05T09:00:00.250Z",
    });
    expect(sandbox.stats().readBackRequests).toBe(2);
  });

  test("show that somebody is writing", async () => {
    const { sandbox } = await practice({ chats: 0 });
    await using _ = sandbox;
    sandbox.chat({ conversationId: "c-1", text: "hello" });
    expect(await callGenesys(sandbox, "c-1/communications/c-1/typing", {})).toMatchObject({ status: 204, body: {} });
    expect(sandbox.conversations()[0]?.typings).toBe(1);
    expect(sandbox.stats().typingRequests).toBe(1);
  });

  test.each([
    ["nowhere/communications/nowhere/messages", { textBody: "x" }, 404, "not.found", "conversation"],
    ["c-1/communications/elsewhere/messages", { textBody: "x" }, 404, "not.found", "communication"],
    ["c-1/communications/elsewhere/typing", {}, 404, "not.found", "communication"],
    ["c-1/communications/c-1/messages", {}, 400, "bad.request", "textBody"],
    ["c-1/communications/c-1/messages", { textBody: "" }, 400, "bad.request", "textBody"],
    ["c-1/communications/c-1/messages", { textBody: 7 }, 400, "bad.request", "textBody"],
    ["nowhere", undefined, 404, "not.found", "conversation"],
    ["c-1/messages/nothing", undefined, 404, "not.found", "message"],
  ])("%s with %o: %i, in the platform's form", async (path, body, status, code, words) => {
    const { sandbox } = await practice({ chats: 0 });
    await using _ = sandbox;
    sandbox.chat({ conversationId: "c-1", text: "hello" });
    const refused = await callGenesys(sandbox, path, body);
    expect(refused.status).toBe(status);
    expect(refused.body).toEqual({ message: expect.stringContaining(words) as unknown, code, status });
    expect(written(sandbox)).toHaveLength(1);
  });

  test("want a token", async () => {
    const { sandbox } = await practice({ chats: 0 });
    await using _ = sandbox;
    sandbox.chat({ conversationId: "c-1", text: "hello" });
    for (const [path, body] of [["c-1"], ["c-1/messages/x"], ["c-1/communications/c-1/messages", { textBody: "x" }], ["c-1/communications/c-1/typing", {}]] as const) {
      expect(await callGenesys(sandbox, path, body, "made-up")).toMatchObject({ status: 401, body: { code: "bad.credentials", status: 401 } });
    }
    const token = await genesysToken(sandbox);
    expect((await callGenesys(sandbox, "c-1", undefined, token)).status).toBe(200);
    sandbox.setFault("expired-tokens", "now");
    expect((await callGenesys(sandbox, "c-1", undefined, token)).status).toBe(401);
  });
});
