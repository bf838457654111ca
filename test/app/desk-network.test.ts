import { X509Certificate } from "node:crypto";
import { createServer as createPlainServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type Server, type Socket } from "node:net";
import * as tls from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { openDeskNetwork } from "../../electron/app/desk-network.ts";
import { createDial } from "../../electron/net/dial.ts";
import { createHttp } from "../../electron/net/http.ts";
import type { Network } from "../../electron/net/network.ts";
import { trustSystemCertificates } from "../../electron/net/system-certificates.ts";
import { listen } from "../support/loopback-http.ts";
import { makeCertificate } from "../support/self-made-certificate.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const HOST = "platform.test";
const made = makeCertificate([HOST]);
const NONE = { caFile: undefined, proxy: undefined };
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function serve(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  const port = await listen(server);
  cleanups.push(
    () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  );
  return port;
}

/** Answers requests and sockets over TLS, with a certificate of an authority of its own. */
async function platform(): Promise<number> {
  const server = createTlsServer({ key: made.key, cert: made.cert }, (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end('"hello"');
  });
  new WebSocketServer({ server }).on("connection", (socket) => {
    socket.on("error", () => {});
    socket.send("welcome");
  });
  return serve(server);
}

/** A proxy that takes only those who know its password, and leads all to loopback. */
async function proxy(credentials: string): Promise<{ readonly port: number; readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createPlainServer();
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    client.on("error", () => {});
    const isKnown = request.headers["proxy-authorization"] === `Basic ${Buffer.from(credentials).toString("base64")}`;
    asked.push(`${request.url ?? ""} ${isKnown ? "let in" : "refused"}`);
    if (!isKnown) {
      client.end("HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    const upstream = connect(Number(request.url?.split(":")[1]), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      client.pipe(upstream).pipe(client);
    });
    upstream.on("error", () => client.destroy());
    client.on("close", () => upstream.destroy());
  });
  return { port: await serve(server), asked };
}

async function open(env: Readonly<Record<string, string>>, wanted: Parameters<typeof openDeskNetwork>[0] = NONE): Promise<Network> {
  const opened = await openDeskNetwork(wanted, { env, readFile: async () => made.cert });
  if (!opened.ok) throw new Error(opened.error.detail);
  cleanups.push(async () => {
    await opened.value[Symbol.asyncDispose]();
  });
  return opened.value;
}

function ask(network: Network, url: string) {
  const http = createHttp({ clock: createWatchedClock(), random: () => 0, fetch: network.fetch });
  return http({ method: "GET", url, schema: z.string(), timeoutMs: 5_000, signal: new AbortController().signal, retry: { attempts: 1 } });
}

function greeting(network: Network, url: string): Promise<string> {
  const socket: WebSocket = createDial(network)(url, { headers: {}, maxPayloadBytes: 1_000 });
  cleanups.push(() => socket.terminate());
  return new Promise((resolve) => {
    socket.on("message", () => resolve("welcome"));
    socket.on("unexpected-response", (_request, response) => resolve(`status ${response.statusCode}`));
    socket.on("error", (error) => resolve("code" in error ? String(error.code) : error.message));
  });
}

