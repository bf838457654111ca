import type { z } from "zod";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { aborted, attempt, type AttemptReply, type Fetch, hostOf } from "./attempt.ts";
import type { BearerTokens } from "./oauth.ts";
import { repeat } from "./repeat.ts";
import { retryAfterMs } from "./retry-after.ts";
import { HTTP_RETRY, type RetryPolicy } from "./retry-policy.ts";
import { statusFault } from "./status-fault.ts";

export interface HttpOptions {
  readonly clock: Clock;
  readonly random: () => number;
  readonly fetch: Fetch;
  /** Signs every request as bearer; without them the request goes out as it is. */
  readonly tokens?: BearerTokens;
  /** Makes an idempotency key; random UUIDs unless given. */
  readonly newKey?: () => string;
}

/** A request for JSON. `T` is what `schema` makes of the reply. Times in milliseconds. */
export interface JsonRequest<T> {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What to send: a value, or the exact bytes as text where the caller has signed or hashed them. */
  readonly body?: { readonly kind: "json"; readonly value: unknown } | { readonly kind: "text"; readonly text: string };
  readonly schema: z.ZodType<T>;
  /** Gives a reply that is not JSON to the schema as text, instead of refusing it (webhooks answer anything). */
  readonly allowText?: boolean;
  /**
   * Any 2xx is the whole answer (webhooks): what it goes on to say, how long it is and whether it ends are nobody's
   * business, and the schema is given nothing.
   */
  readonly statusOnly?: boolean;
  /** Of one attempt, from the connection to the last byte. */
  readonly timeoutMs: number;
  /** The decoded reply's limit; 1 MB unless given. */
  readonly maxBytes?: number;
  readonly signal: AbortSignal;
  readonly retry?: Partial<RetryPolicy>;
  /** All that the call may take: tokens, attempts and waits together. */
  readonly budgetMs?: number;
  readonly idempotencyKey?: string;
  /** The words of a refusal that may be shown; the caller vouches that they hold no secret and nothing a person said. */
  readonly explain?: (status: number, body: unknown) => string | undefined;
}

/** `ms` is the whole call, `attemptMs` the attempt that succeeded; both on the monotonic clock. */
interface JsonReply<T> {
  readonly value: T;
  readonly status: number;
  readonly ms: number;
  readonly attemptMs: number;
  /** How many were counted; the repeat with a new token is not. */
  readonly attempts: number;
}

/** Sends JSON requests; see {@link createHttp}. */
export type SendJson = <T>(request: JsonRequest<T>) => Promise<Result<JsonReply<T>, Fault>>;

const MAX_REPLY_BYTES = 1_000_000;
const MAX_EXPLANATION = 200;
const MAX_ISSUES = 3;

/** `unsigned`: there is no token. The token manager has tried for itself, so this is the end of the call, not an attempt. */
type Sent =
  | { readonly kind: "answered"; readonly reply: AttemptReply; readonly attemptMs: number }
  | { readonly kind: "unsigned"; readonly fault: Fault };

/**
 * The one way of this program to ask a platform for JSON (contract 0): timeout, size limit and abort on every attempt,
 * the reply checked by schema, a 401 renews the token and repeats the call once (not counted as an attempt), retries by
 * `retry-policy.ts` with the same body bytes and the same `Idempotency-Key`. No attempt and no wait outlives `budgetMs`.
 */
export function createHttp(options: HttpOptions): SendJson {
  const { clock, random, fetch, tokens } = options;
  const newKey = options.newKey ?? ((): string => crypto.randomUUID());

  return async <T>(request: JsonRequest<T>): Promise<Result<JsonReply<T>, Fault>> => {
    const startedAt = clock.monotonic();
    const body = bodyText(request);
    const headers = requestHeaders(request, body, newKey);
    let renewed = false;

    const send = async (leftMs: number, bearer: string | null): Promise<Result<Sent, Fault>> => {
      if (leftMs <= 0) return err(outOfTime(request));
      const sentAt = clock.monotonic();
      const accepted: Response[] = [];
      const heeding: Fetch = async (input, init) => {
        const response = await fetch(input, init);
        if (response.ok) accepted.push(response);
        return response;
      };
      const outcome = await attempt(
        {
          method: request.method,
          url: request.url,
          headers: bearer === null ? headers : { ...headers, authorization: `Bearer ${bearer}` },
          ...(body === undefined ? {} : { body }),
          timeoutMs: Math.min(request.timeoutMs, leftMs),
          maxBytes: request.maxBytes ?? MAX_REPLY_BYTES,
          signal: request.signal,
        },
        { fetch: request.statusOnly === true ? heeding : fetch, clock },
      );
      const [taken] = accepted;
      if (taken !== undefined) return ok({ kind: "answered", reply: withoutBody(taken), attemptMs: clock.monotonic() - sentAt });
      if (!outcome.ok) return outcome;
      const { status } = outcome.value;
      if (status < 200 || status > 299) return err(refusal(request, outcome.value, bearer, clock));
      return ok({ kind: "answered", reply: outcome.value, attemptMs: clock.monotonic() - sentAt });
    };

    const once = async (leftMs: number): Promise<Result<Sent, Fault>> => {
      if (tokens === undefined) return send(leftMs, null);
      const endsAt = clock.monotonic() + leftMs;
      const bearer = await tokenWithin(tokens, leftMs, request, clock);
      if (!bearer.ok) return ok({ kind: "unsigned", fault: bearer.error });
      const first = await send(endsAt - clock.monotonic(), bearer.value);
      if (first.ok || first.error.status !== 401 || renewed) return first;
      renewed = true;
      tokens.renew(bearer.value);
      const fresh = await tokenWithin(tokens, endsAt - clock.monotonic(), request, clock);
      if (!fresh.ok) return ok({ kind: "unsigned", fault: fresh.error });
      return send(endsAt - clock.monotonic(), fresh.value);
    };

    const outcome = await repeat(once, {
      policy: { ...HTTP_RETRY, ...request.retry },
      clock,
      random,
      signal: request.signal,
      ...(request.budgetMs === undefined ? {} : { budgetMs: request.budgetMs }),
    });
    if (!outcome.ok) return outcome;
    const { attempts, value: answered } = outcome.value;
    if (answered.kind === "unsigned") return err(answered.fault);
    const value = readReply(request, answered.reply.text);
    if (!value.ok) return value;
    return ok({
      value: value.value,
      status: answered.reply.status,
      ms: clock.monotonic() - startedAt,
      attemptMs: answered.attemptMs,
      attempts,
    });
  };
}

