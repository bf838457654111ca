import { gunzipSync } from "node:zlib";
import { Agent, request } from "undici";
import { expect } from "vitest";
import type { integrationFaultTable } from "../../electron/sandbox/integration-fault-rows.ts";
import type { Sandbox } from "../../electron/sandbox/sandbox.ts";
import { until } from "../support/until.ts";
import type { FaultProof } from "./fault-proof.ts";
import { askOrders, failureOf, hook, hooks, integrationToken, key, ordersUrl, register, registered } from "./integration-client.ts";
import { inTurn } from "./simulate-client.ts";

export type IntegrationFaultName = keyof typeof integrationFaultTable;

const ORDER = "/v1/orders/ORD-20451";
const MANY = 150;

/** What each fault of integrations does on the wire. Around it, everything is as it should be. */
export const integrationProofs: Record<IntegrationFaultName, FaultProof> = {
  async "register-refuse"(sandbox) {
    const token = await integrationToken(sandbox);
    for (const status of [400, 401, 403, 500]) {
      sandbox.setFault("register-refuse", status);
      const refused = await register(sandbox, sandbox.exampleIntegration().definition, { token });
      expect(refused.status).toBe(status);
      if (status === 400) expect(refused.body["errors"]).toEqual([{ field: "name", message: "refused for practice" }]);
      else expect(refused.body["message"]).toBe("refused for practice");
    }
    expect(await registered(sandbox)).toHaveLength(1);
  },
  async "register-timeout"(sandbox) {
    sandbox.setFault("register-timeout", "on");
    const token = await integrationToken(sandbox);
    const before = sandbox.stats().registerRequests;
    const patience = new AbortController();
    const asked = failureOf(register(sandbox, sandbox.exampleIntegration().definition, { token, signal: patience.signal }));
    await until(() => sandbox.stats().registerRequests > before);
    patience.abort();
    expect(await asked).not.toBe("it was answered");
    expect(await registered(sandbox)).toHaveLength(1);
  },
  async "orders-latency"(sandbox, clock) {
    sandbox.setFault("orders-latency", 800);
    let answered = false;
    const before = sandbox.stats().orderRequests;
    const asked = askOrders(sandbox, ORDER).then((reply) => {
      answered = true;
      return reply;
    });
    await until(() => sandbox.stats().orderRequests > before && clock.pending() > 0);
    await clock.advance(799);
    await healthyMirror(sandbox);
    expect(answered).toBe(false);
    await clock.advance(1);
    expect((await asked).status).toBe(200);
  },
  async "orders-429"(sandbox, clock) {
    sandbox.setFault("orders-429", 7);
    const seconds = await askOrders(sandbox, ORDER);
    expect([seconds.status, seconds.headers.get("retry-after")]).toEqual([429, "7"]);
    sandbox.setFault("orders-429", "date:7");
    const date = await askOrders(sandbox, ORDER);
    expect([date.status, Date.parse(String(date.headers.get("retry-after")))]).toEqual([429, clock.now() + 7_000]);
  },
  "orders-500": refusesAShare("orders-500", 500, "application/json; charset=utf-8"),
  "orders-502": refusesAShare("orders-502", 502, "text/html"),
  "orders-503": refusesAShare("orders-503", 503, "application/json; charset=utf-8"),
  "orders-504": refusesAShare("orders-504", 504, "text/html"),
  async "orders-timeout"(sandbox) {
    sandbox.setFault("orders-timeout", 1);
    const before = sandbox.stats().orderRequests;
    const patience = new AbortController();
    const asked = failureOf(askOrders(sandbox, ORDER, { signal: patience.signal }));
    await until(() => sandbox.stats().orderRequests > before);
    await healthyMirror(sandbox);
    patience.abort();
    expect(await asked).not.toBe("it was answered");
  },
  async "orders-hang-up"(sandbox) {
    sandbox.setFault("orders-hang-up", 1);
    expect(await failureOf(askOrders(sandbox, ORDER))).toBe("UND_ERR_SOCKET");
  },
  async "orders-key"(sandbox) {
    for (const status of [401, 403]) {
      sandbox.setFault("orders-key", status);
      const refused = await askOrders(sandbox, ORDER);
      expect([refused.status, refused.body["error"]]).toEqual([status, { code: "key_refused", message: "this key was refused for practice" }]);
    }
  },
  async "orders-redirect"(sandbox) {
    const located = async (kind: string, path = ORDER): Promise<string> => {
      sandbox.setFault("orders-redirect", kind);
      for (const reply of [await askOrders(sandbox, path), await askOrders(sandbox, "/v1/orders/search", { body: {} })]) {
        expect([reply.status, reply.text]).toEqual([307, ""]);
        expect(reply.headers.get("location")).not.toBeNull();
      }
      return String((await askOrders(sandbox, path)).headers.get("location"));
    };
    expect(await located("same-host")).toBe(`/moved${ORDER}`);
    expect((await askOrders(sandbox, `/moved${ORDER}`)).body).toMatchObject({ data: { result: { Status: "Delivered" } } });
    expect((await askOrders(sandbox, `/moved${ORDER}`, { headers: {} })).status).toBe(401);
    expect(await located("same-host", `/open${ORDER}`)).toBe(`/moved${ORDER}`);
    expect(await located("other-host")).toBe(`https://orders.practice.callside.example${ORDER}`);
    expect(await located("metadata")).toMatch(/^http:\/\/169\.254\.169\.254\//);
    expect(await located("itself")).toBe(ORDER);
    expect(await located("plain")).toBe(`${sandbox.url}/orders-mirror${ORDER}`);
    const mirrored = await located("other-port");
    expect(mirrored).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/v1\/orders\/ORD-20451$/);
    expect(mirrored).not.toContain(ordersUrl(sandbox));
    await expectMirror(sandbox, mirrored);
    await expectMirror(sandbox, await located("plain"));
  },
  async "orders-reply"(sandbox, clock) {
    const plain = await askOrders(sandbox, "/v1/orders/search", { body: {} });
    const said = async (kind: string) => {
      sandbox.setFault("orders-reply", kind);
      return askOrders(sandbox, "/v1/orders/search", { body: {} });
    };
    const page = await said("html");
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    const broken = await said("broken");
    expect(plain.text.startsWith(broken.text)).toBe(true);
    expect(() => JSON.parse(broken.text) as unknown).toThrow();
    expect((await said("empty")).bytes).toHaveLength(0);
    const latin = await said("latin-1");
    expect(latin.headers.get("content-type")).toBe("application/json; charset=iso-8859-1");
    expect(JSON.parse(latin.bytes.toString("latin1"))).toEqual(plain.body);
    expect(latin.text).not.toContain("Renée");
    const wide = await said("utf-16");
    expect(wide.headers.get("content-type")).toBe("application/json; charset=utf-16");
    expect(JSON.parse(new TextDecoder("utf-16le").decode(wide.bytes))).toEqual(plain.body);
    const unknown = await said("unknown-charset");
    expect([unknown.headers.get("content-type"), unknown.text]).toEqual(["application/json; charset=x-shop-7", plain.text]);
    expect((await said("deep")).text).toHaveLength(40_000);
    expect((await said("proto")).text).toContain('"__proto__":{"admin":true}');
    expect((await said("echo")).body).toMatchObject({ data: { result: [key(sandbox)] } });
    sandbox.setFault("orders-reply", "cut");
    expect(await failureOf(askOrders(sandbox, ORDER))).toBe("UND_ERR_SOCKET");
    sandbox.setFault("orders-reply", "bomb");
    await expectBomb(sandbox);
    sandbox.setFault("orders-reply", "endless");
    await listenTo(sandbox, (bytes) => bytes > 20_000_000, () => Promise.resolve());
    sandbox.setFault("orders-reply", "drip");
    await listenTo(sandbox, (bytes) => bytes > 1_000, () => clock.advance(1_000));
    sandbox.setFault("orders-reply", "html");
    expect((await askOrders(sandbox, "/v1/orders/ORD-1")).status).toBe(404);
  },
  async "orders-certificate"(sandbox) {
    const codes = { expired: "CERT_HAS_EXPIRED", "wrong-name": "ERR_TLS_CERT_ALTNAME_INVALID", "unknown-authority": "UNABLE_TO_VERIFY_LEAF_SIGNATURE" };
    await using kept = openAgent(sandbox);
    expect(await kept.status()).toBe(200);
    for (const [kind, code] of Object.entries(codes)) {
      sandbox.setFault("orders-certificate", kind);
      expect(await failureOf(askOrders(sandbox, ORDER))).toBe(code);
      // A connection that was made before is of no use either.
      await until(() => kept.connections() === 0, "the service has closed it");
      expect(await failureOf(kept.status())).toBe(code);
    }
    sandbox.setFault("orders-certificate", null);
    expect(await kept.status()).toBe(200);
  },
  async "hooks-latency"(sandbox, clock) {
    sandbox.setFault("hooks-latency", 6_000);
    const before = sandbox.stats().hookRequests;
    const sent = hook(sandbox, { tardy: true });
    await until(() => sandbox.stats().hookRequests > before && clock.pending() > 0);
    await clock.advance(5_999);
    expect(JSON.stringify(await hooks(sandbox))).not.toContain("tardy");
    await clock.advance(1);
    expect(await sent).toBe(204);
    expect(JSON.stringify(await hooks(sandbox))).toContain("tardy");
  },
  async "hooks-500"(sandbox) {
    const before = (await hooks(sandbox)).length;
    sandbox.setFault("hooks-500", 1);
    expect(await hook(sandbox, { lost: true })).toBe(500);
    expect(await hooks(sandbox)).toHaveLength(before);
    sandbox.setFault("hooks-500", 0.5);
    const statuses = await inTurn(Array.from({ length: 50 }), () => hook(sandbox, {}));
    expect(new Set(statuses)).toEqual(new Set([204, 500]));
  },
};

