import type { ServerResponse } from "node:http";
import type { WebSocket } from "ws";
import { z } from "zod";
import type { BridgePlatform } from "../../electron/bridge/bridge.ts";
import { sendJson, serveHttp, type SeenRequest } from "./loopback-http.ts";
import { serveWs } from "./loopback-ws.ts";

/** What a run of traffic is like. Shares are between 0 and 1; times in ms. */
export interface TrafficOptions {
  readonly messages: number;
  readonly conversations: number;
  /** How often the event socket is broken, evenly over the messages. */
  readonly drops: number;
  /** So many events at most, which had been delivered before, come again after each drop. */
  readonly replay: number;
  readonly botMs: number;
  readonly botFails: number;
  /** Replies that are stored while the connection breaks before an answer. */
  readonly replyTorn?: number;
  /** Replies that are answered with 500 and not stored. */
  readonly replyFails?: number;
  /** The conversations cannot be read back. */
  readonly readRefused?: boolean;
  /** Our replies come back as events of no said direction. */
  readonly unsaid?: boolean;
  /** Customers' messages a second; 0: as many as `window` lets. */
  readonly perSecond?: number;
  /** How many messages may be without an answer at a time. */
  readonly window?: number;
  readonly random: () => number;
  /** Something is asked of the platform or the bot; true: it is not answered (whoever asked is about to be killed). */
  readonly onRequest?: (what: "ask" | "reply" | "read") => boolean;
}

/** What became of the messages. Each text is that of the customer's message. */
export interface TrafficReport {
  readonly sent: number;
  readonly answered: number;
  readonly unanswered: readonly string[];
  readonly doubled: readonly string[];
  /** Replies that are in a conversation before the reply to an earlier message. */
  readonly outOfOrder: readonly string[];
  /** Replies to nothing that a customer said. */
  readonly unknown: readonly string[];
  readonly asked: number;
  readonly drops: number;
  readonly replayed: number;
  readonly reads: number;
}

/** A platform, a bot, and customers, to put a bridge through. */
export interface Traffic extends AsyncDisposable {
  readonly platform: BridgePlatform;
  /** Customers write, from the first subscription on, until all was said. */
  begin(): Promise<void>;
  /** Resolves when that many messages of all have a reply. */
  answered(count: number): Promise<void>;
  /** The bridge says that it does not know whether this message was answered. */
  flag(id: string): void;
  /** Resolves when every message has a reply or was flagged. */
  settled(): Promise<void>;
  /** What a message says, by its id. */
  textOf(id: string): string | undefined;
  report(): TrafficReport;
  /** One line of one customer, apart from the run. */
  say(conversationId: string, text: string): void;
  /** Replies in a conversation. */
  replies(conversationId: string): readonly string[];
}

interface Message {
  readonly id: string;
  readonly text: string;
  readonly direction: "inbound" | "outbound";
  readonly time: string;
}

const subscription = z.object({ sequenceId: z.number().optional() });
const question = z.object({ message: z.string() });
const reply = z.object({ textBody: z.string() });

const EVENTS_BEFORE_DROP = 3;

