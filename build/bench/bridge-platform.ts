import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { z } from "zod";

/**
 * Genesys and a bot for measurements (contract 3), in a process of its own, so that nothing of what they cost is counted:
 * token, event stream, dialog and replies. Replies come back as events, as the platform's do. The time of a message is
 * taken here, on one clock, from its event to the request that brings its reply.
 */
export const bridgePlatformSchema = z.strictObject({
  /** How long the bot takes, ms. */
  botMs: z.number().nonnegative(),
  conversations: z.number().int().positive(),
});
export type BridgePlatformSettings = z.infer<typeof bridgePlatformSchema>;

/**
 * Customers write: so many a second, or (0) as soon as fewer than `window` are without a reply. `subscriber`: which of the
 * subscriptions, counted from 0, hears of it, and of the replies.
 */
const orderSchema = z.strictObject({ subscriber: z.number().int(), messages: z.number().int(), perSecond: z.number(), window: z.number().int() });
export type Order = z.infer<typeof orderSchema>;

/** What it tells the process that measures: its port, a subscription, and what became of an order. Times in ms. */
export const reportSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("listening"), port: z.number().int() }),
  z.strictObject({ kind: z.literal("subscribed") }),
  z.strictObject({
    kind: z.literal("done"),
    /** Of each message in order: from its event to its reply, without what the bot took. */
    ownMs: z.array(z.number()),
    /** From the first reply to the last. */
    repliesMs: z.number(),
    /** Replies that came a second time, or to nothing. */
    unasked: z.number().int(),
  }),
]);
export type Report = z.infer<typeof reportSchema>;

/** Finer than this is nobody's pace. */
const TICK_MS = 1;
const NUMBER = /line (\d+)/u;

if (import.meta.main) serve(bridgePlatformSchema.parse(JSON.parse(process.argv[2] ?? "")));

function serve({ botMs, conversations }: BridgePlatformSettings): void {
  let run = startRun({ subscriber: 0, messages: 0, perSecond: 0, window: 0 }, () => {});
  const subscribers: Subscriber[] = [];
  let current: Subscriber | undefined;

  const publish = (direction: "inbound" | "outbound", conversationId: string, body: string): string => {
    if (current === undefined) throw new Error("nobody has subscribed");
    current.sequenceId += 1;
    const { connection, sequenceId } = current;
    const id = `m${sequenceId}`;
    const eventData = { id, conversationId, body, direction, eventTime: new Date().toISOString() };
    connection.send(JSON.stringify({ eventType: "message", sequenceId, eventData }));
    return id;
  };

  const answer = (path: string, body: string, response: ServerResponse): void => {
    if (path === "/token") {
      send(response, { access_token: "bench", token_type: "bearer", expires_in: 86_400 });
      return;
    }
    const number = Number(NUMBER.exec(body)?.[1]);
    if (path === "/dialog") {
      const askedAt = performance.now();
      setTimeout(() => {
        send(response, { response: `You said line ${number}, and here is what can be done about it.` });
        run.told(number, performance.now() - askedAt);
      }, botMs);
      return;
    }
    run.replied(number, performance.now());
    send(response, { id: publish("outbound", `c${number % conversations}`, `You said line ${number}.`) });
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      answer(request.url ?? "", body, response);
    });
  });
  new WebSocketServer({ server, perMessageDeflate: false }).on("connection", (connection) => {
    connection.on("error", () => {});
    connection.once("message", () => {
      connection.send(JSON.stringify({ sequenceId: 0 }));
      subscribers.push({ connection, sequenceId: 0 });
      tell({ kind: "subscribed" });
    });
  });
  process.on("message", (message) => {
    const order = orderSchema.parse(message);
    current = subscribers[order.subscriber];
    run = startRun(order, (number) => {
      publish("inbound", `c${number % conversations}`, `Where is my order, please? This is line ${number}.`);
    });
  });
  // Whoever measures is gone, in whatever way.
  process.on("disconnect", () => process.exit());
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    tell({ kind: "listening", port: typeof address === "object" && address !== null ? address.port : 0 });
  });
}

/** Each has numbers of its own, so that none misses any. */
interface Subscriber {
  readonly connection: WebSocket;
  sequenceId: number;
}

interface Run {
  /** The bot has answered this message, after so many ms. */
  told(number: number, ms: number): void;
  /** The reply to this message has come. */
  replied(number: number, at: number): void;
}

/** Lets customers write what was ordered, and tells when all of it has a reply. */
function startRun({ messages, perSecond, window }: Order, say: (number: number) => void): Run {
  const sentAt = new Float64Array(messages);
  const botMs = new Float64Array(messages);
  const ownMs = new Float64Array(messages).fill(Number.NaN);
  const startedAt = performance.now();
  let sent = 0;
  let replies = 0;
  let unasked = 0;
  let firstAt = 0;

  const sayNext = (): void => {
    sentAt[sent] = performance.now();
    sent += 1;
    say(sent - 1);
  };
  const tick = (): void => {
    const due = Math.min(messages, Math.floor(((performance.now() - startedAt) * perSecond) / 1_000));
    for (let left = due - sent; left > 0; left -= 1) sayNext();
    if (sent < messages) setTimeout(tick, TICK_MS);
  };
  const fill = (): void => {
    for (let left = Math.min(messages - sent, window - (sent - replies)); left > 0; left -= 1) sayNext();
  };
  if (perSecond > 0) tick();
  else fill();

  return {
    told(number, ms) {
      botMs[number] = ms;
    },
    replied(number, at) {
      if (!Number.isNaN(ownMs[number])) {
        unasked += 1;
        return;
      }
      ownMs[number] = at - (sentAt[number] ?? 0) - (botMs[number] ?? 0);
      replies += 1;
      if (replies === 1) firstAt = at;
      if (replies === messages) tell({ kind: "done", ownMs: [...ownMs], repliesMs: at - firstAt, unasked });
      else if (perSecond === 0) fill();
    },
  };
}

function send(response: ServerResponse, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}

function tell(report: Report): void {
  process.send?.(report);
}
