import { WebSocket } from "ws";
import type { Sandbox, SandboxOptions } from "../../electron/sandbox/sandbox.ts";
import { startSandbox } from "../../electron/sandbox/sandbox.ts";
import { createFakeClock, type FakeClock } from "../support/fake-clock.ts";

/** A frame as the tests look at it. */
interface SeenFrame {
  readonly type?: string;
  readonly payload?: Record<string, unknown>;
}

/** A sandbox on a fake clock, with random numbers that a test can fix. */
export async function practice(options: Partial<SandboxOptions> = {}): Promise<{ sandbox: Sandbox; clock: FakeClock }> {
  const clock = createFakeClock();
  let turn = 0;
  const sandbox = await startSandbox({
    calls: { kind: "practice" },
    clock,
    random: () => {
      turn = (turn * 16_807 + 11) % 2_147_483_647;
      return turn / 2_147_483_647;
    },
    ...options,
  });
  return { sandbox, clock };
}

/** Asks the token endpoint; returns status, headers and body. */
export async function askToken(sandbox: Sandbox, change: Record<string, string> = {}) {
  const env = sandbox.env();
  const response = await fetch(sandbox.config().assist.tokenUrl, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: env.COGNIGY_CLIENT_ID,
      client_secret: env.COGNIGY_CLIENT_SECRET,
      scope: "agentassist:read dialog:read analytics:write streaming:subscribe",
      ...change,
    }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Record<string, unknown> };
}

/** A bearer header that is good at this moment. */
export async function bearer(sandbox: Sandbox): Promise<string> {
  return `Bearer ${String((await askToken(sandbox)).body["access_token"])}`;
}

/** Sends JSON to a path of the sandbox. */
export async function post(sandbox: Sandbox, path: string, body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal) {
  const response = await fetch(`${sandbox.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as Record<string, unknown> };
}

/** Asks for suggestions on `transcript`. */
export async function suggest(sandbox: Sandbox, transcript: string, authorization: string, signal?: AbortSignal) {
  return post(
    sandbox,
    "/api/v1/agentassist/suggest",
    { interactionId: "any", transcript, sentimentScore: 0, context: {} },
    { authorization },
    signal,
  );
}

/** A subscriber that keeps what it hears; `until` waits for a condition on it. */
export interface Subscriber extends AsyncDisposable {
  readonly socket: WebSocket;
  readonly raw: readonly (string | Buffer)[];
  readonly frames: () => readonly SeenFrame[];
  readonly payloads: () => readonly Record<string, unknown>[];
  readonly pongs: () => number;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  until(holds: (one: Subscriber) => boolean): Promise<void>;
}

/** Opens the stream; rejects with "HTTP <status>" when the upgrade is refused. */
export async function subscribe(sandbox: Sandbox, authorization?: string): Promise<Subscriber> {
  const header = authorization ?? (await bearer(sandbox));
  const socket = new WebSocket(sandbox.config().assist.streamUrl, { headers: { authorization: header }, maxPayload: 50_000_000 });
  const raw: (string | Buffer)[] = [];
  const frames: SeenFrame[] = [];
  const listeners = new Set<() => void>();
  let pongs = 0;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  socket.on("message", (data: Buffer, isBinary) => {
    raw.push(isBinary ? data : data.toString("utf8"));
    if (!isBinary) frames.push(...parsed(data.toString("utf8")));
    tell();
  });
  socket.on("pong", () => {
    pongs += 1;
    tell();
  });
  const closed = new Promise<number>((resolve) => {
    socket.once("close", (code) => {
      resolve(code);
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
  const one: Subscriber = {
    socket,
    raw,
    frames: () => frames,
    payloads: () => frames.flatMap((frame) => (frame.type === "INTERACTION_UPDATE" && frame.payload ? [frame.payload] : [])),
    pongs: () => pongs,
    closed,
    until: (holds) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (!holds(one)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      socket.terminate();
      await closed;
    },
  };
  return one;
}

function parsed(text: string): readonly SeenFrame[] {
  try {
    const value = JSON.parse(text) as SeenFrame | null;
    return value !== null && typeof value === "object" ? [value] : [];
  } catch {
    return [];
  }
}

/** A short call for tests: line `n` is said at n seconds. */
export function shortCall(id: string, texts: readonly string[]) {
  return {
    id,
    customerName: "Ada Test",
    channel: "chat",
    queue: "Tests",
    language: "en",
    lines: texts.map((text, at) => ({
      index: at + 1,
      offsetMs: (at + 1) * 1000,
      speaker: at % 2 === 0 ? ("customer" as const) : ("agent" as const),
      text,
      sentimentScore: -0.1,
    })),
  };
}
