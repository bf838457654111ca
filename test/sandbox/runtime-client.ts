import { expect } from "vitest";
import { WebSocket } from "ws";
import type { Sandbox } from "../../electron/sandbox/sandbox.ts";
import { until } from "../support/until.ts";

type Json = Readonly<Record<string, unknown>>;

/** Asks the runtime's token endpoint. */
export async function askRuntimeToken(sandbox: Sandbox, change: Readonly<Record<string, string>> = {}) {
  const env = sandbox.env();
  const response = await fetch(sandbox.config().tunnel.tokenUrl, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: env.COGNIGY_CLIENT_ID,
      client_secret: env.COGNIGY_CLIENT_SECRET,
      scope: "bot:read runtime:execute",
      ...change,
    }),
  });
  return { status: response.status, body: (await response.json()) as Json };
}

/** A token that is good at this moment. */
export async function runtimeToken(sandbox: Sandbox, change: Readonly<Record<string, string>> = {}): Promise<string> {
  return String((await askRuntimeToken(sandbox, change)).body["access_token"]);
}

/** GET below the API's base; a fresh token unless one is given. */
export async function getApi(sandbox: Sandbox, path: string, token?: string, signal?: AbortSignal) {
  const response = await fetch(`${sandbox.config().tunnel.apiUrl}${path}`, {
    headers: { authorization: `Bearer ${token ?? (await runtimeToken(sandbox))}` },
    ...(signal === undefined ? {} : { signal }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
}

/** The sessions that the platform tells of. */
export async function sessionsOf(sandbox: Sandbox, botId = "practice-bot"): Promise<readonly Json[]> {
  return (await getApi(sandbox, `/bots/${encodeURIComponent(botId)}/sessions`)).body["items"] as readonly Json[];
}

/** A client's end of the runtime's socket. */
export interface RuntimeClient extends AsyncDisposable {
  readonly socket: WebSocket;
  readonly token: string;
  /** What came, oldest first; a frame that is no JSON as it was. */
  readonly frames: readonly (Json | string)[];
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
  send(frame: object | string): void;
  pongs(): number;
  /** Resolves with the frames that came after this call, once there are `count`. */
  next(count: number): Promise<readonly (Json | string)[]>;
  /** Resolves when all that was sent has been heard and answered: a pong comes back behind it. */
  heard(): Promise<void>;
}

/** Dials the runtime; rejects with "HTTP <status>" when the upgrade is refused. */
export async function dialRuntime(sandbox: Sandbox, bearer?: string): Promise<RuntimeClient> {
  const token = bearer ?? (await runtimeToken(sandbox));
  const socket = new WebSocket(sandbox.config().tunnel.socketUrl, { headers: token === "" ? {} : { authorization: `Bearer ${token}` } });
  const frames: (Json | string)[] = [];
  let taken = 0;
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
      const pause = response.headers["retry-after"];
      reject(new Error(`HTTP ${String(response.statusCode)}${pause === undefined ? "" : `, again in ${pause}`}`));
      request.destroy();
    });
  });
  socket.on("error", () => undefined);
  return {
    socket,
    token,
    frames,
    closed,
    pongs: () => pongs,
    send(frame) {
      socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));
    },
    async next(count) {
      const from = taken;
      await until(() => frames.length >= from + count, `${String(count)} more frames than ${String(from)}`);
      taken = from + count;
      return frames.slice(from, taken);
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

/** A CONNECT that is in order, with changes; `undefined` leaves a field out. */
export function connectFrame(token: string, change: Json = {}): Json {
  return { type: "CONNECT", botId: "practice-bot", channel: "webchat", protocolVersion: "2.0", authToken: token, metadata: {}, ...change };
}

/** Dials and connects; fails where the answer is anything but CONNECTED. */
export async function openTunnel(sandbox: Sandbox, change: Json = {}): Promise<RuntimeClient> {
  const client = await dialRuntime(sandbox);
  client.send(connectFrame(client.token, change));
  expect(await client.next(1)).toMatchObject([{ type: "CONNECTED" }]);
  return client;
}

/** Sends CONNECT and gives all that came before the pong behind it. */
export async function greet(client: RuntimeClient): Promise<RuntimeClient["frames"]> {
  client.send(connectFrame(client.token));
  await client.heard();
  return client.frames;
}

export const probe = { type: "CHANNEL_PROBE", botId: "practice-bot" } as const;
export const disconnect = { type: "DISCONNECT", botId: "practice-bot" } as const;

export function refresh(token: string): Json {
  return { type: "REFRESH_TOKEN", botId: "practice-bot", authToken: token };
}

/** All that a healthy runtime does, and nothing beside it. */
export async function expectHealthy(sandbox: Sandbox): Promise<void> {
  expect((await getApi(sandbox, "/bots/practice-bot")).body).toEqual({
    id: "practice-bot",
    name: "Practice bot",
    status: "active",
    channels: ["webchat", "voice"],
  });
  await using client = await openTunnel(sandbox);
  const { openTunnels } = sandbox.stats();
  expect(await sessionsOf(sandbox)).toHaveLength(openTunnels);
  client.send(probe);
  client.send(refresh(await runtimeToken(sandbox)));
  await client.heard();
  expect(client.frames).toMatchObject([{ type: "CONNECTED" }, { status: "available" }, { type: "TOKEN_REFRESHED" }]);
  client.send(disconnect);
  expect(await client.closed).toEqual({ code: 1000, reason: "goodbye" });
  await until(() => sandbox.stats().openTunnels === openTunnels - 1, "the session has ended");
}

function parsed(text: string): Json | string {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
