import type { WebSocket } from "ws";
import type { FaultBoard } from "./faults.ts";
import { type Conversation, type ConversationOptions, openConversation } from "./runtime-conversation.ts";
import { openSocketServer } from "./socket-server.ts";
import type { UpgradeEndpoint } from "./upgrade-router.ts";

/** The runtime's sockets. */
export interface RuntimeSockets extends AsyncDisposable {
  readonly endpoint: UpgradeEndpoint;
  /** Breaks every socket without a close frame: the client sees 1006. */
  dropAll(): void;
  /** Closes every socket with `code`: 1005 is a close frame without a code, 1006 none at all. */
  closeAll(code: number): void;
  /** Answers no ping of the sockets that are open now, for good. */
  deafenOpen(): void;
  /** Closes the sessions whose token is dead. */
  recheckTokens(): void;
  /** Connections that are there, with or without a session. */
  open(): number;
  pings(): number;
  /** The code of the last connection that its client ended: 1006 where it just went away, null before the first. */
  lastCloseCode(): number | null;
}

export interface RuntimeSocketsOptions
  extends Pick<UpgradeEndpoint, "path" | "judge">, Omit<ConversationOptions, "send" | "hangUp"> {
  readonly faults: FaultBoard;
}

/** Gives each connection that comes in at `endpoint` a conversation with the runtime. The runtime itself sends no ping. */
export function openRuntimeSockets(options: RuntimeSocketsOptions): RuntimeSockets {
  const { faults } = options;
  const conversations = new Map<WebSocket, Conversation>();
  const deaf = new WeakSet<WebSocket>();
  /** Sockets whose end is not the client's doing. */
  const ended = new WeakSet<WebSocket>();
  let pings = 0;
  let lastCloseCode: number | null = null;

  const drop = (socket: WebSocket): void => {
    ended.add(socket);
    conversations.get(socket)?.end();
    socket.terminate();
  };

  const close = (socket: WebSocket, code: number, words: string): void => {
    ended.add(socket);
    conversations.get(socket)?.end();
    if (code === 1005) socket.close();
    else socket.close(code, words);
  };

  /** Whether the connection takes what has come; one that a fault breaks now does not. */
  const takes = (socket: WebSocket): boolean => {
    if (socket.readyState !== socket.OPEN) return false;
    const share = faults.values["tunnel-drop"];
    if (typeof share !== "number" || !faults.strikes(share)) return true;
    drop(socket);
    return false;
  };

  const pongLater = (socket: WebSocket, data: Buffer, delayMs: number): void => {
    const cancel = options.clock.after(delayMs, () => {
      socket.off("close", cancel);
      if (socket.readyState === socket.OPEN) socket.pong(data);
    });
    socket.once("close", cancel);
  };

  const sockets = openSocketServer((socket) => {
    const conversation = openConversation({
      ...options,
      send: (text) => {
        if (socket.readyState === socket.OPEN) socket.send(text);
      },
      hangUp: (code, words, parted) => {
        if (parted) socket.close(code, words);
        else close(socket, code, words);
      },
    });
    conversations.set(socket, conversation);
    socket.on("ping", (data) => {
      pings += 1;
      if (!takes(socket) || faults.values["tunnel-no-pong"] === "on" || deaf.has(socket)) return;
      const about = faults.values["tunnel-latency"];
      if (about === undefined) socket.pong(data);
      else pongLater(socket, data, about * (0.75 + spread(pings) / 2));
    });
    socket.on("message", (data, isBinary) => {
      if (takes(socket) && data instanceof Buffer) conversation.hear(data, isBinary);
    });
    socket.on("close", (code) => {
      if (!ended.has(socket)) lastCloseCode = code;
      conversation.end();
      conversations.delete(socket);
    });
  });

  return {
    endpoint: { path: options.path, judge: options.judge, accept: sockets.accept },
    dropAll() {
      for (const socket of sockets.clients) drop(socket);
    },
    closeAll(code) {
      for (const socket of sockets.clients) {
        if (code === 1006) drop(socket);
        else close(socket, code, "closed for practice");
      }
    },
    deafenOpen() {
      for (const socket of sockets.clients) deaf.add(socket);
    },
    recheckTokens() {
      for (const conversation of conversations.values()) conversation.recheckToken();
    },
    open: () => sockets.clients.size,
    pings: () => pings,
    lastCloseCode: () => lastCloseCode,
    async [Symbol.asyncDispose]() {
      for (const [socket, conversation] of conversations) {
        ended.add(socket);
        conversation.end();
      }
      await sockets[Symbol.asyncDispose]();
    },
  };
}

/** Numbers between 0 and 1 that look irregular and are the same each time: multiples of the golden section. */
function spread(number: number): number {
  return (number * 0.618_033_988_749_895) % 1;
}
