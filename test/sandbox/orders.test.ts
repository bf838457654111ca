import { describe, expect, test } from "vitest";
import { practiceOrders } from "../../electron/sandbox/orders/order-list.ts";
import { orderStatuses } from "../../electron/sandbox/orders/order.ts";
import { searchOrders } from "../../electron/sandbox/orders/order-search.ts";
import type { Sandbox } from "../../electron/sandbox/sandbox.ts";
import { until } from "../support/until.ts";
import { askOrders, failureOf, key, ordersUrl } from "./integration-client.ts";
import { practice } from "./sandbox-client.ts";

const numbers = (wanted: unknown): readonly string[] => {
  const result = searchOrders(practiceOrders, wanted);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.found.map((order) => order["Order Number"]);
};

describe("the orders", () => {
  test("are thirty, each with a number of its own, newest first, and right sums", () => {
    expect(practiceOrders).toHaveLength(30);
    expect(new Set(practiceOrders.map((order) => order["Order Number"])).size).toBe(30);
    const days = practiceOrders.map((order) => order["Placed On"]);
    expect(days.toSorted().toReversed()).toEqual(days);
    for (const order of practiceOrders) {
      const sum = order.Items.reduce((total, item) => total + item.Quantity * item["Unit Price"], 0);
      expect(order.Total.Amount).toBeCloseTo(sum, 10);
      expect(order.Shipping !== null, order["Order Number"]).toBe(["Shipped", "Delivered", "Returned"].includes(order.Status));
      expect(order.Customer["E-Mail"]).toMatch(/@example\.com$/);
    }
    expect(new Set(practiceOrders.map((order) => order.Status))).toEqual(new Set(orderStatuses));
  });

  test.each<[unknown, readonly string[]]>([
    [{ customer: "C-1041" }, ["ORD-20493", "ORD-20468", "ORD-20451", "ORD-20411"]],
    [{ customer: "fournier", status: "shipped" }, ["ORD-20468"]],
    [{ customer: "renee" }, ["ORD-20493", "ORD-20468", "ORD-20451", "ORD-20411"]],
    [{ order: "ord-20415", userId: 7, anything: ["else"] }, ["ORD-20415"]],
    [{ query: "lamp brass", status: "Delivered", limit: 2 }, ["ORD-20451", "ORD-20398"]],
    [{ query: "cafe TOM" }, ["ORD-20491"]],
    [{ query: "PP203690026" }, ["ORD-20369"]],
    [{ query: "items" }, []],
    [{ query: "no such thing" }, []],
    [{ limit: 1 }, ["ORD-20493"]],
  ])("are found by %j", (wanted, found) => {
    expect(numbers(wanted)).toEqual(found);
  });

  test("come ten at a time unless asked otherwise", () => {
    expect(numbers({})).toHaveLength(10);
    expect(numbers({ limit: 50 })).toHaveLength(30);
    expect(searchOrders(practiceOrders, {})).toMatchObject({ ok: true, total: 30, limit: 10 });
  });

  test.each<[unknown, readonly string[]]>([
    [[], [""]],
    [{ customer: 7, status: "lost", query: "q".repeat(201), limit: 0 }, ["customer", "status", "query", "limit"]],
    [{ limit: 51 }, ["limit"]],
    [{ limit: 1.5 }, ["limit"]],
  ])("cannot be searched by %j, and every field is told", (wanted, fields) => {
    const result = searchOrders(practiceOrders, wanted);
    expect(result.ok ? [] : result.problems.map(({ field }) => field)).toEqual(fields);
  });
});

async function open(): Promise<{ readonly sandbox: Sandbox; readonly secret: string } & AsyncDisposable> {
  const { sandbox } = await practice();
  return { sandbox, secret: sandbox.env().EXTERNAL_API_KEY, [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose]() };
}

