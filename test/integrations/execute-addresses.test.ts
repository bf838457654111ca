import { createServer as createPlainServer } from "node:http";
import { createServer } from "node:https";
import { connect } from "node:net";
import { createSecureContext, getCACertificates } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import type { ExecuteOptions } from "../../electron/integrations/execute.ts";
import type { HostAddress } from "../../electron/integrations/execute-addresses.ts";
import { openNetwork } from "../../electron/net/network.ts";
import { failureOf, openExecute, replyOf } from "../support/execute-parts.ts";
import { listen, sendJson, serveHttp } from "../support/loopback-http.ts";
import { makeCertificate } from "../support/self-made-certificate.ts";
import { until } from "../support/until.ts";

const HOST = "service.test";
const made = makeCertificate([HOST]);
const trusting: ExecuteOptions["network"] = { socketOptions: () => ({ secureContext: createSecureContext({ ca: [...getCACertificates("default"), made.cert] }) }) };

const cleanups: (() => PromiseLike<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A service with TLS on loopback that says what it was asked: TLS name and Host. */
async function secureService(certificate = made): Promise<number> {
  const server = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
    const { socket } = request;
    sendJson(response, 200, { host: request.headers.host, servername: "servername" in socket ? String(socket.servername) : null });
  });
  const port = await listen(server);
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return port;
}

function open(options: Partial<ExecuteOptions>) {
  const parts = openExecute(options);
  cleanups.push(() => parts[Symbol.asyncDispose]());
  return parts;
}

/** A resolver that gives these answers in turn, the last one for ever, and counts. */
function answers(...lists: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const resolve = async (name: string): Promise<readonly HostAddress[]> => {
    asked.push(name);
    const list = lists[Math.min(asked.length, lists.length) - 1] ?? [];
    return list.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  };
  return { asked, resolve };
}

describe("a name", () => {
  test.each([
    ["a private address", ["10.0.0.1"], "private"],
    ["the metadata of a cloud", ["169.254.169.254"], "link-local"],
    ["this machine", ["127.0.0.1"], "this machine's own"],
    ["a public and a private address", ["8.8.8.8", "192.168.0.1"], "private"],
    ["a private address in IPv6 clothes", ["2a00:1450:4001::1", "::ffff:10.0.0.1"], "private"],
    ["what is no address", ["not an address"], "no address"],
  ])("that leads to %s is refused whole, at once", async (_what, list, why) => {
    const { asked, resolve } = answers(list);
    const parts = open({ resolve });
    const failure = failureOf(await parts.send({ url: `https://${HOST}:8443/` }));
    expect(failure).toMatchObject({ statusCode: null, attempts: 1, fault: { kind: "policy", code: "address-refused", detail: `${HOST}:8443: its name points to an address that is ${why}` } });
    expect(asked).toEqual([HOST]);
  });

  test("that is unknown is told at once; one that cannot be looked up now is tried again", async () => {
    const unknown = open({});
    expect(failureOf(await unknown.send({ url: "https://unknown.test/" }))).toMatchObject({ attempts: 1, fault: { code: "network", detail: expect.stringContaining("the host name is unknown") } });
    expect(failureOf(await open(answers([])).send({ url: "https://empty.test/" }))).toMatchObject({ attempts: 1, fault: { detail: expect.stringContaining("no address") } });
    const busy = open({ resolve: () => Promise.reject(Object.assign(new Error("no"), { code: "EAI_AGAIN" })) });
    const pending = busy.send({ url: "https://busy.test/" });
    await busy.clock.pass(2_000);
    await busy.clock.pass(2_000);
    expect(failureOf(await pending)).toMatchObject({ attempts: 3, fault: { code: "network" } });
  });

  test("that takes too long to look up counts as a timeout, and can be given up", async () => {
    const parts = open({ resolve: () => new Promise(() => {}) });
    const caller = new AbortController();
    const pending = parts.send({ url: "https://slow.test/", timeoutMs: 1_000 }, caller.signal);
    await parts.clock.pass(1_000);
    await parts.clock.pass(2_000);
    await until(() => parts.clock.waiting().includes(1_000));
    caller.abort();
    expect(failureOf(await pending)).toMatchObject({ attempts: 2, fault: { code: "aborted" } });
  });

  test("is looked up once for many requests at once, and again after 5 s", async () => {
    const port = await secureService();
    const { asked, resolve } = answers(["127.0.0.1"]);
    const parts = open({ network: trusting, resolve, allowHosts: [HOST] });
    const url = `https://${HOST}:${port}/`;
    expect((await Promise.all(Array.from({ length: 20 }, () => parts.send({ url })))).every(({ ok }) => ok)).toBe(true);
    await parts.clock.advance(4_999);
    expect((await parts.send({ url })).ok).toBe(true);
    expect(asked).toHaveLength(1);
    await parts.clock.advance(1);
    expect((await parts.send({ url })).ok).toBe(true);
    expect(asked).toHaveLength(2);
  });

  test("that is allowed may be private; the connection goes to the address that was checked, in the name's own name", async () => {
    const port = await secureService();
    // A second answer leads nowhere: were it asked for when the connection is made, there would be none.
    const { asked, resolve } = answers(["127.0.0.1"], ["127.0.0.2"]);
    const parts = open({ network: trusting, resolve, allowHosts: [`${HOST}:${port}`] });
    expect(replyOf(await parts.send({ url: `https://${HOST}:${port}/` })).body).toEqual({ host: `${HOST}:${port}`, servername: HOST });
    expect(asked).toHaveLength(1);
  });

  test("that is allowed with one port is judged for every other port by itself", async () => {
    const port = await secureService();
    const { resolve } = answers(["127.0.0.1"]);
    const parts = open({ network: trusting, resolve, allowHosts: [`${HOST}:${port}`] });
    expect((await parts.send({ url: `https://${HOST}:${port}/` })).ok).toBe(true);
    expect(failureOf(await parts.send({ url: `https://${HOST}:${port + 1}/` })).fault.code).toBe("address-refused");
  });

  test("that changes its mind is refused when it is looked up again", async () => {
    const service = await serveHttp((_request, response) => sendJson(response, 200, {}));
    cleanups.push(() => service[Symbol.asyncDispose]());
    const { port } = new URL(service.url);
    const parts = open({ ...answers(["127.0.0.1"], ["10.0.0.1"]), allowHosts: ["localhost"] });
    expect((await parts.send({ url: `http://localhost:${port}/` })).ok).toBe(true);
    await parts.clock.advance(5_000);
    expect(failureOf(await parts.send({ url: `http://localhost:${port}/` })).fault).toMatchObject({ code: "address-refused", detail: expect.stringContaining("not this machine's own") });
  });
});

