import { afterEach, describe, expect, test } from "vitest";
import { jwtOf, openWatched, startRuntime, type Answer } from "../support/scripted-runtime.ts";
import { until } from "../support/until.ts";

const closing: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of closing.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

const active: Answer = { body: { status: "active", channels: ["webchat", "voice"] } };

async function check(bot: Answer | "hang", sessions: Answer | "hang" = { body: { items: [] } }, botId = "bot_1") {
  const server = await startRuntime({ bot: () => bot, sessions: () => sessions });
  closing.push(server);
  const one = await openWatched(server.platform({ botId, maxConcurrent: 3 }));
  closing.push(one.tunnel);
  return { server, one };
}

describe("the bot check (contract 1.1)", () => {
  test.each<[string, Answer, Answer | undefined, string, RegExp]>([
    ["a bot that is not active", { body: { status: "paused", channels: ["webchat"] } }, undefined, "bot-inactive", /bot "bot_1" has the status "paused"/],
    ["a channel that is not there", { body: { status: "active", channels: ["voice", "sms"] } }, undefined, "channel-missing", /does not serve "webchat"; its channels: "voice", "sms"/],
    ["no channel at all", { body: { status: "active", channels: [] } }, undefined, "channel-missing", /its channels: none/],
    ["as many sessions as allowed", active, { body: { items: [1, 2, 3] } }, "session-limit", /has 3 sessions open, allowed: 3/],
    ["a reply without channels", { body: { status: "active" } }, undefined, "malformed-reply", /channels/],
    ["a reply without items", active, { body: {} }, "malformed-reply", /items/],
    ["a bad request", { status: 400, body: { message: "botId is wrong" } }, undefined, "bad-request", /answered 400: botId is wrong/],
  ])("%s: the tunnel waits and says which", async (_name, bot, sessions, code, detail) => {
    const { one } = await check(bot, sessions);
    await one.is("reconnecting");
    expect(one.state()).toMatchObject({ kind: "reconnecting", fault: { code, detail: expect.stringMatching(detail) } });
  });

  test.each<[string, Answer, Answer | undefined, string, RegExp]>([
    ["401, with a new token too", { status: 401 }, undefined, "credentials", /answered 401/],
    ["403 that speaks of a scope", { status: 403, body: { message: "scope bot:read required" } }, undefined, "missing-scope", /scope bot:read required; it takes the scope bot:read/],
    ["403 for another tenant's bot", { status: 403, body: { error: "no access" } }, undefined, "forbidden", /no access; it takes the scope bot:read, and bot "bot_1" must belong to the client's tenant/],
    ["404", { status: 404 }, undefined, "not-found", /there is no bot "bot_1"/],
    ["404 for its sessions only", active, { status: 404 }, "not-found", /sessions answered 404; bot "bot_1" is there, its list of sessions is not/],
    ["403 for its sessions only", active, { status: 403 }, "forbidden", /sessions answered 403/],
  ])("%s: the tunnel is refused for good", async (_name, bot, sessions, code, detail) => {
    const { one } = await check(bot, sessions);
    await one.is("rejected");
    expect(one.state()).toMatchObject({ kind: "rejected", fault: { code, detail: expect.stringMatching(detail) } });
  });

  test("both questions are asked at once", async () => {
    const { server, one } = await check("hang", "hang");
    await until(() => server.requests.length === 3);
    expect(one.state().kind).toBe("validating");
  });

  test("what the bot says of itself counts before what is wrong with its sessions", async () => {
    const { one } = await check({ body: { status: "paused", channels: [] } }, { status: 404 });
    await one.is("reconnecting");
    expect(one.state()).toMatchObject({ fault: { code: "bot-inactive" } });
  });

  test("an id with slashes is one id and leads to no other address", async () => {
    const { server, one } = await check(active, undefined, "../tenants/x?y#z");
    await one.is("connected");
    expect(server.requests.filter((request) => request.startsWith("GET")).map((request) => request.split(" ")[1] ?? "").toSorted()).toEqual([
      "/api/v1/bots/..%2Ftenants%2Fx%3Fy%23z",
      "/api/v1/bots/..%2Ftenants%2Fx%3Fy%23z/sessions",
    ]);
    expect(server.frames[0]?.frame["botId"]).toBe("../tenants/x?y#z");
  });

  test("words that quote the token do not carry it on", async () => {
    const { one } = await check({ status: 403, body: { message: `not for ${jwtOf(0)}` } });
    await one.is("rejected");
    expect(JSON.stringify(one.states)).toContain("not for [token]");
    expect(JSON.stringify(one.states)).not.toContain(jwtOf(0));
  });

  test.each<[string, Answer]>([
    ["a long refusal, which is cut in the middle of it", { status: 403, body: { message: `not for ${jwtOf(0)}${"x".repeat(400)}` } }],
    ["its status", { body: { status: jwtOf(0), channels: [] } }],
    ["a channel", { body: { status: "active", channels: [`${jwtOf(0)}${"x".repeat(400)}`] } }],
  ])("a token in %s is withheld", async (_name, bot) => {
    const { one } = await check(bot);
    await until(() => one.state().kind === "rejected" || one.state().kind === "reconnecting");
    expect(JSON.stringify(one.states)).toContain("[token]");
    expect(JSON.stringify(one.states)).not.toContain("eyJ");
  });
});
