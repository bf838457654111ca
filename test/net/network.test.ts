import { createServer as createPlainServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, createServer as createSilentServer, type Server, type Socket } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";
import { createDial } from "../../electron/net/dial.ts";
import { createHttp } from "../../electron/net/http.ts";
import { isLoopback } from "../../electron/net/loopback-address.ts";
import { type Network, type NetworkOptions, openNetwork } from "../../electron/net/network.ts";
import { listen } from "../support/loopback-http.ts";
import { makeCertificate } from "../support/self-made-certificate.ts";
import { until } from "../support/until.ts";
import { createWatchedClock } from "../support/watched-clock.ts";

const HOST = "platform.test";
const made = makeCertificate([HOST]);
const stranger = makeCertificate(["stranger.test"]);

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** Serves a server on loopback; it and all its connections go away after the test. */
async function serve(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  const port = await listen(server);
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  });
  return port;
}

/** A platform that echoes POSTs and WebSocket frames, over TLS with the self-made certificate or in the clear. */
async function platform(secure: boolean): Promise<number> {
  const answer: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (request.url === "/empty") response.writeHead(204).end();
      else response.writeHead(200, { "content-type": "application/json" }).end(Buffer.concat(chunks));
    });
  };
  const server = secure ? createTlsServer({ key: made.key, cert: made.cert }, answer) : createPlainServer(answer);
  const acceptor = new WebSocketServer({ server });
  acceptor.on("connection", (connection) => {
    connection.on("error", () => {});
    connection.send("welcome");
  });
  return serve(server);
}

