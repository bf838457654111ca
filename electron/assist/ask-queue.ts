import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { Ask, AskReply, SuggestRequest } from "./suggest-api.ts";

/** What a job hears of its request: `answered` or `superseded`, exactly one of them and once, unless it was abandoned. */
export interface AskJob {
  readonly interactionId: string;
  /** Requests of one key share one call (contract 2.4). */
  readonly key: string;
  readonly request: SuggestRequest;
  /** When the budget ends, on monotonic time. */
  readonly deadlineMs: number;
  answered(reply: Result<AskReply, Fault>): void;
  superseded(): void;
}

export interface AskTicket {
  /** The job is overdue: its request goes on, but no longer holds up the lane. */
  yieldLane(): void;
  /** Nobody waits any more: a request that was not sent is dropped, one that runs is left to fill the cache. */
  abandon(): void;
}

export interface AskQueue extends AsyncDisposable {
  submit(job: AskJob): AskTicket;
}

interface Call {
  readonly interactionId: string;
  readonly key: string;
  readonly jobs: Set<AskJob>;
  yielded: boolean;
}

interface Lane {
  readonly calls: Set<Call>;
  waiting: AskJob | null;
}

/**
 * Decides when a request is sent (contract 2.3): one lane per interaction, so that answers keep its order; lanes run
 * side by side under `limit`; a newer job of an interaction takes the place of one that has not been sent. A call that
 * is overdue gives its lane free, since holding a new moment behind a hung request would make it late too.
 * `received` hears of an answer before its jobs do (the cache).
 */
export function createAskQueue(options: {
  readonly ask: Ask;
  readonly limit: number;
  readonly monotonic: () => number;
  readonly received: (key: string, reply: AskReply) => void;
}): AskQueue {
  const lanes = new Map<string, Lane>();
  const callsByKey = new Map<string, Call>();
  /** Lanes whose waiting job only waits for the bound, in order of arrival. */
  const blocked = new Set<Lane>();
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  /** How many requests are out. */
  let out = 0;

  const pump = (lane: Lane): void => {
    const job = lane.waiting;
    if (job === null || [...lane.calls].some((call) => !call.yielded)) return;
    if (out >= options.limit) {
      blocked.add(lane);
      return;
    }
    lane.waiting = null;
    blocked.delete(lane);
    send(lane, job);
  };

  const send = (lane: Lane, job: AskJob): void => {
    const call: Call = { interactionId: job.interactionId, key: job.key, jobs: new Set([job]), yielded: false };
    lane.calls.add(call);
    callsByKey.set(job.key, call);
    const run = complete(lane, call, job);
    running.add(run);
    void run.finally(() => running.delete(run));
  };

  const complete = async (lane: Lane, call: Call, job: AskJob): Promise<void> => {
    out += 1;
    const budgetMs = Math.max(1, job.deadlineMs - options.monotonic());
    const reply = await options.ask(job.request, { budgetMs, signal: closing.signal });
    out -= 1;
    lane.calls.delete(call);
    if (callsByKey.get(call.key) === call) callsByKey.delete(call.key);
    if (closing.signal.aborted) return;
    if (reply.ok) options.received(call.key, reply.value);
    for (const one of call.jobs) one.answered(reply);
    pump(lane);
    forgetIfIdle(call.interactionId, lane);
    // A place is free: the lane that has waited longest for it goes first.
    for (const next of blocked) pump(next);
  };

  const forgetIfIdle = (interactionId: string, lane: Lane): void => {
    if (lane.calls.size === 0 && lane.waiting === null) lanes.delete(interactionId);
  };

  return {
    submit(job) {
      const lane = lanes.get(job.interactionId) ?? { calls: new Set<Call>(), waiting: null };
      lane.waiting?.superseded();
      lane.waiting = null;
      blocked.delete(lane);
      const shared = callsByKey.get(job.key);
      if (shared === undefined) {
        lanes.set(job.interactionId, lane);
        lane.waiting = job;
        pump(lane);
      } else {
        // Answered by a call that is already under way, perhaps of another interaction's lane.
        shared.jobs.add(job);
      }
      return {
        yieldLane() {
          for (const call of lane.calls) if (call.jobs.has(job)) call.yielded = true;
          pump(lane);
        },
        abandon() {
          shared?.jobs.delete(job);
          for (const call of lane.calls) call.jobs.delete(job);
          if (lane.waiting !== job) return;
          lane.waiting = null;
          blocked.delete(lane);
          forgetIfIdle(job.interactionId, lane);
        },
      };
    },
    async [Symbol.asyncDispose]() {
      closing.abort();
      await Promise.allSettled(running);
      lanes.clear();
      blocked.clear();
    },
  };
}
