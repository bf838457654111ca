import { z } from "zod";
import { type Clock, wait } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import { hostOf } from "./attempt.ts";
import { type Backoff, backoffMs } from "./backoff.ts";
import type { SendJson } from "./http.ts";
import { decideRetry, HTTP_RETRY, type RetryPolicy } from "./retry-policy.ts";
import { createWebhookQueue, LEAST_EVENT, type WebhookEvent } from "./webhook-queue.ts";
import { webhookSignature } from "./webhook-signature.ts";

/**
 * What a person should know of an address. `failing` is told when it begins (an event was lost after all its attempts,
 * or the queue ran over), not for each event; once more where an address that was only slow turns out to fail, and
 * where disposing gives up what is left. `recovered`: it takes events again. `lost` counts the events of this spell
 * that were not delivered and never will be, `since` is when it began (ms since the Unix epoch). Neither names more of
 * the address than its host.
 */
export type WebhookTrouble =
  | { readonly kind: "failing"; readonly since: number; readonly fault: Fault; readonly lost: number }
  | { readonly kind: "recovered"; readonly since: number; readonly lost: number };

export interface WebhookOptions {
  readonly url: string;
  /** Signs each delivery; unsigned without. */
  readonly secret?: string;
  /** `createHttp` without tokens. Attempts are counted and spaced here, so it is asked for one at a time. */
  readonly send: SendJson;
  readonly clock: Clock;
  readonly random: () => number;
  /** Called apart from the work: whatever it throws disturbs neither deliveries nor whoever pushes. */
  readonly onTrouble: (trouble: WebhookTrouble) => void;
  /** How many events may wait; 1,000 unless given. */
  readonly maxQueued?: number;
  /** How long disposing goes on delivering what is queued, in ms; then the rest is given up. 2,000 unless given. */
  readonly graceMs?: number;
  /** Makes an idempotency key; random UUIDs unless given. */
  readonly newKey?: () => string;
  /** Sends the fields alone: what an event is called stands in its header only, and what time it has is theirs to say. */
  readonly bare?: true;
}

/** Delivery of events to one address; see {@link createWebhook}. */
export interface Webhook extends AsyncDisposable {
  /**
   * Queues an event; never throws, never waits. It is sent as JSON `{event, timestamp, ...fields}` (`bare`: `fields`), as
   * `fields` is now.
   * After disposing has begun it does nothing.
   */
  push(event: string, timestamp: string, fields: object): void;
}

const MAX_QUEUED = 1_000;
const GRACE_MS = 2_000;
/** Contract 0, "Timeouts". */
const TIMEOUT_MS = 5_000;
/** The longest pause of an address that is obeyed (contract 0). */
const MAX_PAUSE_MS = 60_000;

/** Contract 0: webhooks get 5 attempts. A longer `Retry-After` is waited for as far as it is obeyed, not given up on. */
const WEBHOOK_RETRY: RetryPolicy = {
  ...HTTP_RETRY,
  attempts: 5,
  maxPauseMs: MAX_PAUSE_MS,
  retryStatus: (status) => status === 408 || status === 429 || status >= 500,
};

/** Between the attempts at an address that fails: up to 2 s, 4 s ... 60 s, whichever event they are for. */
const FAILING_PACE: Backoff = { baseMs: 2_000, capMs: MAX_PAUSE_MS };

/**
 * `failing`: an event was lost for good, and none got through since; `failures` counts the attempts in a row.
 * `overrun`: events come faster than the address takes them.
 */
type Health =
  | { readonly kind: "well" }
  | { readonly kind: "overrun"; readonly since: number }
  | { readonly kind: "failing"; readonly since: number; readonly failures: number };

/**
 * Delivers events to one address in order, one at a time (contract 1.6), in the background and within bounds.
 *
 * Each event gets up to 5 attempts with the same bytes and the same `Idempotency-Key`; the signature is made anew for
 * each, since receivers check the age of its `t`. Any 2xx will do. What fails for good is dropped and counted, and the
 * next one gets its turn.
 *
 * Once an event was lost the address counts as failing until one gets through. Then every attempt, whichever event it
 * is for, waits out a pause that grows to a minute: a dead host is asked about twice a minute instead of all the time,
 * and what is queued meanwhile is kept rather than burnt up against it. Heartbeats are taken only where nothing else
 * waits, as the attempt that finds out whether the address is back.
 *
 * Disposing goes on for `graceMs` at the most; at a failing address it tries once more without a pause, and no longer
 * than until that fails.
 */
