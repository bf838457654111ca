import type { FaultBoard } from "./faults.ts";
import { json, readJson, refusal, type Route } from "./routes.ts";
import { pause, type SandboxClock } from "./sandbox-clock.ts";

export const HOOKS_PATH = "/sandbox/hooks";

/** More than these are not kept; the oldest go first. */
const MAX_KEPT = 200;

/** A webhook as it came. `text` is what a signature is made of, `at` when it came (ISO 8601). */
interface ReceivedHook {
  readonly at: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: unknown;
}

export interface WebhookStats {
  /** Those included that were answered with an error. */
  readonly hookRequests: number;
}

/** A receiver of webhooks (contract 4.5) that keeps what it got, for whoever asks with GET. */
export function createWebhookReceiver({ faults, clock }: { readonly faults: FaultBoard; readonly clock: SandboxClock }): {
  readonly routes: readonly Route[];
  stats(): WebhookStats;
} {
  let kept: readonly ReceivedHook[] = [];
  let requests = 0;
  return {
    routes: [
      { method: "GET", path: HOOKS_PATH, handle: () => json(200, { items: kept }) },
      {
        method: "POST",
        path: HOOKS_PATH,
        async handle(request) {
          requests += 1;
          await pause(clock, faults.values["hooks-latency"] ?? 0, request.signal);
          if (faults.strikes(faults.values["hooks-500"])) return refusal(500, "internal error");
          const body = readJson(request);
          if (!body.ok) return refusal(400, body.error);
          kept = [...kept, { at: new Date(clock.now()).toISOString(), headers: request.headers, text: request.body, body: body.value }].slice(-MAX_KEPT);
          return { kind: "empty", status: 204 };
        },
      },
    ],
    stats: () => ({ hookRequests: requests }),
  };
}
