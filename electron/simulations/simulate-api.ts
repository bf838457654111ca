import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { SimulationCase } from "../../shared/simulation.ts";
import type { JsonRequest, SendJson } from "../net/http.ts";
import { cutText, platformWords, pollReplySchema, simulateReplySchema, type PollReply } from "./simulate-reply.ts";

/** The simulation platform (contract 5.2, 5.3). Nothing here throws; a cancelled call gives the fault `aborted`. */
export interface SimulateApi {
  /** Whether the bot is there and these credentials may read it. A 403 is `missing-scope` and names `bot:read`. */
  info(signal: AbortSignal): Promise<Result<void, Fault>>;
  /** The names of the bot's entities, as the platform spells them. A registry of another form is `malformed-reply`. */
  entities(signal: AbortSignal): Promise<Result<readonly string[], Fault>>;
  /**
   * Hands a case in and gives the id of its simulation. One attempt: how often a case is worth another one is the
   * runner's to say; the same `key` then keeps the platform from taking the case twice.
   */
  simulate(one: SimulationCase, signal: AbortSignal, key?: string): Promise<Result<string, Fault>>;
  /** Asks once for the result of a simulation. An id that the platform does not know (any more) is `simulation-lost`, the result of another one `malformed-reply`. */
  result(simulationId: string, signal: AbortSignal): Promise<Result<PollReply, Fault>>;
}

/** Of one attempt (contract 0): handing in, asking for a result; preflight requests are as long as a poll. */
export const SIMULATE_TIMEOUT_MS = 20_000;
export const POLL_TIMEOUT_MS = 15_000;

/** A registry of some ten thousand entities; a result with long texts. */
const MAX_REGISTRY_BYTES = 10_000_000;
const MAX_RESULT_BYTES = 4_000_000;

const MAX_SHOWN_ID = 100;

const ONCE = { attempts: 1 } as const;

const infoSchema = z.record(z.string(), z.unknown()).transform(() => undefined);
const registrySchema = z.array(z.object({ name: z.string().min(1) }));

/** The platform at `apiUrl`, asked through `send`, which signs, times out and checks. */
export function createSimulateApi({ send, apiUrl }: { readonly send: SendJson; readonly apiUrl: string }): SimulateApi {
  const base = apiUrl.replace(/\/+$/u, "");

  const ask = async <T>(request: Omit<JsonRequest<T>, "explain">, scope: string): Promise<Result<T, Fault>> => {
    const reply = await send({ ...request, explain: (_status, body) => platformWords(body) });
    return reply.ok ? ok(reply.value.value) : err(withScope(reply.error, scope));
  };

  return {
    info: (signal) => ask({ method: "GET", url: `${base}/info`, schema: infoSchema, timeoutMs: POLL_TIMEOUT_MS, signal }, "bot:read"),
    async entities(signal) {
      const registry = await ask(
        { method: "GET", url: `${base}/entities`, schema: registrySchema, timeoutMs: POLL_TIMEOUT_MS, maxBytes: MAX_REGISTRY_BYTES, signal },
        "bot:read",
      );
      return registry.ok ? ok(registry.value.map(({ name }) => name)) : registry;
    },
    async simulate(one, signal, key) {
      const taken = await ask(
        {
          method: "POST",
          url: `${base}/simulate`,
          body: { kind: "json", value: simulateBody(one) },
          schema: simulateReplySchema,
          timeoutMs: SIMULATE_TIMEOUT_MS,
          retry: ONCE,
          ...(key === undefined ? {} : { idempotencyKey: key }),
          signal,
        },
        "simulation:execute",
      );
      return taken.ok ? ok(taken.value.simulationId) : taken;
    },
    async result(simulationId, signal) {
      const url = `${base}/simulation/${encodeURIComponent(simulationId)}`;
      const found = await ask(
        { method: "GET", url, schema: pollReplySchema, timeoutMs: POLL_TIMEOUT_MS, maxBytes: MAX_RESULT_BYTES, retry: ONCE, signal },
        "simulation:execute",
      );
      if (!found.ok) return found.error.code === "not-found" ? err({ ...found.error, code: "simulation-lost" }) : found;
      const { simulationId: about = simulationId, ...reply } = found.value;
      return about === simulationId ? ok(reply) : err(mixedUp(simulationId, about));
    },
  };
}

/** The result of another case would be a verdict on what this one never did. */
function mixedUp(simulationId: string, about: string): Fault {
  const [asked, answered] = [simulationId, about].map((id) => JSON.stringify(cutText(id, MAX_SHOWN_ID)));
  return { kind: "contract", code: "malformed-reply", detail: `asked for the simulation ${asked}, the platform answered with ${answered}` };
}

/** The body of contract 5.3. */
function simulateBody(one: SimulationCase) {
  return { userId: one.user_id, platform: one.platform, input: { text: one.utterance }, context: one.session_context, testId: one.test_id };
}

/** The platform's own words seldom say which scope a request takes (contract 0). */
function withScope(fault: Fault, scope: string): Fault {
  return fault.status === 403 ? { ...fault, code: "missing-scope", detail: `${fault.detail}; the token lacks ${scope}` } : fault;
}
