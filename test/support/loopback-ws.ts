import { createServer, type IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { listen } from "./loopback-http.ts";

/** What becomes of an upgrade: accepted, refused with a status, cut, left without an answer, or answered with nonsense. */
export type Upgrade = "accept" | "cut" | "hang" | "nonsense" | { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

export interface LoopbackWs extends AsyncDisposable {
  /** `ws://127.0.0.1:port/stream`. */
  readonly url: string;
  /** Every upgrade that was asked for, refused ones too. */
  readonly upgrades: readonly IncomingMessage[];
  /** Every connection that was accepted, the newest last. */
  readonly connections: readonly WebSocket[];
  /** TCP connections that are open now. */
  openSockets(): number;
}

/** A real WebSocket server on 127.0.0.1; `decide` rules on every upgrade, numbered from 0. */
export async function serveWs(
  decide: (number: number, request: IncomingMessage) => Upgrade = () => "accept",
  onConnection: (connection: WebSocket, number: number) => void = () => {},
  options: { readonly autoPong?: boolean } = {},
): Promise<LoopbackWs> {
  const upgrades: IncomingMessage[] = [];
  const connections: WebSocket[] = [];
  const sockets = new Set<Duplex>();
  const server = createServer();
  const acceptor = new WebSocketServer({ noServer: true, ...options });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("upgrade", (request, socket, head) => {
    const verdict = decide(upgrades.length, request);
    upgrades.push(request);
    if (verdict === "accept") {
      acceptor.handleUpgrade(request, socket, head, (connection) => {
        connection.on("error", () => {});
        connections.push(connection);
        onConnection(connection, connections.length - 1);
      });
    } else if (verdict === "cut") socket.destroy();
    else if (verdict === "nonsense") {
      socket.end("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n");
    } else if (verdict === "hang") {
      // Read on, or the other side's giving up would never be seen.
      socket.on("end", () => socket.end()).resume();
    } else {
      const headers = Object.entries(verdict.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.end(`HTTP/1.1 ${verdict.status} No\r\nConnection: close\r\nContent-Length: 2\r\n${headers.join("")}\r\nno`);
    }
  });
  const port = await listen(server);
  return {
    url: `ws://127.0.0.1:${port}/stream`,
    upgrades,
    connections,
    openSockets: () => sockets.size,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}
