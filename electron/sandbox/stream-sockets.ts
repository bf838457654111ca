import type { WebSocket } from "ws";
import { openSocketServer } from "./socket-server.ts";
import type { WireFrame } from "./stream-faults.ts";
import type { UpgradeEndpoint } from "./upgrade-router.ts";

/** How many frames are remembered for those who connect again. */
const MAX_HISTORY = 1_000;
/** Larger frames are faults, and not worth the memory. */
const MAX_REMEMBERED_BYTES = 20_000;

/** The sockets of one streaming endpoint. */
export interface StreamSockets extends AsyncDisposable {
  readonly endpoint: UpgradeEndpoint;
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

export interface StreamSocketsOptions extends Pick<UpgradeEndpoint, "path" | "judge"> {
  readonly stalled: () => boolean;
  /** How many of the last frames a newcomer gets again. */
  readonly replay: () => number;
  readonly onSubscriber: () => void;
}

/** Keeps the sockets that come in at `endpoint`. */
export function openStreamSockets(options: StreamSocketsOptions): StreamSockets {
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
    const again = options.replay();
    if (again > 0 && !silent(socket)) for (const frame of history.slice(-again)) deliver(socket, frame);
    options.onSubscriber();
  };

  const sockets = openSocketServer(take);

  return {
    endpoint: { path: options.path, judge: options.judge, accept: sockets.accept },
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
    [Symbol.asyncDispose]: () => sockets[Symbol.asyncDispose](),
  };
}
