import { Agent, fetch as send } from "undici";
import type { Sandbox } from "../../electron/sandbox/sandbox.ts";

type Json = Readonly<Record<string, unknown>>;

interface Reply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: Json;
}

/** A reply as it came, unpacked where it was packed. */
export interface OrderReply extends Reply {
  readonly text: string;
  readonly bytes: Buffer;
}

export interface OrderRequest {
  /** A POST where there is one. */
  readonly body?: unknown;
  /** The bearer token that is right, unless given. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Asks the order service, redirects left alone, as a client that trusts the sandbox's authority. */
export async function askOrders(sandbox: Sandbox, path: string, { body, headers, signal }: OrderRequest = {}): Promise<OrderReply> {
  const agent = new Agent({ connect: { ca: sandbox.authority() } });
  try {
    const response = await send(`${ordersUrl(sandbox)}${path}`, {
      dispatcher: agent,
      redirect: "manual",
      headers: { ...(headers ?? key(sandbox)), "content-type": "application/json" },
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString("utf8");
    return { status: response.status, headers: response.headers, bytes, text, body: jsonOf(text) };
  } finally {
    await agent.destroy();
  }
}

/** Where the order service answers, as the configuration lets the program go there. */
export function ordersUrl(sandbox: Sandbox): string {
  return `https://${String(sandbox.config().integrations.allowHosts[0])}`;
}

/** The right key as bearer token. */
export function key(sandbox: Sandbox): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${sandbox.env().EXTERNAL_API_KEY}` };
}

/** Why a request got no answer at all: the code of the system or of TLS, or the message. */
export async function failureOf(asked: Promise<unknown>): Promise<string> {
  try {
    await asked;
    return "it was answered";
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    if (cause instanceof Error) return "code" in cause ? String(cause.code) : cause.message;
    return String(cause);
  }
}

/** Asks the token endpoint of integrations. */
export async function askIntegrationToken(sandbox: Sandbox, change: Readonly<Record<string, string>> = {}): Promise<Reply> {
  const env = sandbox.env();
  return replyOf(
    await fetch(sandbox.config().integrations.tokenUrl, {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: env.COGNIGY_CLIENT_ID,
        client_secret: env.COGNIGY_CLIENT_SECRET,
        scope: "cognigy:platform:read cognigy:integrations:write cognigy:webhooks:manage",
        ...change,
      }),
    }),
  );
}

/** A token that is good at this moment. */
export async function integrationToken(sandbox: Sandbox, change: Readonly<Record<string, string>> = {}): Promise<string> {
  return String((await askIntegrationToken(sandbox, change)).body["access_token"]);
}

/** Sends a definition to the registry. A fresh token unless one is given. */
export async function register(sandbox: Sandbox, definition: unknown, options: { readonly token?: string; readonly headers?: Json; readonly signal?: AbortSignal } = {}): Promise<Reply> {
  const { token, headers, signal } = options;
  return replyOf(
    await fetch(`${sandbox.config().integrations.apiUrl}/integrations`, {
      method: "POST",
      headers: { authorization: `Bearer ${token ?? (await integrationToken(sandbox))}`, "content-type": "application/json", ...headers } as Record<string, string>,
      body: typeof definition === "string" ? definition : JSON.stringify(definition),
      ...(signal === undefined ? {} : { signal }),
    }),
  );
}

/** What is registered. */
export async function registered(sandbox: Sandbox): Promise<readonly Json[]> {
  const headers = { authorization: `Bearer ${await integrationToken(sandbox)}` };
  return (await replyOf(await fetch(`${sandbox.config().integrations.apiUrl}/integrations`, { headers }))).body["items"] as readonly Json[];
}

/** Sends a webhook to the receiver. */
export async function hook(sandbox: Sandbox, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<number> {
  const response = await fetch(sandbox.config().integrations.webhookUrl, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
  await response.arrayBuffer();
  return response.status;
}

/** What the receiver of webhooks has kept. */
export async function hooks(sandbox: Sandbox): Promise<readonly Json[]> {
  return (await replyOf(await fetch(sandbox.config().integrations.webhookUrl))).body["items"] as readonly Json[];
}

async function replyOf(response: Response): Promise<Reply> {
  return { status: response.status, headers: response.headers, body: jsonOf(await response.text()) };
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return {};
  }
}
