import { STATUS_CODES, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { isLoopbackHost, pathOf } from "./http-server.ts";
import type { WireFrame } from "./stream-faults.ts";

const MAX_INCOMING_BYTES = 100_000;
/** How many frames are remembered for those who connect again. */
const MAX_HISTORY = 1_000;
/** Larger frames are faults, and not worth the memory. */
const MAX_REMEMBERED_BYTES = 20_000;

/** The sockets of one streaming endpoint. */
export interface StreamSockets extends AsyncDisposable {
  /** Sends to every socket that is not stalled, and remembers the frames; a socket for which `breaks` says so is cut instead. */
  broadcast(frames: readonly WireFrame[], breaks: () => boolean): void;
  /** Sends without remembering. */
  beat(frame: string): void;
  /** Breaks every socket without a close frame: the client sees 1006. */
  dropAll(): void;
  /** Silences the sockets that are open now for good: no frame, no pong. */
  stallOpen(): void;
  open(): number;
  opened(): number;
  sent(): number;
}

/** A refused upgrade: the status and the platform's words. */
interface UpgradeRefusal {
  readonly status: number;
  readonly message: string;
}

export interface StreamSocketsOptions {
  readonly server: Server;
  readonly path: string;
  /** Looks at an upgrade; `null` lets it in. */
  readonly judge: (authorization: string) => UpgradeRefusal | null;
  readonly stalled: () => boolean;
  /** How many of the last frames a newcomer gets again. */
  readonly replay: () => number;
  readonly onSubscriber: () => void;
}

/** Takes upgrades at `path` and keeps the sockets; every other upgrade is answered with 404. */
export function openStreamSockets(options: StreamSocketsOptions): StreamSockets {
  // Pongs are sent by hand, because a stalled socket must not send any.
  const sockets = new WebSocketServer({ noServer: true, autoPong: false, perMessageDeflate: false, maxPayload: MAX_INCOMING_BYTES });
  const stalledForGood = new WeakSet<WebSocket>();
  const history: WireFrame[] = [];
  let opened = 0;
  let sent = 0;
  const silent = (socket: WebSocket): boolean => options.stalled() || stalledForGood.has(socket);

  const deliver = (socket: WebSocket, frame: WireFrame): void => {
    if (socket.readyState !== socket.OPEN) return;
    sent += 1;
    socket.send(frame);
  };

  const take = (socket: WebSocket): void => {
    opened += 1;
    socket.on("ping", (data) => {
      if (!silent(socket) && socket.readyState === socket.OPEN) socket.pong(data);
    });
    // A client that breaks the protocol loses its socket and nothing else.
    socket.on("error", () => undefined);
    const again = options.replay();
    if (again > 0 && !silent(socket)) for (const frame of history.slice(-again)) deliver(socket, frame);
    options.onSubscriber();
  };

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", () => undefined);
    const refused = refusalOf(request, options);
    if (refused !== null) {
      refuseUpgrade(socket, refused);
      return;
    }
    sockets.handleUpgrade(request, socket, head, take);
  };
  options.server.on("upgrade", upgrade);

  return {
    broadcast(frames, breaks) {
      if (frames.length === 0) return;
      history.push(...frames.filter((frame) => frame.length <= MAX_REMEMBERED_BYTES));
      // Cut now and then, so that a fast stream does not move a thousand entries per frame.
      if (history.length > 2 * MAX_HISTORY) history.splice(0, history.length - MAX_HISTORY);
      for (const socket of sockets.clients) {
        if (silent(socket)) continue;
        if (breaks()) socket.terminate();
        else for (const frame of frames) deliver(socket, frame);
      }
    },
    beat(frame) {
      for (const socket of sockets.clients) if (!silent(socket)) deliver(socket, frame);
    },
    dropAll() {
      for (const socket of sockets.clients) socket.terminate();
    },
    stallOpen() {
      for (const socket of sockets.clients) stalledForGood.add(socket);
    },
    open: () => sockets.clients.size,
    opened: () => opened,
    sent: () => sent,
    async [Symbol.asyncDispose]() {
      options.server.off("upgrade", upgrade);
      for (const socket of sockets.clients) socket.close(1001, "the sandbox closes");
      // One turn of the loop lets the close frames leave; nobody is waited for.
      await new Promise<void>((resolve) => {
        setImmediate(resolve);
      });
      for (const socket of sockets.clients) socket.terminate();
      await new Promise<void>((resolve) => {
        sockets.close(() => {
          resolve();
        });
      });
    },
  };
}

function refusalOf(request: IncomingMessage, options: StreamSocketsOptions): UpgradeRefusal | null {
  if (!isLoopbackHost(request.headers.host)) return { status: 421, message: "this address serves 127.0.0.1 and localhost only" };
  const path = pathOf(request);
  if (path !== options.path) return { status: 404, message: `nothing is streamed at ${path}` };
  return options.judge(request.headers.authorization ?? "");
}

function refuseUpgrade(socket: Duplex, { status, message }: UpgradeRefusal): void {
  const body = JSON.stringify({ code: status, message });
  socket.end(
    [
      `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? "Refused"}`,
      "Connection: close",
      "Content-Type: application/json; charset=utf-8",
      `Content-Length: ${String(Buffer.byteLength(body))}`,
      "",
      body,
    ].join("\r\n"),
  );
}