/** A proxy that tunnels whatever host is asked for to loopback, or refuses with `refusal`. */
async function proxy(refusal?: number): Promise<{ readonly port: number; readonly asked: readonly IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createPlainServer();
  server.on("connect", (request, client) => {
    asked.push(request);
    client.on("error", () => {});
    if (refusal !== undefined) {
      client.end(`HTTP/1.1 ${refusal} No\r\nContent-Length: 0\r\n\r\n`);
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

async function open(options: Partial<NetworkOptions>): Promise<Network> {
  const opened = await openNetwork({ readFile: async () => made.cert, ...options });
  if (!opened.ok) throw new Error(opened.error.detail);
  cleanups.push(async () => {
    await opened.value[Symbol.asyncDispose]();
  });
  return opened.value;
}

function post(network: Network, url: string, signal = new AbortController().signal) {
  const http = createHttp({ clock: createWatchedClock(), random: () => 0, fetch: network.fetch });
  const schema = z.unknown();
  return http({ method: "POST", url, body: { kind: "json", value: { a: 1 } }, schema, timeoutMs: 5_000, signal, retry: { attempts: 1 } });
}

/** What a socket says first: the server's greeting, or the reason why there was none. */
function greeting(network: Network, url: string): Promise<string> {
  const socket: WebSocket = createDial(network)(url, { headers: {}, maxPayloadBytes: 1_000 });
  cleanups.push(() => socket.terminate());
  return new Promise((resolve) => {
    socket.on("message", () => resolve("welcome"));
    socket.on("unexpected-response", (_request, response) => resolve(`status ${response.statusCode}`));
    socket.on("error", (error) => resolve("code" in error ? String(error.code) : error.message));
  });
}

describe("without a configuration", () => {
  test("the built-in fetch is used, and sockets get nothing added", async () => {
    const network = await open({});
    expect(network.fetch).toBe(globalThis.fetch);
    expect(network.socketOptions("wss://platform.test")).toEqual({});
  });

  test("a certificate of an unknown authority is refused, and the words say what to set", async () => {
    const port = await platform(true);
    const network = await open({});
    await expect(post(network, `https://127.0.0.1:${port}/`)).resolves.toMatchObject({
      ok: false,
      error: { code: "network", detail: expect.stringContaining("network.caFile") },
    });
    await expect(greeting(network, `wss://127.0.0.1:${port}`)).resolves.toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  });
});

describe("an additional authority", () => {
  test("is trusted by requests and by sockets", async () => {
    const port = await platform(true);
    const network = await open({ caFile: "company.pem", readFile: async () => `# ours\n${stranger.cert}\n${made.cert}` });
    await expect(post(network, `https://127.0.0.1:${port}/`)).resolves.toMatchObject({ ok: true, value: { value: { a: 1 }, status: 200 } });
    await expect(post(network, `https://127.0.0.1:${port}/empty`)).resolves.toMatchObject({ ok: true, value: { status: 204 } });
    await expect(greeting(network, `wss://127.0.0.1:${port}`)).resolves.toBe("welcome");
  });

  test("comes on top of the default ones, which stay trusted", async () => {
    const before = getCACertificates("default");
    setDefaultCACertificates([made.cert]);
    cleanups.push(() => setDefaultCACertificates(before));
    const port = await platform(true);
    const network = await open({ caFile: "company.pem", readFile: async () => stranger.cert });
    await expect(post(network, `https://127.0.0.1:${port}/`)).resolves.toMatchObject({ ok: true });
    await expect(greeting(network, `wss://127.0.0.1:${port}`)).resolves.toBe("welcome");
  });

  test("another one than the server's does not help", async () => {
    const port = await platform(true);
    const network = await open({ caFile: "company.pem", readFile: async () => stranger.cert });
    await expect(post(network, `https://127.0.0.1:${port}/`)).resolves.toMatchObject({ ok: false, error: { code: "network" } });
    await expect(greeting(network, `wss://127.0.0.1:${port}`)).resolves.toMatch(/SELF_SIGNED|UNABLE_TO/);
  });

  test.each([
    ["a file that is not there", () => Promise.reject(Object.assign(new Error("no"), { code: "ENOENT" })), "invalid-input", "there is no file company.pem"],
    ["a file that may not be read", () => Promise.reject(Object.assign(new Error("no"), { code: "EACCES" })), "disk", "cannot be read"],
    ["a file without a certificate", () => Promise.resolve("hello"), "invalid-input", "holds no PEM certificate"],
    [
      "a certificate that is none",
      () => Promise.resolve("-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----"),
      "invalid-input",
      "cannot be read",
    ],
  ] as const)("%s is refused by name", async (_case, readFile, code, words) => {
    const opened = await openNetwork({ caFile: "company.pem", readFile });
    expect(opened).toMatchObject({ ok: false, error: { code, detail: expect.stringContaining(words) } });
    expect(opened).toMatchObject({ error: { detail: expect.stringMatching(/^network\.caFile: .*company\.pem/) } });
  });
});

describe("a proxy", () => {
  test("carries requests and sockets, with its credentials and the additional authority", async () => {
    const port = await platform(true);
    const { port: proxyPort, asked } = await proxy();
    const network = await open({ caFile: "company.pem", proxy: `http://user:pass@127.0.0.1:${proxyPort}` });
    await expect(post(network, `https://${HOST}:${port}/`)).resolves.toMatchObject({ ok: true, value: { value: { a: 1 } } });
    await expect(greeting(network, `wss://${HOST}:${port}`)).resolves.toBe("welcome");
    expect(asked.map((request) => request.url)).toEqual([`${HOST}:${port}`, `${HOST}:${port}`]);
    const basic = `Basic ${Buffer.from("user:pass").toString("base64")}`;
    expect(asked.map((request) => request.headers["proxy-authorization"])).toEqual([basic, basic]);
  });

  test("does not vouch for a certificate that nobody trusts", async () => {
    const port = await platform(true);
    const { port: proxyPort } = await proxy();
    const network = await open({ proxy: `http://127.0.0.1:${proxyPort}` });
    await expect(post(network, `https://${HOST}:${port}/`)).resolves.toMatchObject({ ok: false, error: { code: "network" } });
    await expect(greeting(network, `wss://${HOST}:${port}`)).resolves.toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  });

  test("is passed by for loopback addresses", async () => {
    const port = await platform(false);
    const { port: proxyPort, asked } = await proxy();
    const network = await open({ proxy: `http://127.0.0.1:${proxyPort}` });
    await expect(post(network, `http://127.0.0.1:${port}/`)).resolves.toMatchObject({ ok: true });
    await expect(greeting(network, `ws://127.0.0.1:${port}`)).resolves.toBe("welcome");
    expect(asked).toHaveLength(0);
  });

  test("that refuses is named with its status, without its credentials", async () => {
    const { port: proxyPort } = await proxy(407);
    const network = await open({ proxy: `http://user:pa55word@127.0.0.1:${proxyPort}` });
    const outcome = await post(network, `https://${HOST}/`);
    expect(outcome).toMatchObject({ ok: false, error: { code: "network", detail: expect.stringContaining("the proxy answered 407") } });
    expect(JSON.stringify(outcome)).not.toContain("pa55word");
    await expect(greeting(network, `wss://${HOST}`)).resolves.toBe("status 407");
  });

  test("a request through it ends when its caller gives up", async () => {
    const silent = await serve(createSilentServer());
    const { port: proxyPort, asked } = await proxy();
    const network = await open({ proxy: `http://127.0.0.1:${proxyPort}` });
    const leaving = new AbortController();
    const outcome = post(network, `https://${HOST}:${silent}/`, leaving.signal);
    await until(() => asked.length === 1);
    leaving.abort();
    await expect(outcome).resolves.toMatchObject({ ok: false, error: { code: "aborted" } });
  });

  test.each(["socks5://user:pa55word@127.0.0.1:1", "user:pa55word@proxy:8080", "proxy"])("%s is refused without quoting it", async (address) => {
    const opened = await openNetwork({ proxy: address, readFile: async () => "" });
    expect(opened).toMatchObject({ ok: false, error: { code: "invalid-input", detail: expect.stringContaining("network.proxy") } });
    expect(JSON.stringify(opened)).not.toContain("pa55word");
  });
});

describe("loopback addresses", () => {
  test.each(["http://127.0.0.1:80", "ws://127.9.9.9", "http://localhost", "http://LOCALHOST:1", "http://app.localhost", "http://[::1]:5/x", "http://127.1"])(
    "%s is one",
    (url) => {
      expect(isLoopback(url)).toBe(true);
    },
  );
  test.each(["http://127.0.0.1.example.com", "http://localhost.example.com", "http://10.0.0.1", "http://[::2]", "http://0.0.0.0", "nonsense", "http://127.0.0.1@example.com"])(
    "%s is none",
    (url) => {
      expect(isLoopback(url)).toBe(false);
    },
  );
});
