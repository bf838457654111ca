import { STATUS_CODES, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { isLoopbackHost, pathOf } from "./http-server.ts";

/** A refused upgrade: the status, the platform's words, and further headers. */
export interface UpgradeRefusal {
  readonly status: number;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Who takes the WebSocket connections of one path. */
export interface UpgradeEndpoint {
  readonly path: string;
  /** Looks at an upgrade; `null` lets it in. */
  readonly judge: (authorization: string) => UpgradeRefusal | null;
  readonly accept: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** Shares a server's upgrades among its endpoints. Disposing ends that; what was accepted stays with its endpoint. */
export interface UpgradeRouter extends Disposable {
  add(endpoint: UpgradeEndpoint): void;
}

/** Takes the upgrades of `server`; one to a path that no endpoint has is answered with 404. */
export function routeUpgrades(server: Server): UpgradeRouter {
  const endpoints = new Map<string, UpgradeEndpoint>();
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", () => undefined);
    if (!isLoopbackHost(request.headers.host)) {
      refuseUpgrade(socket, { status: 421, message: "this address serves 127.0.0.1 and localhost only" });
      return;
    }
    const path = pathOf(request);
    const endpoint = endpoints.get(path);
    const refused =
      endpoint === undefined ? { status: 404, message: `no socket is served at ${path}` } : endpoint.judge(request.headers.authorization ?? "");
    if (refused === null) endpoint?.accept(request, socket, head);
    else refuseUpgrade(socket, refused);
  };
  server.on("upgrade", upgrade);
  return {
    add(endpoint) {
      endpoints.set(endpoint.path, endpoint);
    },
    [Symbol.dispose]() {
      server.off("upgrade", upgrade);
    },
  };
}

function refuseUpgrade(socket: Duplex, { status, message, headers = {} }: UpgradeRefusal): void {
  const body = JSON.stringify({ code: status, message });
  socket.end(
    [
      `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? "Refused"}`,
      "Connection: close",
      "Content-Type: application/json; charset=utf-8",
      `Content-Length: ${String(Buffer.byteLength(body))}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      "",
      body,
    ].join("\r\n"),
  );
}