describe("the environment's proxy (real servers)", () => {
  test("carries requests and sockets with its credentials", async () => {
    const port = await platform();
    const { port: proxyPort, asked } = await proxy("ann:p@ss-word");
    const network = await open({ HTTPS_PROXY: `http://ann:p%40ss-word@127.0.0.1:${proxyPort}` }, { ...NONE, caFile: "ca.pem" });
    await expect(ask(network, `https://${HOST}:${port}/`)).resolves.toMatchObject({ ok: true, value: { value: "hello" } });
    await expect(greeting(network, `wss://${HOST}:${port}`)).resolves.toBe("welcome");
    expect(asked).toStrictEqual([`${HOST}:${port} let in`, `${HOST}:${port} let in`]);
  });

  test("that refuses its credentials is told without them", async () => {
    const { port: proxyPort } = await proxy("ann:right");
    const network = await open({ HTTPS_PROXY: `http://ann:wr0ng-s3cret@127.0.0.1:${proxyPort}` });
    const outcome = await ask(network, `https://${HOST}/`);
    expect(outcome).toMatchObject({ ok: false, error: { detail: expect.stringContaining("407") } });
    expect(JSON.stringify(outcome)).not.toContain("wr0ng-s3cret");
    await expect(greeting(network, `wss://${HOST}`)).resolves.toBe("status 407");
  });

  test("comes after the configured one, and a list of what goes past it holds for requests and sockets", async () => {
    const port = await platform();
    const [own, other] = [await proxy("a:b"), await proxy("a:b")];
    const env = { HTTPS_PROXY: `http://a:b@127.0.0.1:${other.port}`, NO_PROXY: HOST };
    const through = await open(env, { ...NONE, proxy: `http://127.0.0.1:${own.port}`, noProxy: ["elsewhere.test"] });
    await expect(ask(through, `https://${HOST}:${port}/`)).resolves.toMatchObject({ ok: false });
    await expect(greeting(through, `wss://${HOST}:${port}`)).resolves.toBe("status 407");
    expect([own.asked.length, other.asked.length]).toStrictEqual([2, 0]);
    // A name that nobody knows is not found: neither asked the proxy, which would have known the way.
    const past = await open(env);
    await expect(ask(past, `https://${HOST}:${port}/`)).resolves.toMatchObject({ ok: false });
    await expect(greeting(past, `wss://${HOST}:${port}`)).resolves.toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(other.asked).toStrictEqual([]);
  });

  test("of a kind that cannot be used is refused by the variable's name, without its address", async () => {
    const opened = await openDeskNetwork(NONE, { env: { HTTPS_PROXY: "socks5://ann:s3cret-word@proxy:1080" }, readFile: async () => "" });
    expect(opened).toMatchObject({ ok: false, error: { code: "invalid-input", detail: expect.stringContaining("HTTPS_PROXY") } });
    expect(JSON.stringify(opened)).not.toContain("s3cret-word");
  });
});

describe("the system's certificate store (real servers)", () => {
  test("is trusted by requests and by sockets, beside Node's own, and a second time changes nothing", async () => {
    const before = tls.getCACertificates("default");
    cleanups.push(() => tls.setDefaultCACertificates(before));
    const trusted = before.map((certificate) => new X509Certificate(certificate).fingerprint256);
    const port = await platform();
    const network = await open({});
    await expect(greeting(network, `wss://127.0.0.1:${port}`)).resolves.toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
    const store = { ...tls, getCACertificates: (kind: "default" | "system") => (kind === "system" ? [made.cert] : tls.getCACertificates(kind)) };
    expect(trustSystemCertificates(store)).toBe(1);
    const prints = (): readonly string[] => tls.getCACertificates("default").map((certificate) => new X509Certificate(certificate).fingerprint256);
    const now = new Set(prints());
    expect(trusted.filter((print) => !now.has(print))).toStrictEqual([]);
    await expect(ask(network, `https://127.0.0.1:${port}/`)).resolves.toMatchObject({ ok: true, value: { value: "hello" } });
    await expect(greeting(network, `wss://127.0.0.1:${port}`)).resolves.toBe("welcome");
    expect(trustSystemCertificates({ ...tls, getCACertificates: (kind) => (kind === "system" ? tls.getCACertificates("default") : tls.getCACertificates(kind)) })).toBe(0);
  });

  test("that cannot be read, or that the runtime knows nothing of, leaves Node's own", () => {
    expect(trustSystemCertificates({})).toBe(0);
    const broken = () => {
      throw new Error("no access to the key chain");
    };
    expect(trustSystemCertificates({ getCACertificates: broken, setDefaultCACertificates: broken })).toBe(0);
  });
});