function refusesAShare(name: "orders-500" | "orders-502" | "orders-503" | "orders-504", status: number, contentType: string): FaultProof {
  return async (sandbox) => {
    sandbox.setFault(name, 0.4);
    await using service = openAgent(sandbox);
    const statuses = await inTurn(Array.from({ length: MANY }), () => service.status());
    expect(new Set(statuses)).toEqual(new Set([200, status]));
    // The numbers of the sandbox are drawn by a fixed rule, so this comes out the same each time.
    expect(Math.abs(statuses.filter((one) => one === status).length / MANY - 0.4)).toBeLessThan(0.12);
    sandbox.setFault(name, 1);
    const refused = await askOrders(sandbox, "/v1/orders/search", { body: {} });
    expect([refused.status, refused.headers.get("content-type")]).toEqual([status, contentType]);
  };
}

/** A client that keeps its connections. */
function openAgent(sandbox: Sandbox) {
  const agent = new Agent({ connect: { ca: sandbox.authority() } });
  let connections = 0;
  agent.on("connect", () => {
    connections += 1;
  });
  agent.on("disconnect", () => {
    connections -= 1;
  });
  return {
    connections: () => connections,
    async status() {
      const reply = await request(`${ordersUrl(sandbox)}${ORDER}`, { dispatcher: agent, headers: key(sandbox) });
      await reply.body.dump();
      return reply.statusCode;
    },
    [Symbol.asyncDispose]: () => agent.destroy(),
  };
}

