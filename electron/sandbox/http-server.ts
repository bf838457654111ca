import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { matchPath, refusal, type Route, type SandboxReply } from "./routes.ts";

const MAX_BODY_BYTES = 1_000_000;

/** An HTTP server on 127.0.0.1 that answers from a table of routes. */
export interface HttpServer extends AsyncDisposable {
  readonly server: Server;
  readonly port: number;
}

/** Listens on `port` (0: a free one). Rejects with the system's error when the port is taken. */
export async function startHttpServer(port: number, routes: readonly Route[], signal: AbortSignal): Promise<HttpServer> {
  const server = createServer((request, response) => {
    answer(routes, request, response, signal)
      .then((reply) => send(response, reply))
      .catch(() => {
        response.destroy();
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address();
  return {
    server,
    port: typeof address === "object" && address !== null ? address.port : port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
      });
      server.closeAllConnections();
      await closed;
    },
  };
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

function send(response: ServerResponse, reply: SandboxReply): void {
  if (reply.kind === "silence") return;
  if (reply.kind === "hang-up") {
    response.destroy();
    return;
  }
  if (reply.kind === "empty") {
    response.writeHead(reply.status, { "cache-control": "no-store" }).end();
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
