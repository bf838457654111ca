import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { KeyAndCertificate } from "./certificate.ts";
import { matchPath, refusal, type Route, type SandboxReply } from "./routes.ts";

const MAX_BODY_BYTES = 1_000_000;

/** An HTTP server on 127.0.0.1 that answers from a table of routes. */
export interface HttpServer extends AsyncDisposable {
  readonly server: Server;
  readonly port: number;
}

/** An HTTPS server on 127.0.0.1 that answers from a table of routes. */
export interface HttpsServer extends AsyncDisposable {
  readonly port: number;
  /** Goes on with another certificate; every connection that was made under the last one is closed. */
  certify(certificate: KeyAndCertificate): void;
}

/**
 * Listens on `port` (0: a free one). `now`: the platform's clock, ms since the Unix epoch, which dates every reply: who
 * plays time is to see one time only. Rejects with the system's error when the port is taken.
 */
export async function startHttpServer(port: number, routes: readonly Route[], now: () => number, signal: AbortSignal): Promise<HttpServer> {
  const reply = respond(routes, signal);
  const server = createServer((request, response) => {
    response.setHeader("date", new Date(now()).toUTCString());
    reply(request, response);
  });
  return { server, port: await listenOn(server, port), [Symbol.asyncDispose]: () => close(server) };
}

/** Listens on a free port of 127.0.0.1 with a certificate. */
export async function startHttpsServer(certificate: KeyAndCertificate, routes: readonly Route[], signal: AbortSignal): Promise<HttpsServer> {
  const server = createSecureServer({ ...certificate }, respond(routes, signal));
  return {
    port: await listenOn(server, 0),
    certify(next) {
      server.setSecureContext({ ...next });
      server.closeAllConnections();
    },
    [Symbol.asyncDispose]: () => close(server),
  };
}

function respond(routes: readonly Route[], signal: AbortSignal) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(routes, request, response, signal)
      .then((reply) => send(response, reply))
      .catch(() => {
        response.destroy();
      });
  };
}

async function listenOn(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeAllConnections();
  await closed;
}

/** Only names of this machine are answered, so that no web page gets here under a name of its own. */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost)(:\d+)?$/i.test(host ?? "");
}

async function answer(
  routes: readonly Route[],
  request: IncomingMessage,
  response: ServerResponse,
  closing: AbortSignal,
): Promise<SandboxReply> {
  if (!isLoopbackHost(request.headers.host)) return refusal(421, "this address serves 127.0.0.1 and localhost only");
  const path = pathOf(request);
  const known = routes.flatMap((route) => {
    const ids = matchPath(route.path, path);
    return ids === null ? [] : [{ route, ids }];
  });
  if (known.length === 0) return refusal(404, `nothing is served at ${path}`);
  const match = known.find((one) => one.route.method === request.method);
  if (match === undefined) {
    const allowed = known.map((one) => one.route.method).join(", ");
    return refusal(405, `${path} takes ${allowed}`, { allow: allowed });
  }
  const body = await readBody(request);
  if (body === null) return refusal(413, `the body is larger than ${String(MAX_BODY_BYTES)} bytes`);
  const hangUp = new AbortController();
  response.once("close", () => {
    hangUp.abort();
  });
  return match.route.handle({
    path,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value ?? "")])),
    body,
    ids: match.ids,
    contentType: request.headers["content-type"] ?? "",
    authorization: request.headers.authorization ?? "",
    idempotencyKey: String(request.headers["idempotency-key"] ?? ""),
    signal: AbortSignal.any([hangUp.signal, closing]),
  });
}

/** The path without the query; a request line that is no address has none. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? "").split("?")[0] ?? "";
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return size > MAX_BODY_BYTES ? null : Buffer.concat(chunks).toString("utf8");
}

async function send(response: ServerResponse, reply: SandboxReply): Promise<void> {
  if (reply.kind === "silence") return;
  if (reply.kind === "hang-up") {
    response.destroy();
    return;
  }
  if (reply.kind === "empty") {
    response.writeHead(reply.status, { "cache-control": "no-store" }).end();
    return;
  }
  if (reply.kind === "bytes") {
    response.writeHead(reply.status, { "content-length": reply.body.length, "cache-control": "no-store", ...reply.headers }).end(reply.body);
    return;
  }
  if (reply.kind === "endless") {
    await sendEndlessly(response, reply);
    return;
  }
  const body = Buffer.from(JSON.stringify(reply.body));
  const status = reply.kind === "json" ? reply.status : 200;
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": body.length,
    "cache-control": "no-store",
    ...(reply.kind === "json" ? reply.headers : {}),
  });
  if (reply.kind === "json") {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
    response.destroy();
  });
}

async function sendEndlessly(response: ServerResponse, { head, chunk, next }: Extract<SandboxReply, { readonly kind: "endless" }>): Promise<void> {
  const gone = new AbortController();
  response.once("close", () => {
    gone.abort();
  });
  response.writeHead(200, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.write(head);
  while (!response.destroyed) {
    await next();
    // What is not taken is not sent on and on: it would all be kept here.
    if (!response.destroyed && !response.write(chunk)) await once(response, "drain", { signal: gone.signal }).catch(() => undefined);
  }
}
