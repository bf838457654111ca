import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { untilAborted } from "./abortable.ts";
import { attempt, type Fetch, hostOf } from "./attempt.ts";
import { repeat } from "./repeat.ts";
import { retryAfterMs } from "./retry-after.ts";
import { TOKEN_RETRY } from "./retry-policy.ts";
import { type IssuedToken, readToken, tokenRefusal } from "./token-reply.ts";

/** Bearer tokens for whoever signs requests with them. */
export interface BearerTokens {
  /**
   * A token that may be used now. Waits for the endpoint only where there is none; `signal` ends this caller's wait and
   * nobody else's. Errors are those of contract 0, "OAuth".
   */
  token(signal: AbortSignal): Promise<Result<string, Fault>>;
  /** Says that the other side refused `rejected`: it is forgotten, unless a newer one has taken its place already. */
  renew(rejected: string): void;
}

/** Bearer tokens of one (token URL, client id, scope set). */
export interface Tokens extends BearerTokens {
  /**
   * Like `token`, but one that is not due for renewal, for whoever keeps it for long. Waits for the endpoint where it
   * is; the old one comes back where the endpoint fails and it still serves.
   */
  fresh(signal: AbortSignal): Promise<Result<string, Fault>>;
  /** Milliseconds until the token is to be refreshed (0: now, or it has ended), or null where there is none. */
  dueInMs(): number | null;
}

export interface TokenOptions {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** None: the scopes are set on the client itself. */
  readonly scopes: readonly string[];
  readonly audience?: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly fetch: Fetch;
  /** Of one attempt. */
  readonly timeoutMs?: number;
  /** How long before its end a token is refreshed; never more than a tenth of its lifetime. */
  readonly refreshAheadMs?: number;
}

const TOKEN_TIMEOUT_MS = 10_000;
const REFRESH_AHEAD_MS = 60_000;
const MAX_REPLY_BYTES = 256 * 1_024;
/** After a refresh ahead of time that failed: the old token still serves, so there is no hurry to ask again. */
const REFRESH_PAUSE_MS = 10_000;
/** The longest pause of the endpoint that is obeyed: measured on a clock that is wrong, a date may be years away. */
const MAX_PAUSE_MS = 3_600_000;

interface Held {
  readonly token: string;
  readonly endsAt: number;
  /** Monotonic time stands still while a machine sleeps, and a wall clock may be set back: the earlier of the two ends it. */
  readonly endsAtWall: number;
  readonly dueAt: number;
}

interface Hold {
  readonly until: number;
  readonly fault: Fault;
}

/**
 * A token manager (contract 0, "OAuth"): single flight, refreshed ahead of expiry in the background, `Retry-After`
 * obeyed, 5xx and network errors retried with full jitter, a refusal told at once. Make one per token URL, client id
 * and scope set. Neither secret nor token ever enters a fault. Disposing ends what is under way.
 */
