import { expect, test } from "vitest";
import type { IntegrationDefinition } from "../../shared/integration.ts";
import { ok } from "../../shared/result.ts";
import { integrationsSection } from "../../electron/config/workbench-sections.ts";
import { checkDefinition } from "../../electron/integrations/definition.ts";
import { parseDefinition } from "../../electron/integrations/definition-file.ts";
import { createIntegrations, type Integrations, type RunResult } from "../../electron/integrations/integrations.ts";
import { INTEGRATION_SCOPES } from "../../electron/integrations/registry-api.ts";
import { createHttp } from "../../electron/net/http.ts";
import { openNetwork } from "../../electron/net/network.ts";
import { createTokens } from "../../electron/net/oauth.ts";
import type { Sandbox } from "../../electron/sandbox/sandbox.ts";
import type { FakeClock } from "../support/fake-clock.ts";
import { until } from "../support/until.ts";
import { hooks, registered } from "./integration-client.ts";
import { practice } from "./sandbox-client.ts";

const { signal } = new AbortController();

interface Program extends AsyncDisposable {
  readonly integrations: Integrations;
  readonly definition: IntegrationDefinition;
  run(change?: Partial<IntegrationDefinition["config"]>): Promise<RunResult>;
}

/** The program's own integrations, as the sandbox's configuration and environment make them. */
async function openProgram(sandbox: Sandbox, clock: FakeClock): Promise<Program> {
  await using stack = new AsyncDisposableStack();
  const { definition } = parseDefinition(sandbox.exampleIntegration());
  if (definition === null) throw new Error("the example is not sound");
  const section = sandbox.config().integrations;
  const opened = await openNetwork({ caFile: "authority.pem", readFile: () => Promise.resolve(sandbox.authority()) });
  if (!opened.ok) throw new Error(opened.error.detail);
  const network = stack.use(opened.value);
  const { COGNIGY_CLIENT_ID: clientId, COGNIGY_CLIENT_SECRET: clientSecret, EXTERNAL_API_KEY: secret } = sandbox.env();
  const random = (): number => 0;
  const { fetch } = network;
  const tokens = stack.use(createTokens({ tokenUrl: section.tokenUrl, clientId, clientSecret, scopes: INTEGRATION_SCOPES, clock, random, fetch }));
  const integrations = stack.use(
    createIntegrations({
      platform: ok({ send: createHttp({ clock, random, fetch, tokens }), apiUrl: section.apiUrl }),
      allowHosts: section.allowHosts,
      webhook: { url: section.webhookUrl, secret: "whsec" },
      vault: { read: (name) => Promise.resolve(ok({ EXTERNAL_API_KEY: secret, BASIC: `practice:${secret}` }[name] ?? null)) },
      network,
      clock,
      random,
      onRecord: () => undefined,
      onWebhookTrouble: () => undefined,
    }),
  );
  const open = stack.move();
  return {
    integrations,
    definition,
    run: (change = {}) => integrations.run({ ...definition, config: { ...definition.config, ...change } }, null, sandbox.exampleIntegration().payload, signal),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}

test("the file of the example says the same as its object, without a problem", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const example = sandbox.exampleIntegration();
  const read = parseDefinition(example);
  expect([read.problems, read.notes]).toEqual([[], []]);
  expect(read.draft).toEqual(example.definition);
  expect(checkDefinition(example.definition).definition).toEqual(read.definition);
  expect(example.text).toContain(`--input '${JSON.stringify(example.payload).replaceAll(":", ": ").replaceAll(",", ", ")}'`);
  for (const value of Object.values(sandbox.env())) expect(example.text).not.toContain(value);
});

