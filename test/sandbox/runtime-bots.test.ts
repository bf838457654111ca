import { expect, test } from "vitest";
import { matchPath } from "../../electron/sandbox/routes.ts";
import { tunnelSection } from "../../electron/config/tunnel-section.ts";
import { getApi, openTunnel, runtimeToken, sessionsOf } from "./runtime-client.ts";
import { practice } from "./sandbox-client.ts";

test("a bot and its sessions, by its id, also where that has slashes and spaces", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  const odd = "sales/practice bot";
  expect((await getApi(sandbox, `/bots/${encodeURIComponent(odd)}`)).body).toMatchObject({ id: odd, status: "active" });
  await using one = await openTunnel(sandbox, { botId: odd });
  await using two = await openTunnel(sandbox, { channel: "voice" });
  const startedAt = new Date(clock.now()).toISOString();
  expect(await sessionsOf(sandbox, odd)).toEqual([{ id: "session-1", channel: "webchat", startedAt }]);
  expect(await sessionsOf(sandbox)).toEqual([{ id: "session-2", channel: "voice", startedAt }]);
  expect([one.frames.length, two.frames.length]).toEqual([1, 1]);
});

test.each([
  ["/bots/nobody", 404, "no bot"],
  ["/bots/nobody/sessions", 404, "no bot"],
  ["/bots/foreign-bot", 403, "another tenant"],
  ["/bots/foreign-bot/sessions", 403, "another tenant"],
  ["/bots/constructor", 404, "no bot"],
  ["/bots/sales/practice%20bot", 404, "nothing is served"],
  ["/bots/%E0%A4%A", 404, "nothing is served"],
  ["/bots/", 404, "nothing is served"],
  ["/bots//sessions", 404, "nothing is served"],
  ["/bots/practice-bot/", 404, "nothing is served"],
  ["/bots/practice-bot/session", 404, "nothing is served"],
])("%s is answered with %i", async (path, status, words) => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const refused = await getApi(sandbox, path);
  expect(refused.status).toBe(status);
  expect(refused.body["message"]).toContain(words);
});

test("both pages want a token with bot:read and take GET only; a query is let be", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const { apiUrl } = sandbox.config().tunnel;
  const narrow = await runtimeToken(sandbox, { scope: "runtime:execute" });
  for (const path of ["/bots/practice-bot", "/bots/practice-bot/sessions"]) {
    expect((await fetch(`${apiUrl}${path}`)).status).toBe(401);
    expect((await getApi(sandbox, path, "eyJmYWtl.eyJmYWtl.c2ln")).status).toBe(401);
    const refused = await getApi(sandbox, path, narrow);
    expect([refused.status, refused.body["message"]]).toEqual([403, "token lacks scope bot:read"]);
    const posted = await fetch(`${apiUrl}${path}`, { method: "POST" });
    expect([posted.status, posted.headers.get("allow")]).toEqual([405, "GET"]);
    expect((await getApi(sandbox, `${path}?expand=all`)).status).toBe(200);
  }
});

test("the configuration that it hands out is one that the program takes", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const read = tunnelSection.safeParse(sandbox.config().tunnel);
  expect(read.success).toBe(true);
  expect(sandbox.config().tunnel).toEqual({
    tenant: "practice",
    botId: "practice-bot",
    tokenUrl: `${sandbox.url}/oauth/token`,
    apiUrl: `${sandbox.url}/api/v1`,
    socketUrl: `${sandbox.url.replace("http:", "ws:")}/runtime`,
  });
});

test.each([
  ["/a/b", "/a/b", []],
  ["/a/b", "/a/b/", null],
  ["/a/b", "/a", null],
  ["/a/{one}", "/a/x%2Fy", ["x/y"]],
  ["/a/{one}", "/a/x/y", null],
  ["/a/{one}", "/a/", null],
  ["/a/{one}", "/a/%", null],
  ["/{one}/b/{two}", "/1/b/2", ["1", "2"]],
  ["/a/{one}", "/a/{one}", ["{one}"]],
] as const)("the path %s against %s", (pattern, path, ids) => {
  expect(matchPath(pattern, path)).toEqual(ids);
});