export function createTokens(options: TokenOptions): Tokens & AsyncDisposable {
  const { clock, random } = options;
  const closing = new AbortController();
  const body = requestBody(options);
  let held: Held | null = null;
  let flight: Promise<Result<string, Fault>> | null = null;
  /** The endpoint asked for silence until then. */
  let hold: Hold | null = null;
  let refreshNotBefore = -Infinity;

  const usable = (): Held | null => {
    if (held === null) return null;
    return clock.monotonic() < held.endsAt && clock.now() < held.endsAtWall ? held : null;
  };

  const fetchOnce = async (): Promise<Result<string, Fault>> => {
    const outcome = await repeat(
      () => requestToken(options, body, closing.signal),
      { policy: TOKEN_RETRY, clock, random, signal: closing.signal },
    );
    if (closing.signal.aborted) return err(closed(options));
    if (!outcome.ok) {
      const pauseMs = Math.min(outcome.error.retryAfterMs ?? 0, MAX_PAUSE_MS);
      if (pauseMs > 0) hold = { until: clock.monotonic() + pauseMs, fault: outcome.error };
      refreshNotBefore = clock.monotonic() + Math.max(REFRESH_PAUSE_MS, pauseMs);
      return outcome;
    }
    const { token, lifetimeMs } = outcome.value.value;
    const aheadMs = Math.min(options.refreshAheadMs ?? REFRESH_AHEAD_MS, lifetimeMs / 10);
    const at = clock.monotonic();
    held = { token, endsAt: at + lifetimeMs, endsAtWall: clock.now() + lifetimeMs, dueAt: at + lifetimeMs - aheadMs };
    hold = null;
    refreshNotBefore = -Infinity;
    return ok(token);
  };

  const fly = (): Promise<Result<string, Fault>> => {
    flight ??= fetchOnce().finally(() => {
      flight = null;
    });
    return flight;
  };

  const fromEndpoint = async (signal: AbortSignal): Promise<Result<string, Fault>> => {
    if (flight === null && hold !== null) {
      const leftMs = hold.until - clock.monotonic();
      if (leftMs > 0) return err({ ...hold.fault, retryAfterMs: leftMs });
    }
    return (await untilAborted(fly(), signal)) ?? err(closed(options));
  };

  return {
    async token(signal) {
      if (closing.signal.aborted || signal.aborted) return err(closed(options));
      const current = usable();
      if (current !== null) {
        const at = clock.monotonic();
        if (at >= current.dueAt && at >= refreshNotBefore) void fly();
        return ok(current.token);
      }
      return fromEndpoint(signal);
    },
    async fresh(signal) {
      if (closing.signal.aborted || signal.aborted) return err(closed(options));
      const current = usable();
      const at = clock.monotonic();
      if (current !== null && (at < current.dueAt || at < refreshNotBefore)) return ok(current.token);
      const outcome = await fromEndpoint(signal);
      const left = usable();
      return outcome.ok || left === null ? outcome : ok(left.token);
    },
    renew(rejected) {
      if (held?.token === rejected) held = null;
    },
    dueInMs() {
      if (held === null) return null;
      return usable() === null ? 0 : Math.max(0, held.dueAt - clock.monotonic());
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      held = null;
      await flight;
    },
  };
}

/**
 * Asks the endpoint once and keeps nothing, for whoever wants to know whether it answers. Fault: that of the first
 * attempt; a busy endpoint is not asked again.
 */
export async function askToken(options: Omit<TokenOptions, "random">, signal: AbortSignal): Promise<Result<IssuedToken, Fault>> {
  return requestToken(options, requestBody(options), signal);
}

async function requestToken(options: Omit<TokenOptions, "random">, body: string, signal: AbortSignal) {
  const { tokenUrl, scopes, clock, fetch } = options;
  const outcome = await attempt(
    {
      method: "POST",
      url: tokenUrl,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body,
      timeoutMs: options.timeoutMs ?? TOKEN_TIMEOUT_MS,
      maxBytes: MAX_REPLY_BYTES,
      signal,
    },
    { fetch, clock },
  );
  if (!outcome.ok) return outcome;
  const { status, headers, text } = outcome.value;
  const nowMs = clock.now();
  if (status < 200 || status > 299) {
    return err(tokenRefusal({ status, text, retryAfterMs: retryAfterMs(headers.get("retry-after"), nowMs) }, { tokenUrl, scopes }));
  }
  const date = Date.parse(headers.get("date") ?? "");
  return readToken(text, { tokenUrl, scopes, nowMs, serverDateMs: Number.isNaN(date) ? undefined : date });
}

function requestBody({ clientId, clientSecret, scopes, audience }: Omit<TokenOptions, "random">): string {
  const form = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret });
  if (scopes.length > 0) form.set("scope", scopes.join(" "));
  if (audience !== undefined) form.set("audience", audience);
  return form.toString();
}

function closed({ tokenUrl }: TokenOptions): Fault {
  return { kind: "transport", code: "aborted", detail: `waiting for a token of ${hostOf(tokenUrl)}` };
}