/** Starts the platform and the bot on this machine. */
export async function startTraffic(options: TrafficOptions): Promise<Traffic> {
  const { random } = options;
  const chance = (share: number | undefined): boolean => share !== undefined && random() < share;
  const conversations = new Map<string, Message[]>();
  const log: string[] = [];
  let subscriber: WebSocket | null = null;
  let count = 0;
  let sent = 0;
  let asked = 0;
  let drops = 0;
  /** Drops that wait for a connection, and how many events that has brought. */
  let dropsDue = 0;
  let brought = 0;
  let replayed = 0;
  let reads = 0;
  const replied = new Set<string>();
  /** Messages with a reply, and those that were flagged. */
  const over = new Set<string>();
  const settled = Promise.withResolvers<void>();
  const waiters: { readonly count: number; readonly resolve: () => void }[] = [];
  let timer: NodeJS.Timeout | null = null;
  let running = false;
  const heard = Promise.withResolvers<void>();

  const store = (conversationId: string, text: string, direction: Message["direction"]): Message => {
    const message: Message = { id: `m${(count += 1)}`, text, direction, time: new Date().toISOString() };
    const messages = conversations.get(conversationId);
    if (messages === undefined) conversations.set(conversationId, [message]);
    else messages.push(message);
    const said = direction === "outbound" && options.unsaid === true ? {} : { direction };
    const eventData = { id: message.id, conversationId, body: text, eventTime: message.time, ...said };
    const frame = JSON.stringify({ eventType: "message", sequenceId: log.length + 1, eventData });
    log.push(frame);
    if (subscriber !== null) {
      subscriber.send(frame);
      brought += 1;
      if (dropsDue > 0 && brought >= EVENTS_BEFORE_DROP) drop();
    }
    return message;
  };

  const say = (conversationId: string, text: string): void => {
    store(conversationId, text, "inbound");
  };

  const sayNext = (): void => {
    const lane = sent % options.conversations;
    sent += 1;
    say(`c${lane}`, `c${lane} line ${sent}`);
    if (options.drops > 0 && sent % Math.max(1, Math.floor(options.messages / options.drops)) === 0 && drops + dropsDue < options.drops) dropsDue += 1;
  };

  const textOf = (id: string): string | undefined => conversations.values().toArray().flat().find((message) => message.id === id)?.text;
  const isSettled = (): boolean => over.size >= options.messages;

  const drop = (): void => {
    drops += 1;
    dropsDue -= 1;
    subscriber?.terminate();
    subscriber = null;
  };

  const isOpen = (): boolean => running && dropsDue < 2 && sent < options.messages && sent - over.size < (options.window ?? 200);
  const pump = (): void => {
    if (options.perSecond !== undefined && options.perSecond > 0) return;
    // A few at a time: the servers share this thread.
    for (let turn = 0; turn < 20 && isOpen(); turn += 1) sayNext();
    if (isOpen()) setImmediate(pump);
  };

  const pace = (perSecond: number): void => {
    const startedAt = performance.now();
    timer = setInterval(() => {
      const due = Math.min(options.messages, Math.floor(((performance.now() - startedAt) * perSecond) / 1_000));
      for (let left = running ? due - sent : 0; left > 0; left -= 1) sayNext();
    }, 2);
  };

  const onReply = (text: string): void => {
    const of = text.replace(/^re: /u, "");
    replied.add(of);
    over.add(of);
    for (const waiter of waiters) if (replied.size >= waiter.count) waiter.resolve();
    if (isSettled()) settled.resolve();
    if (running) pump();
  };

  const dialog = (body: string, response: ServerResponse): void => {
    asked += 1;
    const { message } = question.parse(JSON.parse(body));
    const answer = (): void => {
      if (chance(options.botFails)) sendJson(response, 500, {});
      else sendJson(response, 200, { response: `re: ${message}` });
    };
    if (options.botMs === 0) answer();
    else setTimeout(answer, options.botMs);
  };

  const takeReply = (conversationId: string, body: string, response: ServerResponse): void => {
    if (chance(options.replyFails)) {
      sendJson(response, 500, {});
      return;
    }
    const { textBody } = reply.parse(JSON.parse(body));
    const message = store(conversationId, textBody, "outbound");
    onReply(textBody);
    if (chance(options.replyTorn)) response.destroy();
    else sendJson(response, 200, { id: message.id });
  };

  const readConversation = (conversationId: string, messageId: string | undefined, response: ServerResponse): void => {
    reads += 1;
    const messages = conversations.get(conversationId) ?? [];
    if (options.readRefused === true) sendJson(response, 403, { message: "no", code: "forbidden", status: 403 });
    else if (messageId === undefined) {
      sendJson(response, 200, { participants: [{ messages: messages.map(({ id, time }) => ({ messageId: id, messageTime: time })) }] });
    } else {
      const found = messages.find(({ id }) => id === messageId);
      if (found === undefined) sendJson(response, 404, { message: "gone", code: "not.found", status: 404 });
      else sendJson(response, 200, { textBody: found.text, direction: found.direction });
    }
  };

  const answerRequest = ({ method, path, body }: SeenRequest, response: ServerResponse): void => {
    if (path === "/oauth/token") {
      sendJson(response, 200, { access_token: "traffic-token", expires_in: 86_400, token_type: "bearer" });
      return;
    }
    if (path === "/dialog") {
      if (options.onRequest?.("ask") !== true) dialog(body, response);
      return;
    }
    const parts = path.split("/");
    const [conversationId = "", communications, , what] = parts.slice(5);
    if (method === "POST" && what === "messages") {
      if (options.onRequest?.("reply") !== true) takeReply(conversationId, body, response);
    } else if (method === "POST" && what === "typing") sendJson(response, 200, {});
    else if (method === "GET" && options.onRequest?.("read") !== true) readConversation(conversationId, communications === "messages" ? parts[7] : undefined, response);
  };

  const closing = new AsyncDisposableStack();
  const http = closing.use(await serveHttp(answerRequest));
  const stream = closing.use(
    await serveWs(
      () => "accept",
      (connection) => {
        connection.once("message", (data: Buffer) => {
          const { sequenceId } = subscription.parse(JSON.parse(data.toString()));
          const again = sequenceId === undefined ? 0 : Math.min(sequenceId, Math.floor(random() * (options.replay + 1)));
          const from = sequenceId === undefined ? log.length : sequenceId - again;
          connection.send(JSON.stringify({ sequenceId: log.length }));
          for (const frame of log.slice(from)) connection.send(frame);
          replayed += again;
          subscriber = connection;
          brought = 0;
          heard.resolve();
          if (running) pump();
          connection.once("close", () => {
            if (subscriber === connection) subscriber = null;
          });
        });
      },
    ),
  );

  return {
    platform: {
      tokenUrl: `${http.url}/oauth/token`,
      socketUrl: stream.url,
      apiUrl: http.url,
      audience: "https://api.traffic/org",
      clientId: "client",
      clientSecret: "secret",
      dialogUrl: `${http.url}/dialog`,
      dialogKey: "key",
    },
    async begin() {
      // What was said before anybody listened for the first time is nobody's.
      await heard.promise;
      running = true;
      if (options.perSecond !== undefined && options.perSecond > 0) pace(options.perSecond);
      else pump();
    },
    answered: (wanted) =>
      new Promise((resolve) => {
        if (replied.size >= wanted) resolve();
        else waiters.push({ count: wanted, resolve });
      }),
    flag(id) {
      const text = textOf(id);
      if (text !== undefined) over.add(text);
      if (isSettled()) settled.resolve();
      // What nobody waits for any more makes room for others.
      if (running) pump();
    },
    settled: () => settled.promise,
    textOf,
    report: () => ({ ...judge(conversations), sent, asked, drops, replayed, reads }),
    say,
    replies: (conversationId) => (conversations.get(conversationId) ?? []).flatMap(({ direction, text }) => (direction === "outbound" ? [text] : [])),
    async [Symbol.asyncDispose]() {
      running = false;
      if (timer !== null) clearInterval(timer);
      await closing.disposeAsync();
    },
  };
}

