import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";

const MAX_INCOMING_BYTES = 100_000;

/** The WebSocket connections of one endpoint. Disposing closes them with 1001 and waits for none. */
export interface SocketServer extends AsyncDisposable {
  readonly clients: ReadonlySet<WebSocket>;
  readonly accept: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** Hands each new connection to `take`, with the request that opened it. A frame of more than 100,000 bytes closes its connection (1009). */
export function openSocketServer(take: (socket: WebSocket, request: IncomingMessage) => void): SocketServer {
  // Pongs are sent by hand, because a socket that plays dead must not send any.
  const sockets = new WebSocketServer({ noServer: true, autoPong: false, perMessageDeflate: false, maxPayload: MAX_INCOMING_BYTES });
  return {
    clients: sockets.clients,
    accept(request, socket, head) {
      sockets.handleUpgrade(request, socket, head, (opened) => {
        // A client that breaks the protocol loses its socket and nothing else.
        opened.on("error", () => undefined);
        take(opened, request);
      });
    },
    async [Symbol.asyncDispose]() {
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