describe("an address that is none of the public", () => {
  test.each(["https://127.0.0.1/", "https://2130706433/", "https://[::1]/", "https://localhost/", "https://a.localhost/", "https://169.254.169.254/", "http://example.com/", "http://127.0.0.1/"])("is refused before anybody is asked: %s", async (url) => {
    const { asked, resolve } = answers(["8.8.8.8"]);
    expect(failureOf(await open({ resolve }).send({ url })).fault.code).toBe("address-refused");
    expect(asked).toHaveLength(0);
  });
});

describe("a certificate", () => {
  test.each([
    ["of an unknown authority", { socketOptions: () => ({}) }, made, "known authority"],
    ["for another host", { socketOptions: () => ({ secureContext: createSecureContext({ ca: [makeStranger().cert] }) }) }, makeStranger(), "another host"],
  ])("%s is refused at once", async (_what, network, certificate, words) => {
    const port = await secureService(certificate);
    const parts = open({ ...answers(["127.0.0.1"]), network, allowHosts: [HOST] });
    expect(failureOf(await parts.send({ url: `https://${HOST}:${port}/` }))).toMatchObject({ attempts: 1, fault: { code: "network", detail: expect.stringContaining(words) } });
  });
});

let stranger: ReturnType<typeof makeCertificate> | undefined;
function makeStranger() {
  return (stranger ??= makeCertificate(["stranger.test"]));
}

describe("behind a proxy", () => {
  /** A proxy that leads every tunnel to `port` on loopback. */
  async function behindProxy(port: number, options: Partial<ExecuteOptions>) {
    const asked: string[] = [];
    const server = createPlainServer();
    server.on("connect", (request, client) => {
      asked.push(request.url ?? "");
      const upstream = connect(port, "127.0.0.1", () => {
        client.write("HTTP/1.1 200 OK\r\n\r\n");
        client.pipe(upstream).pipe(client);
      });
      upstream.on("error", () => client.destroy());
      client.on("error", () => upstream.destroy());
      client.on("close", () => upstream.destroy());
    });
    const proxyPort = await listen(server);
    const network = await openNetwork({ proxy: `http://127.0.0.1:${proxyPort}`, caFile: "ca.pem", readFile: async () => made.cert });
    if (!network.ok) throw new Error(network.error.detail);
    const parts = openExecute({ network: network.value, ...options });
    cleanups.push(async () => {
      await parts[Symbol.asyncDispose]();
      await network.value[Symbol.asyncDispose]();
      server.close();
    });
    return { asked, parts };
  }

  test("the name is checked here, and the proxy makes the connection", async () => {
    const port = await secureService();
    const { asked, parts } = await behindProxy(port, answers(["93.184.215.14"]));
    expect(replyOf(await parts.send({ url: `https://${HOST}/` })).body).toEqual({ host: HOST, servername: HOST });
    expect(asked).toEqual([`${HOST}:443`]);
  });

  test("a name that leads to a private address is refused, and the proxy is not asked", async () => {
    const { asked, parts } = await behindProxy(1, answers(["10.0.0.1"]));
    expect(failureOf(await parts.send({ url: `https://${HOST}/` })).fault.code).toBe("address-refused");
    expect(asked).toEqual([]);
  });

  test("a name that this machine cannot look up needs to be allowed, and is said to", async () => {
    const port = await secureService();
    expect(failureOf(await (await behindProxy(port, {})).parts.send({ url: `https://${HOST}/` })).fault.detail).toContain("integrations.allowHosts");
    const { parts } = await behindProxy(port, { allowHosts: [HOST] });
    expect((await parts.send({ url: `https://${HOST}/` })).ok).toBe(true);
  });
});
