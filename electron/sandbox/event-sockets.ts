import type { WebSocket } from "ws";
import type { EventLog, LoggedEvent } from "./event-log.ts";
import type { FaultBoard } from "./faults.ts";
import type { TokenCheck } from "./oauth-platform.ts";
import type { SandboxClock } from "./sandbox-clock.ts";
import { openSocketServer } from "./socket-server.ts";
import { readSubscription } from "./subscription.ts";
import type { UpgradeEndpoint } from "./upgrade-router.ts";

/** By how much a number goes back where one does. */
const BACK_BY = 5;

/** What was seen of the event socket. */
export interface EventSocketStats {
  readonly openEventSockets: number;
  readonly eventSocketsOpened: number;
  /** Subscriptions that were accepted, and those of them that named a number to resume from. */
  readonly subscriptions: number;
  readonly resumes: number;
  readonly subscriptionsRefused: number;
  readonly eventsSent: number;
  /** The resume point of the last subscription; null where it named none. */
  readonly lastResumePoint: number | null;
}

/** The sockets on which the organisation's events are sent. */
export interface EventSockets extends AsyncDisposable {
  readonly endpoint: UpgradeEndpoint;
  broadcast(event: LoggedEvent): void;
  /** Breaks every socket without a close frame: the client sees 1006. */
  dropAll(): void;
  /** Silences the sockets that are open now for good: no frame, no pong. */
  stallOpen(): void;
  /** Closes the sockets whose token is dead. */
  recheckTokens(): void;
  stats(): EventSocketStats;
}

export interface EventSocketsOptions {
  readonly path: string;
  readonly log: EventLog;
  readonly faults: FaultBoard;
  readonly clock: SandboxClock;
  readonly check: (authorization: string) => TokenCheck;
  readonly onSubscriber: () => void;
}

interface Client {
  readonly authorization: string;
  subscribed: boolean;
  cancelExpiry: () => void;
}

/**
 * Keeps the sockets of `path` (contract 3.1 and 3.2). The first frame subscribes; its reply bears the number after which
 * events come. A token that ends closes its socket with 4401.
 */
export function openEventSockets(options: EventSocketsOptions): EventSockets {
  const { log, faults, clock } = options;
  const clients = new Map<WebSocket, Client>();
  const stalledForGood = new WeakSet<WebSocket>();
  let opened = 0;
  let subscriptions = 0;
  let resumes = 0;
  let refused = 0;
  let sent = 0;
  let lastResumePoint: number | null = null;

  const silent = (socket: WebSocket): boolean => faults.values["genesys-stall"] === "on" || stalledForGood.has(socket);

  const say = (socket: WebSocket, frame: string): void => {
    if (socket.readyState === socket.OPEN && !silent(socket)) socket.send(frame);
  };

  const deliver = (socket: WebSocket, { sequenceId, event }: LoggedEvent): void => {
    if (event.withheld || silent(socket) || socket.readyState !== socket.OPEN) return;
    const share = faults.values["genesys-drop"];
    if (typeof share === "number" && faults.strikes(share)) {
      socket.terminate();
      return;
    }
    for (const intruder of event.intruders) say(socket, intruder);
    const number = faults.strikes(faults.values["genesys-backwards"]) ? Math.max(0, sequenceId - BACK_BY) : sequenceId;
    const times = faults.strikes(faults.values["genesys-duplicates"]) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      sent += 1;
      say(socket, event.frame(number));
    }
  };

  const subscribe = (socket: WebSocket, client: Client, asked: number | null): void => {
    subscriptions += 1;
    lastResumePoint = asked;
    if (asked !== null) resumes += 1;
    // A number that was never given is one of before the events were numbered anew: all that is kept may be news.
    const from = asked === null ? log.last() : asked > log.last() ? log.keptAfter() : Math.max(asked, log.keptAfter());
    client.subscribed = true;
    say(socket, JSON.stringify({ sequenceId: from }));
    const again = asked === null ? 0 : (faults.values["genesys-replay"] ?? 0);
    for (const event of log.after(Math.max(0, from - again))) deliver(socket, event);
    options.onSubscriber();
  };

  const refuse = (socket: WebSocket, message: string): void => {
    refused += 1;
    say(socket, JSON.stringify({ eventType: "error", eventData: { code: "invalid.subscription", status: 400, message } }));
  };

  const closeWhereDead = (socket: WebSocket, client: Client): void => {
    const allowed = options.check(client.authorization);
    client.cancelExpiry();
    if (!allowed.ok) socket.close(4000 + allowed.status, allowed.message);
    else {
      client.cancelExpiry = clock.after(Math.max(0, allowed.expiresAt - clock.now()), () => {
        closeWhereDead(socket, client);
      });
    }
  };

  const sockets = openSocketServer((socket, request) => {
    opened += 1;
    const client: Client = { authorization: request.headers.authorization ?? "", subscribed: false, cancelExpiry: () => undefined };
    clients.set(socket, client);
    socket.on("ping", (data) => {
      if (!silent(socket) && socket.readyState === socket.OPEN) socket.pong(data);
    });
    socket.on("message", (data, isBinary) => {
      if (!(data instanceof Buffer)) return;
      const read = readSubscription(data, isBinary);
      if (read.ok) subscribe(socket, client, read.after);
      else refuse(socket, read.error);
    });
    socket.on("close", () => {
      client.cancelExpiry();
      clients.delete(socket);
    });
    closeWhereDead(socket, client);
  });

  return {
    endpoint: {
      path: options.path,
      judge: (authorization) => {
        const status = faults.values["genesys-upgrade"];
        if (status !== undefined) return { status, message: "upgrade refused for practice" };
        const allowed = options.check(authorization);
        return allowed.ok ? null : allowed;
      },
      accept: sockets.accept,
    },
    broadcast(event) {
      for (const [socket, client] of clients) if (client.subscribed) deliver(socket, event);
    },
    dropAll() {
      for (const socket of sockets.clients) socket.terminate();
    },
    stallOpen() {
      for (const socket of sockets.clients) stalledForGood.add(socket);
    },
    recheckTokens() {
      for (const [socket, client] of clients) closeWhereDead(socket, client);
    },
    stats: () => ({
      openEventSockets: sockets.clients.size,
      eventSocketsOpened: opened,
      subscriptions,
      resumes,
      subscriptionsRefused: refused,
      eventsSent: sent,
      lastResumePoint,
    }),
    async [Symbol.asyncDispose]() {
      for (const client of clients.values()) client.cancelExpiry();
      await sockets[Symbol.asyncDispose]();
    },
  };
}
