import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { onTestFinished } from "vitest";
import { sendJson, serveHttp, type SeenRequest } from "./loopback-http.ts";
import { serveWs, type LoopbackWs } from "./loopback-ws.ts";
import { openProgram, type Program, type ProgramOptions } from "./program.ts";

type Json = Readonly<Record<string, unknown>>;

/** A suggest request that waits for the test to answer it. */
export interface Asked {
  readonly body: Json;
  readonly headers: SeenRequest["headers"];
  reply(suggestions: readonly unknown[]): void;
  refuse(status: number, headers?: Readonly<Record<string, string>>, body?: unknown): void;
  /** Breaks the connection in the middle of the reply. */
  cut(): void;
}

/** A platform that does what the test says, frame by frame and reply by reply. */
export interface ScriptedPlatform extends AsyncDisposable {
  /** The addresses, for the section `assist`. */
  readonly addresses: Readonly<{ tokenUrl: string; apiUrl: string; streamUrl: string }>;
  readonly stream: LoopbackWs;
  /** Every suggest request so far, oldest first. */
  readonly asked: readonly Asked[];
  tokenRequests(): number;
  /** What the token endpoint answers from now on; null: a good token. */
  answerTokens(answer: { readonly status: number; readonly body: unknown } | null): void;
  /** Sends an update to the newest connection; the interaction is "talk" unless named. */
  update(payload: Json): void;
  raw(frame: string | Buffer): void;
}

/** Starts the platform on this machine. */
export async function startScripted(): Promise<ScriptedPlatform> {
  const asked: Asked[] = [];
  let tokens = 0;
  let tokenAnswer: { readonly status: number; readonly body: unknown } | null = null;
  const http = await serveHttp((request, response) => {
    if (request.path === "/token") {
      tokens += 1;
      if (tokenAnswer === null) sendJson(response, 200, { access_token: `scripted-token-${tokens}`, expires_in: 3_600, token_type: "Bearer" });
      else sendJson(response, tokenAnswer.status, tokenAnswer.body);
      return;
    }
    asked.push(askedOf(request, response));
  });
  const stream = await serveWs();
  const raw = (frame: string | Buffer): void => {
    const connection = stream.connections.at(-1);
    if (connection === undefined) throw new Error("nobody is connected");
    connection.send(frame);
  };
  return {
    addresses: { tokenUrl: `${http.url}/token`, apiUrl: http.url, streamUrl: stream.url },
    stream,
    asked,
    tokenRequests: () => tokens,
    answerTokens: (answer) => {
      tokenAnswer = answer;
    },
    update: (payload) => {
      raw(JSON.stringify({ type: "INTERACTION_UPDATE", payload: { interactionId: "talk", ...payload } }));
    },
    raw,
    async [Symbol.asyncDispose]() {
      await stream[Symbol.asyncDispose]();
      await http[Symbol.asyncDispose]();
    },
  };
}

/** The program connected to a platform of the test's own; with `agentId` in role agent, else as a supervisor. */
export async function openScripted(
  assist: Json = {},
  options: Partial<ProgramOptions> = {},
): Promise<{ readonly platform: ScriptedPlatform; readonly program: Program }> {
  const platform = await startScripted();
  onTestFinished(() => platform[Symbol.asyncDispose]());
  const config = {
    assist: { orgDomain: "desk.example", ...platform.addresses, keywords: ["refund", "cancel"], ...assist },
    audit: { directory: "audit" },
    telemetry: { metricsFile: "metrics.jsonl" },
    panel: { role: assist["agentId"] === undefined ? "supervisor" : "agent", cardsPerMinute: 60 },
  };
  const program = await openProgram({ config, ...options });
  await program.connected();
  return { platform, program };
}

function askedOf(request: SeenRequest, response: ServerResponse): Asked {
  return {
    body: JSON.parse(request.body),
    headers: request.headers,
    reply: (suggestions) => {
      sendJson(response, 200, { suggestions });
    },
    refuse: (status, headers = {}, body = {}) => {
      sendJson(response, status, body, headers);
    },
    cut() {
      response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
      response.write('{"suggestions":[{"text":"Half a sen', () => {
        const socket: Socket | null = response.socket;
        socket?.destroy();
      });
    },
  };
}
