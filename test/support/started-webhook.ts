import { createHmac } from "node:crypto";
import { createHttp } from "../../electron/net/http.ts";
import { createWebhook, type WebhookOptions, type WebhookTrouble } from "../../electron/net/webhook.ts";
import type { SeenRequest } from "./loopback-http.ts";
import { createWatchedClock, type WatchedClock } from "./watched-clock.ts";

export const WEBHOOK_SECRET = "planted-secret-4711";
/** The time of every event. */
export const EVENT_AT = "2026-01-05T09:00:00.000Z";

/** A signed webhook to `url` on a fake clock, with the middle of every random range, and all that it tells written down. */
export function startWebhook(url: string, more: Partial<WebhookOptions> & { readonly clock?: WatchedClock } = {}) {
  const clock = more.clock ?? createWatchedClock();
  const random = (): number => 0.5;
  const troubles: WebhookTrouble[] = [];
  let sent = 0;
  let answered = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await globalThis.fetch(input, init);
    answered += 1;
    return response;
  };
  const http = more.send ?? createHttp({ clock, random, fetch });
  const webhook = createWebhook({
    url,
    secret: WEBHOOK_SECRET,
    random,
    onTrouble: (trouble) => {
      troubles.push(trouble);
    },
    ...more,
    clock,
    send: (request) => {
      sent += 1;
      return http(request);
    },
  });
  return {
    clock,
    troubles,
    /** How many attempts were made. */
    sent: () => sent,
    /** How many answers have begun to arrive. */
    answered: () => answered,
    push: (event: string, fields: object = {}): void => {
      webhook.push(event, EVENT_AT, fields);
    },
    close: async (): Promise<void> => webhook[Symbol.asyncDispose](),
  };
}

/** What a receiver does, written from the contract alone: the age of `t`, and the HMAC of the bytes of `t.body` in hex. */
export function isGenuine(request: SeenRequest, nowMs: number): boolean {
  const [, seconds, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request.headers["x-callside-signature"])) ?? [];
  if (seconds === undefined || Math.abs(nowMs / 1_000 - Number(seconds)) > 1) return false;
  const hmac = createHmac("sha256", Buffer.from(WEBHOOK_SECRET, "utf8"));
  return hmac.update(Buffer.from(`${seconds}.`, "utf8")).update(Buffer.from(request.body, "utf8")).digest("hex") === digest;
}

/** The names of the events that arrived, from their headers. */
export function namesOf(requests: readonly SeenRequest[]): readonly string[] {
  return requests.map((request) => String(request.headers["x-callside-event"]));
}