describe("the order service", () => {
  test("answers over TLS that its authority vouches for, and over nothing else", async () => {
    await using service = await open();
    const { sandbox } = service;
    expect((await askOrders(sandbox, "/v1/orders/ord-20451")).body).toMatchObject({ data: { result: { "Order Number": "ORD-20451" } } });
    expect(await failureOf(fetch(`${ordersUrl(sandbox)}/v1/orders/ORD-20451`))).toBe("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    expect(await failureOf(fetch(`${ordersUrl(sandbox).replace("https", "http")}/v1/orders/ORD-20451`))).not.toBe("it was answered");
    expect(sandbox.authority()).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
    expect(sandbox.authority()).not.toContain("PRIVATE");
  });

  test("takes its key in three ways, and no other", async () => {
    await using service = await open();
    const { sandbox, secret } = service;
    const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
    const good = [{ authorization: `Bearer ${secret}` }, { "x-api-key": secret }, { authorization: basic(`practice:${secret}`) }];
    const bad = [{}, { authorization: secret }, { "x-api-key": `Bearer ${secret}` }, { authorization: basic(`other:${secret}`) }, { "x-api-key": "" }];
    for (const headers of good) expect((await askOrders(sandbox, "/v1/orders/ORD-20451", { headers })).status).toBe(200);
    for (const headers of bad) {
      const refused = await askOrders(sandbox, "/v1/orders/ORD-20451", { headers });
      expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([401, 'Bearer realm="orders", Basic realm="orders"']);
      expect(refused.text).not.toContain(secret);
    }
    expect((await askOrders(sandbox, "/open/v1/orders/ORD-20451", { headers: {} })).status).toBe(200);
    expect(sandbox.stats()).toMatchObject({ orderRequests: good.length + bad.length + 1, mirrorRequests: 0 });
  });

  test("has no order of a number that nobody gave, and says what is wrong with a search", async () => {
    await using service = await open();
    const { sandbox } = service;
    expect(await askOrders(sandbox, "/v1/orders/ORD-1")).toMatchObject({ status: 404, body: { error: { code: "order_not_found" } } });
    expect(await askOrders(sandbox, "/v1/orders/search", { body: { limit: 0 } })).toMatchObject({ status: 400, body: { error: { fields: [{ field: "limit", message: "must be at least 1" }] } } });
    expect((await askOrders(sandbox, "/v2/orders")).status).toBe(404);
  });

  test("takes three seconds for a slow search", async () => {
    const { sandbox, clock } = await practice();
    await using _ = sandbox;
    const waiting = clock.pending();
    let answered = false;
    const asked = askOrders(sandbox, "/v1/orders/search/slow", { body: { customer: "C-1102" } }).then((reply) => {
      answered = true;
      return reply;
    });
    await until(() => clock.pending() > waiting);
    await clock.advance(2_999);
    await askOrders(sandbox, "/v1/orders/ORD-20451");
    expect(answered).toBe(false);
    await clock.advance(1);
    expect((await asked).body).toMatchObject({ meta: { total: 4 } });
  });

  test("has an archive of a little more than 1 MB", async () => {
    await using service = await open();
    const archive = await askOrders(service.sandbox, "/v1/orders/archive", { headers: key(service.sandbox) });
    expect(archive.bytes.length).toBeGreaterThan(1_000_000);
    expect(archive.bytes.length).toBeLessThan(1_100_000);
    const { result } = archive.body["data"] as { readonly result: readonly { readonly "Order Number": string }[] };
    expect(new Set(result.map((order) => order["Order Number"])).size).toBe(result.length);
    expect(archive.body["meta"]).toEqual({ total: result.length });
  });

  test("is gone with the sandbox, also for those who still wait", async () => {
    const { sandbox } = await practice({ faults: [{ name: "orders-timeout", value: "1" }] });
    const asked = failureOf(askOrders(sandbox, "/v1/orders/ORD-20451"));
    await until(() => sandbox.stats().orderRequests === 1);
    await sandbox[Symbol.asyncDispose]();
    expect(await asked).not.toBe("it was answered");
    expect(await failureOf(askOrders(sandbox, "/v1/orders/ORD-20451"))).toBe("ECONNREFUSED");
  });
});
