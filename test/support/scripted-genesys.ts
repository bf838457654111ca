import type { IncomingMessage, ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { sendJson, serveHttp, type SeenRequest } from "./loopback-http.ts";
import { serveWs, type LoopbackWs, type Upgrade } from "./loopback-ws.ts";

/** What answers a call into a conversation. */
export type Answer = (request: SeenRequest, response: ServerResponse) => void;

/** Genesys as the test wants it: its token endpoint, its event socket, and its calls into conversations. */
export interface ScriptedGenesys {
  readonly tokenUrl: string;
  readonly apiUrl: string;
  readonly socketUrl: string;
  readonly stream: LoopbackWs;
  /** The first frame of each connection, oldest first. */
  readonly subscriptions: readonly string[];
  /** Every call but those for tokens. */
  readonly calls: readonly SeenRequest[];
  /** The bodies of the token requests. */
  readonly tokenRequests: readonly string[];
  /** What the token endpoint answers from now on; null: a good token, numbered from 1. */
  answerTokens(answer: { readonly status: number; readonly body: unknown } | null): void;
  /** Answers calls whose method and path are these, from now on. What nobody answers is 404. */
  on(method: string, path: string, answer: Answer): void;
  /** Sends a frame to the newest connection. */
  tell(frame: unknown): void;
  raw(frame: string | Buffer): void;
  /** Breaks the newest connection without a goodbye. */
  drop(): void;
}

/** Starts it on this machine, until the test is over. `decide` rules on the upgrades, `subscribed` on what follows the first frame. */
export async function startScriptedGenesys(
  options: {
    readonly decide?: (number: number, request: IncomingMessage) => Upgrade;
    readonly autoPong?: boolean;
    readonly subscribed?: (tell: (frame: unknown) => void, number: number) => void;
  } = {},
): Promise<ScriptedGenesys> {
  const subscriptions: string[] = [];
  const calls: SeenRequest[] = [];
  const tokenRequests: string[] = [];
  const answers = new Map<string, Answer>();
  let tokenAnswer: { readonly status: number; readonly body: unknown } | null = null;

  const http = await serveHttp((request, response) => {
    if (request.path === "/oauth/token") {
      tokenRequests.push(request.body);
      if (tokenAnswer !== null) sendJson(response, tokenAnswer.status, tokenAnswer.body);
      else sendJson(response, 200, { access_token: `genesys-token-${tokenRequests.length}`, expires_in: 86_400, token_type: "bearer" });
      return;
    }
    calls.push(request);
    const answer = answers.get(`${request.method} ${request.path}`);
    if (answer === undefined) sendJson(response, 404, { message: "no such thing", code: "not.found", status: 404 });
    else answer(request, response);
  });
  const stream = await serveWs(
    options.decide,
    (connection, number) => {
      connection.once("message", (data) => {
        subscriptions.push(data instanceof Buffer ? data.toString() : "");
        options.subscribed?.((frame) => {
          connection.send(JSON.stringify(frame));
        }, number);
      });
    },
    options.autoPong === undefined ? {} : { autoPong: options.autoPong },
  );
  onTestFinished(async () => {
    await stream[Symbol.asyncDispose]();
    await http[Symbol.asyncDispose]();
  });

  const newest = (): LoopbackWs["connections"][number] => {
    const connection = stream.connections.at(-1);
    if (connection === undefined) throw new Error("nobody is connected");
    return connection;
  };
  return {
    tokenUrl: `${http.url}/oauth/token`,
    apiUrl: http.url,
    socketUrl: stream.url,
    stream,
    subscriptions,
    calls,
    tokenRequests,
    answerTokens: (answer) => {
      tokenAnswer = answer;
    },
    on: (method, path, answer) => {
      answers.set(`${method} ${path}`, answer);
    },
    tell: (frame) => {
      newest().send(JSON.stringify(frame));
    },
    raw: (frame) => {
      newest().send(frame);
    },
    drop: () => {
      newest().terminate();
    },
  };
}
