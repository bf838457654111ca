import { setImmediate } from "node:timers/promises";
import { createHttp } from "../../electron/net/http.ts";
import { createSimulateApi, type SimulateApi } from "../../electron/simulations/simulate-api.ts";
import type { PollReply, Simulation } from "../../electron/simulations/simulate-reply.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { CaseResult, SimulationCase, Suite, Turn } from "../../shared/simulation.ts";
import { type Clock, wait } from "../../shared/clock.ts";
import { type LoopbackHttp, type SeenRequest, sendJson, serveHttp } from "./loopback-http.ts";
import type { WatchedClock } from "./watched-clock.ts";

/** A case that expects the intent "greet" and nothing else, unless told otherwise. */
export function caseOf(more: Partial<SimulationCase> = {}): SimulationCase {
  return {
    test_id: "test_one",
    user_id: "usr_1",
    platform: "web",
    utterance: "hello",
    session_context: {},
    expected_outcome: { intent: "greet", entities: {} },
    tags: [],
    ...more,
  };
}

/** A suite of as many such cases, `test_0` and so on. */
export function suiteOf(count: number, more: Partial<Suite> = {}): Suite {
  const cases = Array.from({ length: count }, (_, index) => caseOf({ test_id: `test_${index}`, utterance: `hello ${index}` }));
  return { name: "sample", expected_flows: ["flow_greeting"], cases, ...more };
}

/** A turn of the flow "flow_greeting" that found the intent "greet", unless told otherwise. */
export function turnOf(more: Partial<Turn> = {}): Turn {
  return { turnIndex: 0, flowId: "flow_greeting", intent: "greet", entities: {}, output: "Hello!", errorCode: null, errorMessage: null, ...more };
}

/** A completed simulation of one such turn, unless told otherwise. */
export function simulationOf(more: Partial<Simulation> = {}): Simulation {
  return { status: "completed", turns: [turnOf()], words: null, ...more };
}

/** A result that passed, unless told otherwise. */
export function resultOf(more: Partial<CaseResult> = {}): CaseResult {
  return {
    testId: "test_one",
    verdict: "passed",
    checks: [],
    turns: [turnOf()],
    simulationId: "sim_1",
    startedAt: 0,
    durationMs: 10,
    runs: [more.verdict ?? "passed"],
    ...more,
  };
}

export function over(more: Partial<Simulation> = {}): Result<PollReply, Fault> {
  return ok({ kind: "over", simulation: simulationOf(more) });
}

export function running(): Result<PollReply, Fault> {
  return ok({ kind: "running", status: "running" });
}

export function broken(more: Partial<Fault> = {}): Result<never, Fault> {
  return err({ kind: "transport", code: "network", detail: "made up for the test", ...more });
}

export interface ScriptedApi extends SimulateApi {
  /** Every call so far: `simulate test_0`, `result test_0`. */
  readonly calls: readonly string[];
  readonly keys: readonly (string | undefined)[];
  /** The most cases that were under way at the same time. */
  peak(): number;
}

/**
 * A platform in memory that answers at once, or after `latencyMs` of the clock. `n` counts the calls of its kind for the case from 0;
 * simulation ids are the case's own id. A cancelled call gives `aborted`.
 */
export function createScriptedApi(script: {
  readonly clock: Clock;
  readonly latencyMs?: number;
  readonly simulate?: (testId: string, n: number) => Result<string, Fault> | undefined;
  readonly result?: (testId: string, n: number) => Result<PollReply, Fault>;
}): ScriptedApi {
  const calls: string[] = [];
  const keys: (string | undefined)[] = [];
  const open = new Set<string>();
  let peak = 0;
  const answer = async <T>(call: string, signal: AbortSignal, reply: (n: number) => Result<T, Fault>): Promise<Result<T, Fault>> => {
    const n = calls.filter((one) => one === call).length;
    calls.push(call);
    if (script.latencyMs !== undefined) await wait(script.clock, script.latencyMs, signal);
    return signal.aborted ? broken({ code: "aborted" }) : reply(n);
  };
  return {
    calls,
    keys,
    peak: () => peak,
    info: async () => ok(undefined),
    entities: async () => ok([]),
    simulate(one, signal, key) {
      keys.push(key);
      open.add(one.test_id);
      peak = Math.max(peak, open.size);
      return answer(`simulate ${one.test_id}`, signal, (n) => {
        const reply = script.simulate?.(one.test_id, n) ?? ok(one.test_id);
        if (!reply.ok) open.delete(one.test_id);
        return reply;
      });
    },
    result: (id, signal) =>
      answer(`result ${id}`, signal, (n) => {
        const reply = script.result?.(id, n) ?? over();
        if (reply.ok && reply.value.kind === "over") open.delete(id);
        return reply;
      }),
  };
}

/** What the platform on this machine answers; nothing: what a healthy one would. */
interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LoopbackPlatform extends LoopbackHttp {
  readonly api: SimulateApi;
}

/**
 * The four addresses of contract 5 on 127.0.0.1, answered at once; `answer` may say otherwise, `n` counting the
 * requests to the same method and path from 0. Simulations are complete when they are first asked for.
 */
export async function servePlatform(clock: Clock, answer: (request: SeenRequest, n: number) => Answer | undefined = () => undefined): Promise<LoopbackPlatform> {
  const seen = new Map<string, number>();
  const http = await serveHttp((request, response) => {
    const place = `${request.method} ${request.path}`;
    const n = seen.get(place) ?? 0;
    seen.set(place, n + 1);
    const { status = 200, body = healthy(request), headers } = answer(request, n) ?? {};
    if (typeof body === "string") response.writeHead(status, headers).end(body);
    else sendJson(response, status, body, headers);
  });
  const send = createHttp({ clock, random: () => 0.5, fetch: globalThis.fetch });
  return { ...http, [Symbol.asyncDispose]: () => http[Symbol.asyncDispose](), api: createSimulateApi({ send, apiUrl: `${http.url}/api/bot/` }) };
}

function healthy(request: SeenRequest): unknown {
  if (request.path.endsWith("/info")) return { name: "bot" };
  if (request.path.endsWith("/entities")) return [{ name: "order_id" }];
  if (request.method === "POST") return { simulationId: `sim_${JSON.parse(request.body).testId}` };
  const turn = { turnIndex: 0, flowId: "flow_greeting", intent: "greet", entities: {}, output: "Hello!" };
  return { simulationId: request.path.split("/").at(-1), status: "completed", turns: [turn] };
}

/** Time limits of requests: while one of these is waited for, an answer is under way and time must not be moved. */
const REQUEST_LIMITS: ReadonlySet<number> = new Set([15_000, 20_000]);

/** Moves time on from timer to timer until `work` is done, but never past a request that is still under way. */
export async function drive<T>(clock: WatchedClock, work: Promise<T>): Promise<T> {
  const state = { settled: false };
  const finished = work.finally(() => {
    state.settled = true;
  });
  while (!state.settled) {
    await setImmediate();
    const waiting = clock.waiting();
    if (state.settled || waiting.length === 0 || waiting.some((delay) => REQUEST_LIMITS.has(delay))) continue;
    await clock.advance(Math.max(1, Math.min(...waiting)));
  }
  return finished;
}