export function createWebhook(options: WebhookOptions): Webhook {
  const { clock, random, url, secret } = options;
  const newKey = options.newKey ?? ((): string => crypto.randomUUID());
  const host = hostOf(url);
  const queue = createWebhookQueue(options.maxQueued ?? MAX_QUEUED);
  /** Ends the pauses of a failing address when disposing begins. */
  const hurry = new AbortController();
  /** Ends everything. */
  const stop = new AbortController();
  let health: Health = { kind: "well" };
  let lost = 0;
  let lostAsTold = 0;
  /** On monotonic time; it outlasts the event that brought it about. */
  let notBefore = -Infinity;
  let working: Promise<void> | null = null;
  let closing: Promise<void> | null = null;

  const tell = (trouble: WebhookTrouble): void => {
    lostAsTold = trouble.lost;
    queueMicrotask(() => {
      options.onTrouble(trouble);
    });
  };

  /** A spell of trouble lasts from the first loss until events get through, whatever else goes wrong in between. */
  const since = (): number => (health.kind === "well" ? clock.now() : health.since);

  const lose = (fault: Fault): void => {
    lost += 1;
    if (health.kind === "failing") return;
    health = { kind: "failing", since: since(), failures: 0 };
    tell({ kind: "failing", since: health.since, fault, lost });
  };

  const overrun = (gone: number): void => {
    lost += gone;
    if (health.kind !== "well") return;
    health = { kind: "overrun", since: since() };
    tell({ kind: "failing", since: health.since, fault: { kind: "transport", code: "timeout", detail: `${host} takes events more slowly than they come` }, lost });
  };

  const arrived = (): void => {
    notBefore = -Infinity;
    if (health.kind === "well" || (health.kind === "overrun" && queue.size() > 0)) return;
    const recovered = { kind: "recovered", since: health.since, lost } as const;
    health = { kind: "well" };
    lost = 0;
    tell(recovered);
    lostAsTold = 0;
  };

  const pause = (): Promise<void> => {
    const leftMs = notBefore - clock.monotonic();
    return leftMs > 0 ? wait(clock, leftMs, health.kind === "failing" ? hurry.signal : stop.signal) : Promise.resolve();
  };

  const attempt = async ({ event, body, key }: WebhookEvent): Promise<Result<unknown, Fault>> =>
    options.send({
      method: "POST",
      url,
      headers: {
        "x-callside-event": event,
        ...(secret === undefined ? {} : { "x-callside-signature": webhookSignature(secret, body, clock.now()) }),
      },
      body: { kind: "text", text: body },
      idempotencyKey: key,
      schema: z.unknown(),
      statusOnly: true,
      timeoutMs: TIMEOUT_MS,
      retry: { attempts: 1 },
      signal: stop.signal,
    });

  /** What follows from a failed attempt: whether the event is tried again. Sets `notBefore` for whatever is next. */
  const mayTryAgain = (failed: Fault, attempts: number): boolean => {
    const pauseMs = Math.min(failed.retryAfterMs ?? 0, MAX_PAUSE_MS);
    const fault = { ...failed, retryAfterMs: pauseMs };
    const decision = decideRetry(WEBHOOK_RETRY, { fault, attempt: attempts, leftMs: Infinity, chance: random() });
    if (decision.kind === "give-up") lose(withHostOnly(failed, host));
    let waitMs = decision.kind === "again" ? decision.waitMs : pauseMs;
    if (health.kind === "failing") {
      waitMs = Math.max(pauseMs, backoffMs(health.failures, FAILING_PACE, random()));
      health = { ...health, failures: health.failures + 1 };
      if (closing !== null) stop.abort();
    }
    notBefore = clock.monotonic() + waitMs;
    return decision.kind === "again";
  };

  const deliver = async (event: WebhookEvent): Promise<void> => {
    for (let attempts = 1; ; attempts += 1) {
      await pause();
      if (stop.signal.aborted) break;
      const outcome = await attempt(event);
      if (outcome.ok) {
        arrived();
        return;
      }
      if (stop.signal.aborted) break;
      if (!mayTryAgain(outcome.error, attempts)) return;
    }
    lost += 1;
  };

  const work = async (): Promise<void> => {
    // Not in the caller's turn: a push costs what it takes to write the event down.
    await Promise.resolve();
    try {
      while (!stop.signal.aborted) {
        const next = queue.take();
        if (next === undefined) break;
        await deliver(next);
      }
    } finally {
      working = null;
    }
  };

  const close = async (): Promise<void> => {
    hurry.abort();
    const cancel = clock.after(options.graceMs ?? GRACE_MS, () => {
      stop.abort();
    });
    await working;
    cancel();
    lost += queue.clear();
    if (lost === lostAsTold) return;
    tell({ kind: "failing", since: since(), fault: { kind: "transport", code: "aborted", detail: `${host}: closed before every event was delivered` }, lost });
  };

  return {
    push(event, timestamp, fields) {
      if (closing !== null) return;
      if (health.kind === "failing" && event === LEAST_EVENT && working !== null) {
        lost += 1;
        return;
      }
      const body = bodyText(options.bare === true ? {} : { event, timestamp }, fields);
      if (body === null) {
        lose({ kind: "policy", code: "invalid-input", detail: "an event that cannot be written as JSON" });
        return;
      }
      const gone = queue.add({ event, body, key: newKey() });
      if (gone > 0) overrun(gone);
      working ??= work();
    },
    [Symbol.asyncDispose]() {
      closing ??= close();
      return closing;
    },
  };
}

/** The event as it is sent; null where its fields are more than JSON can carry. What stands in `head` comes first, and counts before fields of that name. */
function bodyText(head: object, fields: object): string | null {
  try {
    // Nothing comes of fields that say so themselves (`toJSON`).
    const text: string | undefined = JSON.stringify({ ...head, ...fields, ...head });
    return text ?? null;
  } catch {
    return null;
  }
}

/** An address may hold a secret in its path, and the answer may quote the signature: of both only host and status are told. */
function withHostOnly(fault: Fault, host: string): Fault {
  if (fault.status === undefined) return fault;
  const redirects = fault.status >= 300 && fault.status <= 399 ? "; redirects are not followed" : "";
  return { ...fault, detail: `${host} answered ${fault.status}${redirects}` };
}
