import { expect, test } from "vitest";
import { askBot } from "./genesys-client.ts";
import { practice } from "./sandbox-client.ts";

test("the bot answers, and keeps a dialogue per user", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  expect((await askBot(sandbox, { userId: "a", message: "my shop card is blocked" })).body).toEqual({
    response: "I am sorry that your shop card was declined. What are its last four digits?",
  });
  expect(String((await askBot(sandbox, { userId: "a", message: "it ends in 4417" })).body["response"])).toContain("card ending in 4417");
  expect(String((await askBot(sandbox, { userId: "b", message: "it ends in 4417" })).body["response"])).not.toContain("4417");
  expect(sandbox.stats()).toMatchObject({ dialogRequests: 3, dialogTurns: 3 });
});

test("asked twice with the same key, it says the same, and the dialogue does not go on", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const key = { "idempotency-key": "message-1" };
  await askBot(sandbox, { message: "my shop card is blocked" });
  const first = await askBot(sandbox, { message: "it ends in 4417" }, key);
  const second = await askBot(sandbox, { message: "it ends in 4417" }, key);
  expect(second.body).toEqual(first.body);
  expect(sandbox.stats()).toMatchObject({ dialogRequests: 3, dialogTurns: 2 });
  const next = await askBot(sandbox, { message: "830215" }, { "idempotency-key": "message-2" });
  expect(String(next.body["response"])).toContain("it works again");
});

test.each([
  ["", 401],
  ["Bearer guessed", 401],
  ["Basic guessed", 401],
])("the key %o is refused", async (authorization, status) => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const refused = await askBot(sandbox, {}, { authorization });
  expect(refused.status).toBe(status);
  expect(JSON.stringify(refused.body)).not.toContain(sandbox.env().COGNIGY_API_KEY);
});

test.each([
  [{ userId: "" }, "userId"],
  [{ userId: 7 }, "userId"],
  [{ message: "" }, "message"],
  [{ message: { text: "hello" } }, "message"],
  [{ context: undefined }, "context"],
  [{ context: { source: "genesys-cloud", timestamp: "yesterday" } }, "timestamp"],
  [{ context: { timestamp: "2026-01-05T09:00:00.000Z" } }, "source"],
])("%o is refused with what is wrong", async (change, named) => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const refused = await askBot(sandbox, change);
  expect(refused.status).toBe(400);
  expect(refused.body["message"]).toContain(named);
  expect(sandbox.stats().dialogTurns).toBe(0);
});