/** Compares what customers said with what they were answered. */
function judge(conversations: ReadonlyMap<string, readonly Message[]>): Pick<TrafficReport, "answered" | "unanswered" | "doubled" | "outOfOrder" | "unknown"> {
  let answered = 0;
  const unanswered: string[] = [];
  const doubled: string[] = [];
  const outOfOrder: string[] = [];
  const unknown: string[] = [];
  for (const messages of conversations.values()) {
    const questions = messages.filter(({ direction }) => direction === "inbound").map(({ text }) => text);
    const places = new Map(questions.map((text, index) => [text, index]));
    const answers = messages.filter(({ direction }) => direction === "outbound").map(({ text }) => text.replace(/^re: /u, ""));
    const seen = new Set<string>();
    let last = -1;
    for (const text of answers) {
      const place = places.get(text);
      if (place === undefined) unknown.push(text);
      else if (seen.has(text)) doubled.push(text);
      else if (place < last) outOfOrder.push(text);
      seen.add(text);
      last = Math.max(last, place ?? -1);
    }
    answered += seen.size;
    unanswered.push(...questions.filter((text) => !seen.has(text)));
  }
  return { answered, unanswered, doubled, outOfOrder, unknown };
}

/** The same numbers at every start. */
export function numbersFrom(seed: number): () => number {
  let turn = seed;
  return () => {
    turn = (turn * 16_807 + 11) % 2_147_483_647;
    return turn / 2_147_483_647;
  };
}
