import { expect, test } from "vitest";
import { simulationsSection } from "../../electron/config/workbench-sections.ts";
import { ask, askSimulateToken, begin, finish, inTurn, simulateBody, simulateToken } from "./simulate-client.ts";
import { askRuntimeToken, getApi } from "./runtime-client.ts";
import { practice } from "./sandbox-client.ts";

const QUESTION = "Where is my order ORD-4711?";

test("the configuration that it hands out is one that the program takes", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const { simulations } = sandbox.config();
  expect(simulationsSection.safeParse(simulations).success).toBe(true);
  expect(simulations).toMatchObject({ tokenUrl: `${sandbox.url}/api/oauth/token`, apiUrl: `${sandbox.url}/api/bot`, pollSeconds: 0.2 });
});

test("its tokens have its scopes and are nobody else's", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  expect((await askSimulateToken(sandbox)).body["scope"]).toBe("bot:read simulation:execute bot:write");
  expect((await askSimulateToken(sandbox, { scope: "runtime:execute" })).status).toBe(400);
  const runtime = String((await askRuntimeToken(sandbox)).body["access_token"]);
  expect((await ask(sandbox, "/info", undefined, runtime)).status).toBe(401);
  expect((await getApi(sandbox, "/bots/practice-bot", await simulateToken(sandbox))).status).toBe(401);
});

test.each([
  ["/info", undefined, "bot:read"],
  ["/entities", undefined, "bot:read"],
  ["/simulate", simulateBody(QUESTION), "simulation:execute"],
  ["/simulation/sim-1", undefined, "simulation:execute"],
] as const)("%s wants a token with its scope", async (path, body, scope) => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  expect((await ask(sandbox, path, body, "eyJmYWtl.eyJmYWtl.c2ln")).status).toBe(401);
  const refused = await ask(sandbox, path, body, await simulateToken(sandbox, { scope: "bot:write" }));
  expect([refused.status, refused.body["message"]]).toEqual([403, `token lacks scope ${scope}`]);
  sandbox.setFault("expired-tokens", "now");
  const token = await simulateToken(sandbox);
  sandbox.setFault("expired-tokens", "now");
  expect((await ask(sandbox, path, body, token)).status).toBe(401);
});

test("tells of the bot and of every entity that it can find", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  expect((await ask(sandbox, "/info")).body).toMatchObject({ id: "practice-bot", status: "active" });
  const entities = (await ask(sandbox, "/entities")).body as unknown as readonly { readonly name: string }[];
  expect(entities.map((entity) => entity.name)).toEqual(["email", "order_id", "voucher_code", "amount", "date", "product", "city"]);
});

test("a simulation waits, runs and ends, by the clock alone", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  const token = await simulateToken(sandbox);
  const id = await begin(sandbox, QUESTION, {}, token);
  const seen: unknown[] = [];
  for (let step = 0; step < 60; step += 1) {
    const { status, body } = await ask(sandbox, `/simulation/${id}`, undefined, token);
    expect([status, body["simulationId"]]).toEqual([200, id]);
    expect("turns" in body).toBe(body["status"] === "completed");
    if (seen.at(-1) !== body["status"]) seen.push(body["status"]);
    await clock.advance(10);
  }
  expect(seen).toEqual(["queued", "running", "completed"]);
  expect(clock.pending()).toBe(1);
});

test("simulations take times that are spread, the same ones in every run", async () => {
  const times: (readonly number[])[] = [];
  for (let round = 0; round < 2; round += 1) {
    const { sandbox, clock } = await practice();
    await using _ = sandbox;
    const token = await simulateToken(sandbox);
    const ids = await inTurn(Array.from({ length: 11 }), () => begin(sandbox, QUESTION, {}, token));
    const ended = new Map<string, number>();
    for (let ms = 0; ms <= 600; ms += 40) {
      for (const id of ids.filter((one) => !ended.has(one))) {
        const { body } = await ask(sandbox, `/simulation/${id}`, undefined, token);
        if (body["status"] === "completed") ended.set(id, ms);
      }
      await clock.advance(40);
    }
    times.push(ids.map((id) => ended.get(id) ?? Number.NaN));
  }
  expect(times[0]).toEqual(times[1]);
  expect(new Set(times[0]).size).toBe(11);
});

test.each([
  [{ userId: "" }, "userId"],
  [{ platform: 7 }, "platform"],
  [{ input: { text: "  " } }, "input.text"],
  [{ input: "where is my order" }, "input"],
  [{ context: [] }, "context"],
  [{ testId: undefined }, "testId"],
])("a request with %o is refused with its field", async (change, field) => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const refused = await ask(sandbox, "/simulate", simulateBody(QUESTION, change));
  expect(refused.status).toBe(400);
  expect(refused.body["message"]).toContain(`at ${field}`);
  expect(sandbox.stats().simulationsBegun).toBe(0);
});

test("nothing is known of an id that was never given", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  for (const id of ["sim-1", "constructor", "__proto__", "%20"]) expect((await ask(sandbox, `/simulation/${id}`)).status).toBe(404);
});

test("the same request sent again under its key begins nothing new", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const token = await simulateToken(sandbox);
  const send = async (key: string): Promise<unknown> =>
    (await ask(sandbox, "/simulate", simulateBody(QUESTION), token, { "idempotency-key": key })).body["simulationId"];
  expect([await send("one"), await send("one"), await send("two"), await send("one")]).toEqual(["sim-1", "sim-1", "sim-2", "sim-1"]);
  expect(sandbox.stats()).toMatchObject({ simulateRequests: 4, simulationsBegun: 2 });
});

test("who asks, under which test id, makes no difference; the session does", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  const say = "please cancel ORD-6207";
  const one = await finish(sandbox, clock, say);
  const other = await finish(sandbox, clock, say, { testId: "test_failing_intent", userId: "usr_other", platform: "voice" });
  expect(other.turns).toEqual(one.turns);
  const known = await finish(sandbox, clock, say, { context: { authenticated: true } });
  expect(known.turns).not.toEqual(one.turns);
});

test("a flow that breaks makes the simulation fail, one that is not deployed does not", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  const broken = await finish(sandbox, clock, "I want to pay my bill");
  expect(broken).toMatchObject({ status: "failed", turns: [{ flowId: "flow_payment", intent: "pay_invoice" }, { turnIndex: 1, errorCode: "PAYMENT_GATEWAY_UNREACHABLE" }] });
  const absent = await finish(sandbox, clock, "redeem my voucher");
  expect(absent).toMatchObject({ status: "completed", turns: [{ flowId: "flow_voucher", intent: "redeem_voucher", errorCode: "FLOW_NOT_DEPLOYED" }] });
});

test("stats count requests and what is open", async () => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  const token = await simulateToken(sandbox);
  await ask(sandbox, "/info", undefined, token);
  await ask(sandbox, "/entities", undefined, token);
  const ids = [await begin(sandbox, QUESTION, {}, token), await begin(sandbox, QUESTION, {}, token)];
  await ask(sandbox, "/simulate", {}, token);
  await clock.advance(1_000);
  await ask(sandbox, `/simulation/${String(ids[0])}`, undefined, token);
  await begin(sandbox, QUESTION, {}, token);
  expect(sandbox.stats()).toMatchObject({
    simulationTokenRequests: 1,
    infoRequests: 1,
    entitiesRequests: 1,
    simulateRequests: 4,
    pollRequests: 1,
    simulationsBegun: 3,
    openSimulations: 2,
    mostOpenSimulations: 2,
    tokenRequests: 0,
  });
});