test("the section of the configuration is what the program takes", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const section = sandbox.config().integrations;
  expect(integrationsSection.parse(section)).toEqual(section);
  expect(section).toEqual({
    tenantUrl: `${sandbox.url}/tenant`,
    tokenUrl: `${sandbox.url}/tenant/api/v1/auth/oauth/token`,
    apiUrl: `${sandbox.url}/tenant/api/v1`,
    webhookUrl: `${sandbox.url}/sandbox/hooks`,
    allowHosts: [expect.stringMatching(/^127\.0\.0\.1:\d+$/)],
  });
  expect(sandbox.env().EXTERNAL_API_KEY).toMatch(/^practice-orders-[a-z2-9]{24}$/);
});

test("it runs as it is, and what comes back is ready for the bot", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  await using program = await openProgram(sandbox, clock);
  const result = await program.run();
  expect(result).toMatchObject({
    kind: "done",
    execution: { statusCode: 200, attempts: 1 },
    mapped: { normalized: [{ order_number: "ORD-20468", status: "Shipped", placed_on: "2026-10-04", shipping: { "Expected On": "2026-10-10" } }] },
  });
  await until(() => sandbox.stats().hookRequests === 1, "the webhook is told");
  const [told] = await hooks(sandbox);
  expect(told).toMatchObject({ headers: { "x-callside-event": "INTEGRATION_EXECUTION" }, body: { integration_id: "Order lookup", status: "SUCCESS" } });
});

test("it registers as it is", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  await using program = await openProgram(sandbox, clock);
  const made = await program.integrations.register(program.definition, signal);
  expect(made).toMatchObject({ ok: true, value: { at: clock.now(), status: "ACTIVE" } });
  const kept = await registered(sandbox);
  expect(kept).toMatchObject([{ id: made.ok ? made.value.id : "", name: "Order lookup", config: program.definition.config }]);
  const foreign = await program.integrations.register({ ...program.definition, bot_id: "foreign-bot" }, signal);
  expect(foreign).toMatchObject({ ok: false, error: { status: 403, detail: expect.stringContaining("may not create integrations for this bot") as unknown } });
});

test.each<[string, Partial<IntegrationDefinition["config"]>]>([
  ["an API key", { auth_type: "api_key", auth_header_name: "X-Api-Key" }],
  ["user and password", { auth_type: "basic", secret: "BASIC" }],
])("the service is asked with %s as well", async (_, change) => {
  const { sandbox, clock } = await practice();
  await using _sandbox = sandbox;
  await using program = await openProgram(sandbox, clock);
  expect((await program.run(change)).kind).toBe("done");
});

test.each([
  ["other-host", "address-refused"],
  ["other-port", "address-refused"],
  ["plain", "address-refused"],
  ["metadata", "address-refused"],
  ["itself", "unexpected-status"],
])("a redirect to %s is not followed, and no credential gets there", async (kind, code) => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  await using program = await openProgram(sandbox, clock);
  sandbox.setFault("orders-redirect", kind);
  expect(await program.run()).toMatchObject({ kind: "failed", failure: { fault: { code }, attempts: 1 } });
  expect(sandbox.stats()).toMatchObject({ mirrorRequests: 0, mirrorCredentials: 0 });
  sandbox.setFault("orders-redirect", "same-host");
  expect((await program.run()).kind).toBe("done");
});

test.each([
  ["html", "malformed-reply"],
  ["broken", "malformed-reply"],
  ["bomb", "reply-too-large"],
  ["endless", "reply-too-large"],
  ["unknown-charset", "malformed-reply"],
  ["deep", "malformed-reply"],
])("a reply that is %s is told as %s", async (kind, code) => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  await using program = await openProgram(sandbox, clock);
  sandbox.setFault("orders-reply", kind);
  expect(await program.run()).toMatchObject({ kind: "failed", failure: { fault: { code }, attempts: 1 } });
});

test.each(["latin-1", "utf-16"])("a reply in %s is read all the same", async (kind) => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  await using program = await openProgram(sandbox, clock);
  sandbox.setFault("orders-reply", kind);
  expect(await program.run()).toMatchObject({ kind: "done", mapped: { normalized: [{ customer: { Name: "Renée Fournier" } }] } });
});
