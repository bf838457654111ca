import type { WebSocket } from "ws";
import type { Clock } from "../../shared/clock.ts";
import { cleanReason, secretsOf } from "./close-reason.ts";
import { errorCode, networkReason } from "./network-reason.ts";
import { retryAfterMs } from "./retry-after.ts";
import type { SocketFailure } from "./socket-failure.ts";

/** One connection of the runner, from dialling to its end. */
export interface Line {
  /** False where the connection is closing or not open yet. */
  send(text: string): boolean;
  /** Pings with `mark`, which the pong brings back. */
  ping(mark: string): void;
  /** Ends it now. */
  cut(): void;
  /** Sends `farewell`, where there is one, closes with 1000, and cuts after `graceMs`. */
  hangUp(clock: Clock, graceMs: number, farewell: string | null): void;
  /** Resolves when the socket is closed and no listener is left on it. */
  readonly gone: Promise<void>;
}

export interface LineHandlers {
  readonly maxPayloadBytes: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly now: () => number;
  readonly onOpen: () => void;
  readonly onMessage: (data: Buffer, isBinary: boolean) => void;
  /** A ping of the other side, or a pong with the mark of the ping that it answers. */
  readonly onLife: (pongMark: string | null) => void;
  /** Why it ended or did not come about; told once. */
  readonly onEnd: (failure: SocketFailure) => void;
  readonly onGone: () => void;
}

/** The error codes of `ws` that mean a message larger than allowed. */
const OVERSIZED = new Set(["WS_ERR_UNSUPPORTED_MESSAGE_LENGTH", "WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH", "WS_ERR_TOO_MANY_BUFFERED_PARTS"]);
/** The error codes of `ws` itself; those of TLS and of the system begin otherwise. */
const PROTOCOL = /^WS_ERR_/;

/** Listens to `connection` and tells its life in the words of the runner. */
export function openLine(connection: WebSocket, handlers: LineHandlers): Line {
  const gone = Promise.withResolvers<void>();
  let opened = false;
  let ended = false;
  let error: Error | null = null;
  let cancelGrace: (() => void) | null = null;

  const end = (failure: SocketFailure): void => {
    if (ended) return;
    ended = true;
    handlers.onEnd(failure);
  };

  connection.on("open", () => {
    opened = true;
    handlers.onOpen();
  });
  connection.on("message", (data, isBinary) => {
    // Always a buffer with the binary type that `ws` starts with; the check is for the type's sake.
    if (data instanceof Buffer) handlers.onMessage(data, isBinary);
  });
  connection.on("ping", () => {
    handlers.onLife(null);
  });
  connection.on("pong", (mark) => {
    handlers.onLife(mark.toString("latin1"));
  });
  connection.on("unexpected-response", (_request, response) => {
    const pauseMs = retryAfterMs(response.headers["retry-after"], handlers.now());
    end({ kind: "upgrade", status: response.statusCode ?? 0, retryAfterMs: pauseMs });
    connection.terminate();
  });
  connection.on("error", (reason) => {
    error ??= reason;
    const code = errorCode(reason) ?? "";
    if (OVERSIZED.has(code)) end({ kind: "oversized", limitBytes: handlers.maxPayloadBytes });
    else if (PROTOCOL.test(code)) end({ kind: "protocol", reason: code });
  });
  connection.on("close", (code, reason) => {
    if (opened) {
      const said = cleanReason(reason.toString("utf8"), secretsOf(handlers.headers));
      end({ kind: "close", code, reason: said === "" && error !== null ? networkReason(error) : said });
    } else {
      end({ kind: "unreachable", reason: error === null ? "the connection was closed" : dialReason(error) });
    }
    cancelGrace?.();
    connection.removeAllListeners();
    handlers.onGone();
    gone.resolve();
  });

  return {
    send(text) {
      if (connection.readyState !== connection.OPEN) return false;
      connection.send(text);
      return true;
    },
    ping(mark) {
      if (connection.readyState === connection.OPEN) connection.ping(mark);
    },
    cut() {
      connection.terminate();
    },
    hangUp(clock, graceMs, farewell) {
      if (farewell !== null && connection.readyState === connection.OPEN) connection.send(farewell);
      cancelGrace = clock.after(graceMs, () => {
        connection.terminate();
      });
      connection.close(1000);
    },
    gone: gone.promise,
  };
}

/** `ws` words an answer that is no upgrade itself, and quotes nothing of it. */
function dialReason(error: Error): string {
  return /^(Invalid |Server sent |No subprotocol)/.test(error.message) ? "the answer was no WebSocket upgrade" : networkReason(error);
}
