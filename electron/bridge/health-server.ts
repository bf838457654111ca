import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { BridgeView } from "../../shared/bridge-view.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { bridgeMetrics } from "./bridge-metrics.ts";
import { OPEN_METRICS_TYPE, openMetricsText } from "../net/open-metrics.ts";
import type { Readiness } from "./readiness.ts";

const HOST = "127.0.0.1";
const LOOPBACK_NAMES = new Set([HOST, "localhost", "[::1]"]);
const MAX_CONNECTIONS = 64;
const HEADERS_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 10_000;

/** What the endpoint tells; asked at each request. */
export interface HealthPorts {
  readonly ready: () => Readiness;
  readonly view: () => BridgeView;
  readonly connection: () => ConnectionState;
}

export interface HealthServer extends AsyncDisposable {
  readonly port: number;
}

interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Serves the bridge's health on 127.0.0.1: `/healthz` (200 while the process works), `/readyz` (200, or 503 with the
 * reasons) and `/metrics` (OpenMetrics). No secret, no id and no text of a message is told, so whoever is on this machine
 * may read it; a web page that has its own name point here may not: `Host` must name loopback. `port` 0 takes a free one.
 * The fault: the port cannot be had.
 */
export function serveHealth(port: number, ports: HealthPorts): Promise<Result<HealthServer, Fault>> {
  const server = createServer((request, response) => {
    const { status, contentType, body, headers } = answerTo(request, ports);
    response.writeHead(status, {
      "content-type": contentType,
      "content-length": Buffer.byteLength(body),
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      ...headers,
    });
    response.end(request.method === "HEAD" ? undefined : body);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  return new Promise((resolve) => {
    server.on("error", (cause) => {
      resolve(err({ kind: "transport", code: "invalid-input", detail: `bridge.healthPort: cannot listen on ${HOST}:${port} (${cause.message}); choose a free port` }));
    });
    server.listen({ host: HOST, port, exclusive: true }, () => {
      const address = server.address();
      resolve(
        ok({
          port: isAddressInfo(address) ? address.port : port,
          async [Symbol.asyncDispose]() {
            await new Promise<void>((closed) => {
              server.close(() => {
                closed();
              });
              server.closeAllConnections();
            });
          },
        }),
      );
    });
  });
}

function answerTo(request: IncomingMessage, ports: HealthPorts): Answer {
  // Any port: a tunnel to this machine (ssh -L) brings its own.
  const name = (request.headers.host ?? "").replace(/:\d+$/u, "").toLowerCase();
  if (!LOOPBACK_NAMES.has(name)) return json(403, { message: "This address answers to loopback names only." });
  if (request.method !== "GET" && request.method !== "HEAD") return { ...json(405, { message: "Only GET and HEAD are understood." }), headers: { allow: "GET, HEAD" } };
  switch ((request.url ?? "").replace(/\?.*$/u, "")) {
    case "/healthz":
      return json(200, { status: "ok" });
    case "/readyz": {
      const { ok: isReady, reasons } = ports.ready();
      return json(isReady ? 200 : 503, { status: isReady ? "ready" : "not ready", reasons });
    }
    case "/metrics":
      return { status: 200, contentType: OPEN_METRICS_TYPE, body: openMetricsText(bridgeMetrics(ports.view(), ports.connection())) };
    default:
      return json(404, { message: "Only /healthz, /readyz and /metrics are served here." });
  }
}

function json(status: number, value: unknown): Answer {
  return { status, contentType: "application/json; charset=utf-8", body: `${JSON.stringify(value)}\n` };
}

function isAddressInfo(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === "object" && address !== null;
}