/** Whoever comes to the mirror is answered, and it is counted whether that was with a credential. */
async function expectMirror(sandbox: Sandbox, url: string): Promise<void> {
  const agent = new Agent({ connect: { ca: sandbox.authority() } });
  try {
    for (const headers of [{}, key(sandbox), { "x-api-key": "any" }]) {
      const before = sandbox.stats();
      const reply = await request(url, { dispatcher: agent, headers });
      expect([reply.statusCode, await reply.body.json()]).toMatchObject([200, { data: { result: { "Order Number": "ORD-20451" } } }]);
      expect(sandbox.stats().mirrorRequests).toBe(before.mirrorRequests + 1);
      expect(sandbox.stats().mirrorCredentials).toBe(before.mirrorCredentials + Math.min(1, Object.keys(headers).length));
    }
  } finally {
    await agent.destroy();
  }
}

/** Several round trips, in which whatever was to be answered by now is. */
async function healthyMirror(sandbox: Sandbox): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) expect((await fetch(`${sandbox.url}/orders-mirror${ORDER}`)).status).toBe(200);
}

/** Small on its way, large when it is unpacked, and JSON all the same. */
async function expectBomb(sandbox: Sandbox): Promise<void> {
  const agent = new Agent({ connect: { ca: sandbox.authority() } });
  try {
    const reply = await request(`${ordersUrl(sandbox)}${ORDER}`, { dispatcher: agent, headers: key(sandbox) });
    expect([reply.statusCode, reply.headers["content-encoding"], reply.headers["content-type"]]).toEqual([200, "gzip", "application/json; charset=utf-8"]);
    const packed = Buffer.from(await reply.body.arrayBuffer());
    expect(packed.length).toBeLessThan(300_000);
    const unpacked = gunzipSync(packed);
    expect(unpacked.length).toBe(200_000_000 + 35);
    expect([unpacked.subarray(0, 33).toString(), unpacked.subarray(-3).toString()]).toEqual(['{"data":{"result":[]},"padding":"', 'a"}']);
  } finally {
    await agent.destroy();
  }
}

/** Takes what comes until `enough`, and hangs up; `meanwhile` lets time go on. */
async function listenTo(sandbox: Sandbox, enough: (bytes: number) => boolean, meanwhile: () => Promise<void>): Promise<void> {
  const agent = new Agent({ connect: { ca: sandbox.authority() } });
  let bytes = 0;
  let ended = false;
  const reply = await request(`${ordersUrl(sandbox)}${ORDER}`, { dispatcher: agent, headers: key(sandbox) });
  reply.body.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  reply.body.on("end", () => {
    ended = true;
  });
  reply.body.on("error", () => undefined);
  for (let turn = 0; !enough(bytes) && turn < 100_000; turn += 1) {
    await meanwhile();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect([enough(bytes), ended]).toEqual([true, false]);
  await agent.destroy();
}
