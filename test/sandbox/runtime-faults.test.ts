import { expect, test } from "vitest";
import { runtimeFaultTable } from "../../electron/sandbox/runtime-fault-rows.ts";
import { connectionProofs } from "./connection-proofs.ts";
import type { FaultProof, RuntimeFaultName } from "./fault-proof.ts";
import { replyProofs } from "./reply-proofs.ts";
import { askRuntimeToken, dialRuntime, expectHealthy, getApi, greet, openTunnel, probe, refresh, runtimeToken } from "./runtime-client.ts";
import { askToken, practice } from "./sandbox-client.ts";

const proofs: Record<RuntimeFaultName, FaultProof> = { ...connectionProofs, ...replyProofs };
const names = Object.keys(runtimeFaultTable) as readonly RuntimeFaultName[];

test("every fault of the runtime has its proof", () => {
  expect(Object.keys(proofs).toSorted()).toEqual([...names].toSorted());
});

test.each(names)("%s does what its row says, and nothing once it is cleared", async (name) => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  await expectHealthy(sandbox);
  await proofs[name](sandbox, clock);
  sandbox.setFault(name, null);
  expect(sandbox.faults()).toEqual({});
  await expectHealthy(sandbox);
});

test("faults can be set from the start, and several at once", async () => {
  const { sandbox } = await practice({
    faults: [
      { name: "tunnel-channel", value: "draining" },
      { name: "tunnel-push", value: "2" },
      { name: "tunnel-double-reply", value: "on" },
      { name: "tunnel-not-json", value: "on" },
    ],
  });
  await using _ = sandbox;
  await using client = await dialRuntime(sandbox);
  await greet(client);
  client.send(probe);
  await client.heard();
  expect(client.frames).toMatchObject([
    expect.any(String),
    { type: "CONNECTED" },
    { type: "QUEUE_UPDATE" },
    { type: "AGENT_PRESENCE" },
    expect.any(String),
    { status: "draining" },
    { status: "draining" },
  ]);
});

test("the token faults hold for both token endpoints", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  const both = async () => [await askToken(sandbox), await askRuntimeToken(sandbox)] as const;
  sandbox.setFault("refuse-token", 403);
  expect((await both()).map((reply) => reply.status)).toEqual([403, 403]);
  sandbox.setFault("refuse-token", null);
  sandbox.setFault("expired-tokens", 30);
  expect((await both()).map((reply) => reply.body["expires_in"])).toEqual([30, 30]);
  sandbox.setFault("expired-tokens", null);
  sandbox.setFault("token-form", "opaque");
  const opaque = (await both()).map((reply) => String(reply.body["access_token"]));
  for (const token of opaque) expect(token).toMatch(/^opaque-[0-9a-f]{64}$/);
  expect(new Set([...opaque, await runtimeToken(sandbox)]).size).toBe(3);
  // It is as good as any other where it came from.
  expect((await getApi(sandbox, "/bots/practice-bot", opaque[1])).status).toBe(200);
  expect((await getApi(sandbox, "/bots/practice-bot", opaque[0])).status).toBe(401);
  sandbox.setFault("token-form", null);
  expect(await runtimeToken(sandbox)).toMatch(/^eyJ[\w-]+\.[\w-]+\.[\w-]+$/);
});

test("missing-scope: the reply names what was granted, and what needs the scope is refused", async () => {
  const { sandbox } = await practice();
  await using _ = sandbox;
  sandbox.setFault("missing-scope", "bot:read");
  const narrow = await askRuntimeToken(sandbox);
  expect(narrow.body["scope"]).toBe("runtime:execute");
  expect((await getApi(sandbox, "/bots/practice-bot/sessions")).status).toBe(403);
  await using client = await openTunnel(sandbox);
  sandbox.setFault("missing-scope", "runtime:execute");
  await expect(dialRuntime(sandbox)).rejects.toThrow("HTTP 403");
  expect((await getApi(sandbox, "/bots/practice-bot/sessions")).status).toBe(200);
  const weak = await runtimeToken(sandbox);
  client.send(refresh(weak));
  expect(await client.next(1)).toEqual([{ type: "TOKEN_REJECTED", message: "authToken: token lacks scope runtime:execute" }]);
});
