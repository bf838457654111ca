import { expect, test } from "vitest";
import { subscribeEvents } from "./genesys-client.ts";
import { post, practice } from "./sandbox-client.ts";

test("a line is written into a conversation, and becomes an event at once", async () => {
  const { sandbox } = await practice({ chats: 0 });
  await using _ = sandbox;
  await using client = await subscribeEvents(sandbox);
  const first = await post(sandbox, "/sandbox/chat", { text: "My card is blocked", customerName: "Ada Test" });
  expect(first.status).toBe(200);
  // Into the latest one that goes on, unless one is named.
  const second = await post(sandbox, "/sandbox/chat", { text: "Let me see", speaker: "agent" });
  expect(second.body["conversationId"]).toBe(first.body["conversationId"]);
  await post(sandbox, "/sandbox/chat", { text: "A call for nobody", conversationId: "c-9", agentId: null });
  await client.heard();
  expect(client.events().map(({ eventData }) => [eventData["conversationId"], eventData["body"], eventData["direction"], eventData["agentId"]])).toEqual([
    [first.body["conversationId"], "My card is blocked", "inbound", "practice-agent"],
    [first.body["conversationId"], "Let me see", "outbound", "practice-agent"],
    ["c-9", "A call for nobody", "inbound", undefined],
  ]);
});

test("conversations tell who wrote what and when", async () => {
  const { sandbox, clock } = await practice({ chats: 0 });
  await using _ = sandbox;
  const { conversationId, messageId } = sandbox.chat({ text: "hello", customerName: "Ada Test" });
  await clock.advance(1_000);
  const reply = sandbox.chat({ text: "Good day", speaker: "agent" });
  const listed = (await (await fetch(`${sandbox.url}/sandbox/conversations`)).json()) as unknown;
  expect(listed).toEqual(sandbox.conversations());
  expect(listed).toEqual([
    {
      conversationId,
      communicationId: expect.stringMatching(/^comm-/) as unknown,
      agentId: "practice-agent",
      customerName: "Ada Test",
      status: "active",
      typings: 0,
      messages: [
        { id: messageId, author: "customer", text: "hello", at: "2026-01-05T09:00:00.000Z" },
        { id: reply.messageId, author: "agent", text: "Good day", at: "2026-01-05T09:00:01.000Z" },
      ],
    },
  ]);
});

test.each([
  ["{", "not valid JSON"],
  ["{}", "text"],
  ['{"text":""}', "text"],
  ['{"text":"x","speaker":"robot"}', "speaker"],
  ['{"text":"x","conversationId":7}', "conversationId"],
  ['{"text":"x","volume":11}', "volume"],
])("%s is refused with what is wrong", async (body, named) => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const refused = await post(sandbox, "/sandbox/chat", body);
  expect(refused.status).toBe(400);
  expect(refused.body["message"]).toContain(named);
  expect(sandbox.conversations()).toEqual([]);
});

test("a web page's simple request cannot write", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  expect((await post(sandbox, "/sandbox/chat", '{"text":"hello"}', { "content-type": "text/plain" })).status).toBe(400);
  expect(sandbox.conversations()).toEqual([]);
});
