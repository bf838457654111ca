import { describe, expect, test } from "vitest";
import { askIntegrationToken, hook, hooks, integrationToken, register, registered } from "./integration-client.ts";
import { simulateToken } from "./simulate-client.ts";
import { practice } from "./sandbox-client.ts";

type Changeable = Record<string, unknown>;

describe("the tenant's registry", () => {
  test("gives an id, keeps what was registered, and says when that was", async () => {
    const { sandbox, clock } = await practice();
    await using _ = sandbox;
    const { definition } = sandbox.exampleIntegration();
    const made = await register(sandbox, definition);
    expect(made.status).toBe(201);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^int_[a-z2-9]{12}$/) as unknown,
      name: "Order lookup",
      status: "ACTIVE",
      created_at: new Date(clock.now()).toISOString(),
      config: definition.config,
    });
    expect(await registered(sandbox)).toEqual([made.body]);
    expect(sandbox.stats()).toMatchObject({ registerRequests: 1, registeredIntegrations: 1 });
  });

  test("registers once what is sent twice with the same key, and again what is not", async () => {
    const { sandbox } = await practice();
    await using _ = sandbox;
    const { definition } = sandbox.exampleIntegration();
    const once = () => register(sandbox, definition, { headers: { "idempotency-key": "one" } });
    expect((await once()).body).toEqual((await once()).body);
    expect((await register(sandbox, definition)).body["id"]).not.toBe((await once()).body["id"]);
    expect(await registered(sandbox)).toHaveLength(2);
  });

  test("tells every field that is wrong at once, in words of its own", async () => {
    const { sandbox } = await practice();
    await using _ = sandbox;
    const wrong = { name: "ab", status: "PAUSED", bot_id: " ", config: { url: "http://orders.example", method: "FETCH", auth_type: "digest", headers: { a: 1 }, request_mapping: [], response_mapping: 7, timeout_seconds: 121 } };
    const refused = await register(sandbox, wrong);
    expect([refused.status, refused.body["message"]]).toEqual([400, "the integration is not valid"]);
    const errors = refused.body["errors"] as readonly { readonly field: string; readonly message: string }[];
    expect(errors.map(({ field }) => field)).toEqual(["name", "status", "bot_id", "config.url", "config.method", "config.auth_type", "config.headers.a", "config.request_mapping", "config.response_mapping", "config.timeout_seconds"]);
    expect(errors.find(({ field }) => field === "config.url")?.message).toBe("External API URLs must use HTTPS");
    expect(await registered(sandbox)).toEqual([]);
  });

  test.each<[string, (definition: Changeable & { config: Changeable }) => unknown, string]>([
    ["no definition", () => [], ""],
    ["no config", (definition) => ({ ...definition, config: undefined }), "config"],
    ["no name", (definition) => ({ ...definition, name: undefined }), "name"],
    ["a long name", (definition) => ({ ...definition, name: "n".repeat(101) }), "name"],
    ["a body on GET", (definition) => ({ ...definition, config: { ...definition.config, method: "GET" } }), "config.method"],
    ["half a second", (definition) => ({ ...definition, config: { ...definition.config, timeout_seconds: 0.5 } }), "config.timeout_seconds"],
    ["no address", (definition) => ({ ...definition, config: { ...definition.config, url: "orders" } }), "config.url"],
  ])("refuses %s", async (_, change, field) => {
    const { sandbox } = await practice();
    await using _sandbox = sandbox;
    const refused = await register(sandbox, change({ ...sandbox.exampleIntegration().definition }));
    expect([refused.status, refused.body["errors"]]).toMatchObject([400, [{ field }]]);
  });

  test("refuses what is no JSON, and says so", async () => {
    const { sandbox } = await practice();
    await using _ = sandbox;
    expect(await register(sandbox, "{")).toMatchObject({ status: 400, body: { message: "body: is not valid JSON" } });
    expect(await register(sandbox, "{}", { headers: { "content-type": "text/plain" } })).toMatchObject({ status: 400 });
  });

  test.each(["foreign-bot", "nobody's"])("refuses the bot %s, without telling whether there is one", async (botId) => {
    const { sandbox } = await practice();
    await using _ = sandbox;
    const refused = await register(sandbox, { ...sandbox.exampleIntegration().definition, bot_id: botId });
    expect([refused.status, refused.body["message"]]).toEqual([403, "bot_id: this client may not create integrations for this bot"]);
  });

  test("lets in only tokens of its own that have the scope", async () => {
    const { sandbox, clock } = await practice();
    await using _ = sandbox;
    const { definition } = sandbox.exampleIntegration();
    const readOnly = await integrationToken(sandbox, { scope: "cognigy:platform:read" });
    expect(await register(sandbox, definition, { token: readOnly })).toMatchObject({ status: 403, body: { message: "token lacks scope cognigy:integrations:write" } });
    expect((await register(sandbox, definition, { token: await simulateToken(sandbox) })).status).toBe(401);
    expect((await register(sandbox, definition, { token: "eyJ.none.none" })).status).toBe(401);
    const token = await integrationToken(sandbox);
    sandbox.setFault("expired-tokens", "now");
    expect((await register(sandbox, definition, { token })).status).toBe(401);
    const late = await integrationToken(sandbox);
    await clock.advance(3_600_000);
    expect((await register(sandbox, definition, { token: late })).status).toBe(401);
    expect((await askIntegrationToken(sandbox, { scope: "simulation:execute" })).status).toBe(400);
    expect(sandbox.stats().integrationTokenRequests).toBe(4);
  });
});

test("the receiver of webhooks keeps what it got as it came, the last two hundred", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  expect(await hook(sandbox, { integration_id: "int_a", status: "SUCCESS" }, { "x-callside-signature": "t=1,v1=ab" })).toBe(204);
  const [kept] = await hooks(sandbox);
  expect(kept).toMatchObject({
    at: new Date(clock.now()).toISOString(),
    headers: { "x-callside-signature": "t=1,v1=ab", "content-type": "application/json" },
    text: '{"integration_id":"int_a","status":"SUCCESS"}',
    body: { integration_id: "int_a", status: "SUCCESS" },
  });
  for (let number = 0; number < 200; number += 1) await hook(sandbox, { number });
  const all = await hooks(sandbox);
  expect([all.length, all[0]?.["body"], all.at(-1)?.["body"]]).toEqual([200, { number: 0 }, { number: 199 }]);
  expect(sandbox.stats().hookRequests).toBe(201);
  const plain = await fetch(sandbox.config().integrations.webhookUrl, { method: "POST", body: "status=SUCCESS" });
  expect(plain.status).toBe(400);
});
