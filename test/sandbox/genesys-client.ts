import { expect } from "vitest";
import { WebSocket } from "ws";
import type { Sandbox } from "../../electron/sandbox/sandbox.ts";
import { until } from "../support/until.ts";

type Json = Readonly<Record<string, unknown>>;

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** What an event says of its message. */
export interface WireEvent {
  readonly eventType: string;
  readonly sequenceId: number;
  readonly eventData: Json;
}

export const AUDIENCE = "https://api.mypurecloud.com/practice-organisation";

/** Asks the token endpoint of Genesys, with the credentials in the form; null takes a field out of it. */
export async function askGenesysToken(sandbox: Sandbox, change: Readonly<Record<string, string | null>> = {}, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const env = sandbox.env();
  const form = {
    grant_type: "client_credentials",
    client_id: env.GENESYS_CLIENT_ID,
    client_secret: env.GENESYS_CLIENT_SECRET,
    audience: AUDIENCE,
    ...change,
  };
  const fields = Object.entries(form).flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]]));
  return replyOf(await fetch(sandbox.config().bridge.tokenUrl, { method: "POST", headers, body: new URLSearchParams(fields) }));
}

/** A token that is good at this moment. */
export async function genesysToken(sandbox: Sandbox): Promise<string> {
  return String((await askGenesysToken(sandbox)).body["access_token"]);
}

/** One request below `/api/v2/conversations/messages`; a POST where there is a body. A fresh token unless one is given. */
export async function callGenesys(sandbox: Sandbox, path: string, body?: unknown, token?: string, signal?: AbortSignal): Promise<Reply> {
  const response = await fetch(`${sandbox.config().bridge.apiUrl}/api/v2/conversations/messages/${path}`, {
    headers: { authorization: `Bearer ${token ?? (await genesysToken(sandbox))}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  return replyOf(response);
}

/** Answers in a conversation, by its own id as communication id. */
export function answer(sandbox: Sandbox, conversationId: string, textBody: string, token?: string, signal?: AbortSignal): Promise<Reply> {
  return callGenesys(sandbox, `${conversationId}/communications/${conversationId}/messages`, { textBody }, token, signal);
}

/** Asks the bot. */
export async function askBot(sandbox: Sandbox, change: Json = {}, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const response = await fetch(sandbox.config().bridge.dialogUrl, {
    method: "POST",
    headers: { authorization: `Bearer ${sandbox.env().COGNIGY_API_KEY}`, "content-type": "application/json", ...headers },
    body: JSON.stringify({ userId: "one", message: "hello", context: { source: "genesys-cloud", timestamp: "2026-01-05T09:00:00.000Z" }, ...change }),
  });
  return replyOf(response);
}

/** Who wrote what, conversation after conversation. */
export function written(sandbox: Sandbox, conversationId?: string): readonly (readonly [author: string, text: string])[] {
  return sandbox
    .conversations()
    .filter((one) => conversationId === undefined || one.conversationId === conversationId)
    .flatMap(({ messages }) => messages.map(({ author, text }) => [author, text] as const));
}

/** A client's end of the event socket. */
export interface EventClient extends AsyncDisposable {
  readonly socket: WebSocket;
  /** What came, oldest first; a frame that is no JSON object as it was. */
  readonly frames: readonly (Json | string)[];
  /** The message events among it. */
  events(): readonly WireEvent[];
  bodies(): readonly unknown[];
  numbers(): readonly number[];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  send(frame: object | string): void;
  pongs(): number;
  /** Resolves when all that the sandbox had sent by now has come: a pong comes back behind it. */
  heard(): Promise<void>;
}

/** A subscription that is in order, with changes. */
export function subscription(change: Json = {}): Json {
  return { events: ["message"], filter: { type: "chat", status: ["ACTIVE"] }, ...change };
}

/** Dials the event socket; rejects with "HTTP <status>" when the upgrade is refused. */
export async function dialEvents(sandbox: Sandbox, token?: string): Promise<EventClient> {
  const authorization = `Bearer ${token ?? (await genesysToken(sandbox))}`;
  const socket = new WebSocket(sandbox.config().bridge.socketUrl, { headers: { authorization } });
  const frames: (Json | string)[] = [];
  let pongs = 0;
  socket.on("message", (data: Buffer) => frames.push(parsed(data.toString("utf8"))));
  socket.on("pong", () => {
    pongs += 1;
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once("close", (code, reason) => {
      resolve({ code, reason: reason.toString("utf8") });
    });
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
    socket.once("unexpected-response", (request, response) => {
      reject(new Error(`HTTP ${String(response.statusCode)}`));
      request.destroy();
    });
  });
  socket.on("error", () => undefined);
  const events = (): readonly WireEvent[] =>
    frames.flatMap((frame) => (typeof frame === "object" && frame["eventType"] === "message" ? [frame as unknown as WireEvent] : []));
  return {
    socket,
    frames,
    events,
    bodies: () => events().map((event) => event.eventData["body"]),
    numbers: () => events().map((event) => event.sequenceId),
    closed,
    pongs: () => pongs,
    send(frame) {
      socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
    },
    async heard() {
      const before = pongs;
      socket.ping();
      await until(() => pongs > before, "the pong behind the frames");
    },
    async [Symbol.asyncDispose]() {
      socket.terminate();
      await closed;
    },
  };
}

/** Dials and subscribes, from after `sequenceId` where it is given; resolves when what that brings has come. */
export async function subscribeEvents(sandbox: Sandbox, sequenceId?: number): Promise<EventClient> {
  const client = await dialEvents(sandbox);
  client.send(subscription(sequenceId === undefined ? {} : { sequenceId }));
  await client.heard();
  return client;
}

/** All that a healthy platform does, and nothing beside it. */
export async function expectHealthy(sandbox: Sandbox): Promise<void> {
  await using client = await subscribeEvents(sandbox);
  const last = sandbox.stats().lastSequenceId;
  const { conversationId, messageId } = sandbox.chat({ text: "Hello there" });
  expect((await answer(sandbox, conversationId, "Good day")).status).toBe(200);
  await client.heard();
  expect(client.frames).toMatchObject([
    { sequenceId: last },
    { eventType: "message", sequenceId: last + 1, eventData: { id: messageId, conversationId, body: "Hello there", direction: "inbound" } },
    { eventType: "message", sequenceId: last + 2, eventData: { conversationId, body: "Good day", direction: "outbound" } },
  ]);
  expect((await callGenesys(sandbox, `${conversationId}/messages/${messageId}`)).body).toMatchObject({ textBody: "Hello there", direction: "inbound" });
  expect((await askBot(sandbox, { userId: "healthy" })).body).toEqual({ response: "Hello and welcome to the shop. What can I do for you?" });
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? {} : (JSON.parse(text) as Json) };
}

function parsed(text: string): Json | string {
  try {
    const value = JSON.parse(text) as unknown;
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : text;
  } catch {
    return text;
  }
}
