import type { WebSocket } from "ws";
import { openNetwork } from "../../electron/net/network.ts";
import { openTunnel, type Tunnel, type TunnelOptions, type TunnelPlatform } from "../../electron/tunnel/tunnel.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { RuntimePush, TunnelEvent } from "../../shared/tunnel.ts";
import { sendJson, serveHttp } from "./loopback-http.ts";
import { serveWs, type LoopbackWs, type Upgrade } from "./loopback-ws.ts";
import { until } from "./until.ts";
import { createWatchedClock, type WatchedClock } from "./watched-clock.ts";

type Json = Readonly<Record<string, unknown>>;

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What the runtime says to a frame: frames to send, in order; nothing where it stays silent. */
export type Reply = (frame: Json, connection: WebSocket, number: number) => readonly (object | string | Buffer)[];

export interface RuntimeScript {
  /** Asked for every request of the path's kind, numbered from 0. */
  readonly token?: (number: number) => Answer;
  readonly bot?: (number: number) => Answer | "hang";
  readonly sessions?: (number: number) => Answer | "hang";
  readonly upgrade?: (number: number) => Upgrade;
  readonly reply?: Reply;
  readonly autoPong?: boolean;
}

/** A token in the form of a JWT; `number` tells them apart. */
export function jwtOf(number: number): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "none" })}.${part({ number })}.${Buffer.from(`signature-${number}`).toString("base64url")}`;
}

/** The runtime as contract 1 has it. */
export const goodReply: Reply = ({ type }) => {
  if (type === "CONNECT") return [{ type: "CONNECTED", sessionId: "s" }];
  if (type === "REFRESH_TOKEN") return [{ type: "TOKEN_REFRESHED" }];
  if (type === "CHANNEL_PROBE") return [{ status: "available" }];
  return [];
};

/** A runtime that does what the test says. */
export interface ScriptedRuntime extends AsyncDisposable {
  readonly stream: LoopbackWs;
  /** Every frame that came, oldest first, with the number of its connection. */
  readonly frames: readonly { readonly connection: number; readonly frame: Json }[];
  /** The close codes that the other side gave. */
  readonly closes: readonly number[];
  /** `METHOD path authorization` of every request. */
  readonly requests: readonly string[];
  platform(more?: Partial<TunnelPlatform>): TunnelPlatform;
}

/** Starts the runtime on this machine. */
export async function startRuntime(script: RuntimeScript = {}): Promise<ScriptedRuntime> {
  const counts = { token: 0, bot: 0, sessions: 0 };
  const frames: { readonly connection: number; readonly frame: Json }[] = [];
  const closes: number[] = [];
  const requests: string[] = [];
  const http = await serveHttp((request, response) => {
    requests.push(`${request.method} ${request.path} ${request.headers.authorization ?? ""}`);
    const give = (answer: Answer | "hang"): void => {
      if (answer !== "hang") sendJson(response, answer.status ?? 200, answer.body ?? {}, answer.headers);
    };
    if (request.path === "/oauth/token") {
      const number = counts.token++;
      give(script.token?.(number) ?? { body: { access_token: jwtOf(number), expires_in: 3_600, token_type: "Bearer" } });
    } else if (request.path.endsWith("/sessions")) give(script.sessions?.(counts.sessions++) ?? { body: { items: [] } });
    else give(script.bot?.(counts.bot++) ?? { body: { status: "active", channels: ["webchat"] } });
  });
  const stream = await serveWs(
    (number) => script.upgrade?.(number) ?? "accept",
    (connection, number) => {
      connection.on("close", (code) => closes.push(code));
      connection.on("message", (data) => {
        const frame: Json = JSON.parse(Buffer.isBuffer(data) ? data.toString() : "");
        frames.push({ connection: number, frame });
        for (const answer of (script.reply ?? goodReply)(frame, connection, number)) {
          connection.send(typeof answer === "string" || Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
        }
      });
    },
    { autoPong: script.autoPong ?? true },
  );
  return {
    stream,
    frames,
    closes,
    requests,
    platform: (more = {}) => ({
      tokenUrl: `${http.url}/oauth/token`,
      apiUrl: `${http.url}/api/v1`,
      socketUrl: stream.url,
      botId: "bot_1",
      channel: "webchat",
      protocolVersion: "2.0",
      protocolVersions: ["1.0", "2.0", "2.1"],
      maxConcurrent: 50,
      clientId: "client",
      clientSecret: "a-secret-of-the-client",
      ...more,
    }),
    async [Symbol.asyncDispose]() {
      await stream[Symbol.asyncDispose]();
      await http[Symbol.asyncDispose]();
    },
  };
}

/** A tunnel with all that it tells written down. */
export interface WatchedTunnel {
  readonly tunnel: Tunnel;
  readonly clock: WatchedClock;
  readonly states: readonly { readonly state: ConnectionState; readonly reason: string | null }[];
  readonly events: readonly TunnelEvent[];
  readonly pushes: readonly RuntimePush[];
  readonly ignored: readonly string[];
  kinds(): readonly ConnectionState["kind"][];
  state(): ConnectionState;
  is(kind: ConnectionState["kind"]): Promise<void>;
  told(event: TunnelEvent["event"], count?: number): Promise<void>;
  names(): readonly string[];
}

/** Opens a tunnel on a clock that stands still unless moved. */
export async function openWatched(platform: TunnelPlatform, more: Partial<TunnelOptions> = {}): Promise<WatchedTunnel> {
  const network = await openNetwork({ readFile: () => Promise.reject(new Error("no file is read")) });
  if (!network.ok) throw new Error(network.error.detail);
  const clock = createWatchedClock();
  const states: { readonly state: ConnectionState; readonly reason: string | null }[] = [];
  const events: TunnelEvent[] = [];
  const pushes: RuntimePush[] = [];
  const ignored: string[] = [];
  const tunnel = openTunnel({
    platform,
    timing: { heartbeatMs: 30_000, pongTimeoutMs: 10_000, checkMs: 60_000 },
    network: network.value,
    clock,
    random: () => 0.5,
    onState: (state, reason) => {
      states.push({ state, reason });
    },
    onEvent: (event) => {
      events.push(event);
    },
    onPush: (push) => {
      pushes.push(push);
    },
    onIgnored: (reason) => {
      ignored.push(reason);
    },
    ...more,
  });
  const state = (): ConnectionState => states.at(-1)?.state ?? { kind: "idle" };
  const names = (): readonly string[] => events.map((event) => event.event);
  return {
    tunnel,
    clock,
    states,
    events,
    pushes,
    ignored,
    kinds: () => states.map((one) => one.state.kind),
    state,
    is: (kind) => until(() => state().kind === kind, `the tunnel is ${kind}, not ${state().kind}`),
    told: (event, count = 1) => until(() => names().filter((name) => name === event).length >= count, `${count} x ${event}`),
    names,
  };
}