function bodyText<T>(request: JsonRequest<T>): string | undefined {
  if (request.body === undefined) return undefined;
  return request.body.kind === "text" ? request.body.text : JSON.stringify(request.body.value);
}

/** What is left of a reply whose body does not matter; it was read all the same, so that the connection can be used again. */
function withoutBody({ status, headers }: Response): AttemptReply {
  return { status, headers, text: "" };
}

function requestHeaders<T>(
  request: JsonRequest<T>,
  body: string | undefined,
  newKey: () => string,
): Readonly<Record<string, string>> {
  const creates = request.method === "POST" || request.method === "PATCH";
  return {
    accept: "application/json",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
    ...(creates ? { "idempotency-key": request.idempotencyKey ?? newKey() } : {}),
    ...request.headers,
  };
}

/** A token, waited for no longer than the call's budget allows. */
async function tokenWithin<T>(
  tokens: BearerTokens,
  leftMs: number,
  request: JsonRequest<T>,
  clock: Clock,
): Promise<Result<string, Fault>> {
  if (leftMs === Infinity) return tokens.token(request.signal);
  const ends = new AbortController();
  const end = (): void => {
    ends.abort();
  };
  if (request.signal.aborted) return err(aborted(request.url));
  request.signal.addEventListener("abort", end, { once: true });
  const cancel = clock.after(leftMs, end);
  const token = await tokens.token(ends.signal);
  cancel();
  request.signal.removeEventListener("abort", end);
  if (token.ok || !ends.signal.aborted || request.signal.aborted) return token;
  return err(outOfTime(request));
}

function outOfTime<T>(request: JsonRequest<T>): Fault {
  return { kind: "transport", code: "timeout", detail: `no answer from ${hostOf(request.url)} within ${request.budgetMs ?? request.timeoutMs} ms` };
}

function refusal<T>(request: JsonRequest<T>, reply: AttemptReply, bearer: string | null, clock: Clock): Fault {
  const words = explanation(request, reply, bearer);
  const location = reply.status >= 300 && reply.status <= 399 ? reply.headers.get("location") : null;
  const target = location === null ? undefined : URL.parse(location, request.url)?.host;
  const detail = [
    `${request.method} ${placeOf(request.url)} answered ${reply.status}`,
    ...(target === undefined ? [] : [` and points to ${target}; redirects are not followed`]),
    ...(words === undefined ? [] : [`: ${words}`]),
  ].join("");
  return statusFault(reply.status, detail, retryAfterMs(reply.headers.get("retry-after"), clock.now()));
}

function explanation<T>(request: JsonRequest<T>, reply: AttemptReply, bearer: string | null): string | undefined {
  if (request.explain === undefined) return undefined;
  const parsed = parseJson(reply.text);
  const words = request.explain(reply.status, parsed.ok ? parsed.value : reply.text);
  if (words === undefined) return undefined;
  // A server that echoes what it was sent must not bring the token into an error.
  const clean = bearer === null ? words : words.replaceAll(bearer, "[token]");
  return clean.length > MAX_EXPLANATION ? `${clean.slice(0, MAX_EXPLANATION)}…` : clean;
}

function readReply<T>(request: JsonRequest<T>, text: string): Result<T, Fault> {
  const parsed = parseJson(text);
  if (!parsed.ok && text !== "" && request.allowText !== true) return err(malformed(request, "the reply is not JSON"));
  const empty = text === "" && request.allowText !== true ? undefined : text;
  const checked = request.schema.safeParse(parsed.ok ? parsed.value : empty);
  if (checked.success) return ok(checked.data);
  const issues = checked.error.issues
    .slice(0, MAX_ISSUES)
    .map((issue) => `${issue.path.map(String).join(".").slice(0, MAX_EXPLANATION) || "the reply"}: ${issue.code.replaceAll("_", " ")}`);
  return err(malformed(request, issues.join("; ")));
}

function malformed<T>(request: JsonRequest<T>, found: string): Fault {
  return { kind: "contract", code: "malformed-reply", detail: `${request.method} ${placeOf(request.url)}: ${found}` };
}

/** Host and path: a query may carry more than an error should show. */
function placeOf(url: string): string {
  const parsed = URL.parse(url);
  return parsed === null ? hostOf(url) : `${parsed.host}${parsed.pathname}`;
}

function parseJson(text: string): Result<unknown, "not-json"> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return err("not-json");
  }
}
