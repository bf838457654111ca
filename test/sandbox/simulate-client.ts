import type { Sandbox } from "../../electron/sandbox/sandbox.ts";
import type { FakeClock } from "../support/fake-clock.ts";

type Json = Readonly<Record<string, unknown>>;

/** A turn as it comes over the wire. */
export interface WireTurn {
  readonly turnIndex: number;
  readonly flowId: string;
  readonly intent?: string;
  readonly entities?: Json;
  readonly output?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** Asks the token endpoint of simulations. */
export async function askSimulateToken(sandbox: Sandbox, change: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const env = sandbox.env();
  const response = await fetch(sandbox.config().simulations.tokenUrl, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: env.COGNIGY_CLIENT_ID,
      client_secret: env.COGNIGY_CLIENT_SECRET,
      scope: "bot:read simulation:execute bot:write",
      ...change,
    }),
  });
  return replyOf(response);
}

/** A token that is good at this moment. */
export async function simulateToken(sandbox: Sandbox, change: Readonly<Record<string, string>> = {}): Promise<string> {
  return String((await askSimulateToken(sandbox, change)).body["access_token"]);
}

/** One request below the API's base; a POST where there is a body. A fresh token unless one is given. */
export async function ask(sandbox: Sandbox, path: string, body?: unknown, token?: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const response = await fetch(`${sandbox.config().simulations.apiUrl}${path}`, {
    headers: { authorization: `Bearer ${token ?? (await simulateToken(sandbox))}`, "content-type": "application/json", ...headers },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });
  return replyOf(response);
}

/** A request to simulate that is in order, with changes. */
export function simulateBody(text: string, change: Json = {}): Json {
  return { userId: "usr_one", platform: "web", input: { text }, context: {}, testId: "test_one", ...change };
}

/** Begins a simulation; gives its id. */
export async function begin(sandbox: Sandbox, text: string, change: Json = {}, token?: string): Promise<string> {
  const begun = await ask(sandbox, "/simulate", simulateBody(text, change), token);
  return String(begun.body["simulationId"]);
}

/** Runs a simulation to its end, whatever it takes up to a minute, and gives the result. */
export async function finish(sandbox: Sandbox, clock: FakeClock, text: string, change: Json = {}): Promise<Json & { readonly turns: readonly WireTurn[] }> {
  const id = await begin(sandbox, text, change);
  await clock.advance(60_000);
  return (await ask(sandbox, `/simulation/${id}`)).body as Json & { readonly turns: readonly WireTurn[] };
}

/** One after the other, so that the sandbox draws its numbers in the same order each time. */
export async function inTurn<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (const item of items) done.push(await act(item));
  return done;
}

async function replyOf(response: Response): Promise<Reply> {
  return { status: response.status, headers: response.headers, body: (await response.json()) as Json };
}
