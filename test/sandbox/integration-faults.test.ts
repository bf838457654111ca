import { expect, test } from "vitest";
import { integrationFaultTable } from "../../electron/sandbox/integration-fault-rows.ts";
import type { Sandbox } from "../../electron/sandbox/sandbox.ts";
import { askOrders, hook, register } from "./integration-client.ts";
import { integrationProofs, type IntegrationFaultName } from "./integration-proofs.ts";
import { practice } from "./sandbox-client.ts";

const names = Object.keys(integrationFaultTable) as readonly IntegrationFaultName[];

test("every fault of integrations has its proof", () => {
  expect(Object.keys(integrationProofs).toSorted()).toEqual([...names].toSorted());
});

test.each(names)("%s does what its row says, and nothing once it is cleared", async (name) => {
  const { sandbox, clock } = await practice();
  await using _ = sandbox;
  await expectHealthy(sandbox);
  const waiting = clock.pending();
  await integrationProofs[name](sandbox, clock);
  sandbox.setFault(name, null);
  expect(sandbox.faults()).toEqual({});
  await expectHealthy(sandbox);
  expect(clock.pending(), "no wait is left over").toBe(waiting);
});

test("a fault from the start strikes the first request", async () => {
  const { sandbox } = await practice({ faults: [{ name: "orders-certificate", value: "expired" }] });
  await using _ = sandbox;
  await expect(askOrders(sandbox, "/v1/orders/ORD-20451")).rejects.toThrow();
  sandbox.setFault("orders-certificate", null);
  await expectHealthy(sandbox);
});

/** All that a healthy platform does, and nothing beside it. */
async function expectHealthy(sandbox: Sandbox): Promise<void> {
  const order = await askOrders(sandbox, "/v1/orders/ORD-20451");
  expect([order.status, order.headers.get("content-type"), order.body]).toMatchObject([200, "application/json; charset=utf-8", { data: { result: { Status: "Delivered" } }, meta: { total: 1 } }]);
  expect((await askOrders(sandbox, "/v1/orders/search", { body: { customer: "C-1041" } })).body).toMatchObject({ meta: { total: 4, limit: 10 } });
  expect((await register(sandbox, sandbox.exampleIntegration().definition)).status).toBe(201);
  expect(await hook(sandbox, { fine: true })).toBe(204);
}
