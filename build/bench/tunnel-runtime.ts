import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";

/**
 * A bot's runtime for measurements (contract 1), in a process of its own, so that nothing of what it costs is counted:
 * token, bot, sessions, and a socket that accepts whoever comes, answers pings and checks, and drops on demand.
 */
export const runtimeSchema = z.strictObject({
  /** How long after a ping its pong is sent, to a few hundredths of a millisecond. */
  pongAfterMs: z.number().nonnegative(),
});
export type RuntimeSettings = z.infer<typeof runtimeSchema>;

/** How a connection can be lost: as a process that dies, a network that resets, a server that restarts, and what breaks the protocol. */
export const dropWays = ["cut", "reset", "close 1001", "close 1011", "close 1012", "close 4000", "broken frame", "huge frame"] as const;
export type DropWay = (typeof dropWays)[number];

/** What the runtime is told by the process that measures. */
const orderSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("drop"), way: z.enum(dropWays) }),
  z.strictObject({ kind: z.literal("count") }),
]);
export type Order = z.infer<typeof orderSchema>;

/** What it tells that process. `sockets`: the connections of any kind that are in use. */
export const reportSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("listening"), port: z.number().int() }),
  z.strictObject({ kind: z.literal("counted"), sockets: z.number().int() }),
]);
export type Report = z.infer<typeof reportSchema>;

interface Client {
  readonly connection: WebSocket;
  readonly request: IncomingMessage;
}

if (import.meta.main) serve(runtimeSchema.parse(JSON.parse(process.argv[2] ?? "")));

function serve({ pongAfterMs }: RuntimeSettings): void {
  const clients = new Set<Client>();
  const server = createServer(answer);
  const sockets = new WebSocketServer({ server, perMessageDeflate: false, autoPong: false });
  sockets.on("connection", (connection, request) => {
    const client = { connection, request };
    clients.add(client);
    connection.on("error", () => {});
    connection.on("close", () => clients.delete(client));
    connection.on("message", (data) => {
      const reply = replyTo(Buffer.isBuffer(data) ? data.toString() : "");
      if (reply !== null) connection.send(JSON.stringify(reply));
    });
    connection.on("ping", (mark) => {
      pongAfter(connection, mark, pongAfterMs);
    });
  });
  process.on("message", (message) => {
    const order = orderSchema.parse(message);
    if (order.kind === "count") count(server);
    else for (const client of clients) drop(client, order.way);
  });
  // Whoever measures is gone, in whatever way.
  process.on("disconnect", () => process.exit());
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    tell({ kind: "listening", port: typeof address === "object" && address !== null ? address.port : 0 });
  });
}

function tell(report: Report): void {
  process.send?.(report);
}

/** A connection that is kept for a next request is nobody's. */
function count(server: Server): void {
  server.closeIdleConnections();
  setImmediate(() => {
    server.getConnections((_error, sockets) => {
      tell({ kind: "counted", sockets });
    });
  });
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(bodyFor(request.url ?? "")));
  });
}

function bodyFor(path: string): object {
  if (path === "/token") return { access_token: TOKEN, token_type: "Bearer", expires_in: 3_600 };
  return path.endsWith("/sessions") ? { items: [] } : { status: "active", channels: ["webchat"] };
}

const TOKEN = [{ alg: "none" }, { sub: "bench" }, "unsigned"].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");

const frameSchema = z.object({ type: z.string() });

function replyTo(text: string): object | null {
  const { type } = frameSchema.parse(JSON.parse(text));
  if (type === "CONNECT") return { type: "CONNECTED", sessionId: "bench" };
  if (type === "REFRESH_TOKEN") return { type: "TOKEN_REFRESHED" };
  return type === "CHANNEL_PROBE" ? { status: "available" } : null;
}

/** Timers of the system come up to a millisecond late, so the last of it is waited out. */
function pongAfter(connection: WebSocket, mark: Buffer, afterMs: number): void {
  const dueMs = performance.now() + afterMs;
  const pong = (): void => {
    while (performance.now() < dueMs);
    if (connection.readyState === connection.OPEN) connection.pong(mark);
  };
  if (afterMs === 0) pong();
  else setTimeout(pong, Math.max(0, Math.floor(afterMs) - 2));
}

/** A control frame that is fragmented, which RFC 6455 forbids. */
const BROKEN_FRAME = Buffer.from([0x09, 0x00]);
/** The head of a text frame of 1 GB. */
const HUGE_FRAME = Buffer.from([0x81, 127, 0, 0, 0, 0, 0x40, 0, 0, 0]);

function drop({ connection, request }: Client, way: DropWay): void {
  switch (way) {
    case "cut":
      connection.terminate();
      return;
    case "reset":
      request.socket.resetAndDestroy();
      return;
    case "broken frame":
      request.socket.write(BROKEN_FRAME);
      return;
    case "huge frame":
      request.socket.write(HUGE_FRAME);
      return;
    case "close 1001":
    case "close 1011":
    case "close 1012":
    case "close 4000":
      connection.close(Number(way.slice("close ".length)));
  }
}
