import { type Clock, wait } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Check, SimulationCase, Turn } from "../../shared/simulation.ts";
import { createPatience, type Patience } from "./patience.ts";
import { POLL_TIMEOUT_MS, SIMULATE_TIMEOUT_MS, type SimulateApi } from "./simulate-api.ts";
import type { Simulation } from "./simulate-reply.ts";
import { judgeCase, type Judgement } from "./verdict.ts";

/** What running a case takes. Times in milliseconds. */
export interface CasePorts {
  readonly api: SimulateApi;
  readonly clock: Clock;
  readonly random: () => number;
  /** Makes the idempotency key of one run. */
  readonly newKey: () => string;
  readonly pollMs: number;
  readonly maxPolls: number;
  readonly signal: AbortSignal;
  /** Takes a simulation id for a case; false where another case of the batch has it already. */
  readonly claim: (simulationId: string, testId: string) => boolean;
}

/** `dropped`: cut short by the signal, as if it had never been begun. */
interface Dropped {
  readonly kind: "dropped";
}

/** Could not be run. The id is null where the platform took no simulation. */
export interface CaseError {
  readonly kind: "error";
  readonly verdict: "error";
  readonly fault: Fault;
  readonly simulationId: string | null;
}

/** Ran to its end. */
export interface JudgedCase {
  readonly kind: "judged";
  readonly verdict: Judgement;
  readonly checks: readonly Check[];
  readonly turns: readonly Turn[];
  readonly simulationId: string;
}

/** What one run of a case came to. */
export type CaseRun = JudgedCase | CaseError | Dropped;

const DROPPED: Dropped = { kind: "dropped" };

/**
 * Runs a case once (contract 5.3): hands it in, asks for the result every `pollMs`, first after one such pause and at
 * most `maxPolls` times, and judges it. Waits for the platform's recovery count against the case: its budget is the
 * polls' pauses and one time limit of either call. A poll that failed counts as one. Never throws.
 */
export async function runCase(one: SimulationCase, ports: CasePorts): Promise<CaseRun> {
  const { clock, random, pollMs, maxPolls } = ports;
  const budgetMs = SIMULATE_TIMEOUT_MS + POLL_TIMEOUT_MS + maxPolls * pollMs;
  const patience = createPatience({ clock, random, budgetMs });
  const taken = await handIn(one, ports, patience);
  if (taken.kind !== "taken") return taken;
  const { simulationId } = taken;
  // Both would be judged by one result, and one of them wrongly.
  if (!ports.claim(simulationId, one.test_id)) return failed(claimed(simulationId), simulationId);
  const result = await awaitResult(simulationId, ports, patience);
  if (result.kind !== "over") return result;
  const { simulation } = result;
  return { kind: "judged", ...judgeCase(one, simulation), turns: simulation.turns ?? [], simulationId };
}

async function handIn(one: SimulationCase, ports: CasePorts, patience: Patience): Promise<{ readonly kind: "taken"; readonly simulationId: string } | CaseError | Dropped> {
  const { api, clock, signal } = ports;
  const key = ports.newKey();
  for (;;) {
    const taken = await api.simulate(one, signal, key);
    if (signal.aborted) return DROPPED;
    if (taken.ok) {
      patience.succeeded();
      return { kind: "taken", simulationId: taken.value };
    }
    const pauseMs = patience.pauseAfter(taken.error);
    if (pauseMs === null) return failed(taken.error, null);
    await wait(clock, pauseMs, signal);
    if (signal.aborted) return DROPPED;
  }
}

async function awaitResult(
  simulationId: string,
  ports: CasePorts,
  patience: Patience,
): Promise<{ readonly kind: "over"; readonly simulation: Simulation } | CaseError | Dropped> {
  const { api, clock, signal, pollMs, maxPolls } = ports;
  const startedAt = clock.monotonic();
  let pauseMs = pollMs;
  for (let poll = 1; ; poll += 1) {
    await wait(clock, pauseMs, signal);
    if (signal.aborted) return DROPPED;
    const found = await api.result(simulationId, signal);
    const last = poll >= maxPolls;
    if (found.ok) {
      const reply = found.value;
      if (reply.kind === "over") return reply;
      patience.succeeded();
      pauseMs = pollMs;
      if (!last && patience.allows(pauseMs)) continue;
      return failed(endless(simulationId, reply.status, poll, clock.monotonic() - startedAt), simulationId);
    }
    if (signal.aborted) return DROPPED;
    const recoveryMs = patience.pauseAfter(found.error);
    if (last || recoveryMs === null) return failed(found.error, simulationId);
    pauseMs = Math.max(pollMs, recoveryMs);
  }
}

function failed(fault: Fault, simulationId: string | null): CaseError {
  return { kind: "error", verdict: "error", fault, simulationId };
}

function claimed(simulationId: string): Fault {
  return { kind: "contract", code: "malformed-reply", detail: `the platform gave the simulation id ${JSON.stringify(simulationId)} to two cases` };
}

function endless(simulationId: string, status: string, polls: number, ms: number): Fault {
  const asked = polls === 1 ? "one poll" : `${polls} polls`;
  const detail = `${JSON.stringify(simulationId)} was still ${JSON.stringify(status)} after ${asked} in ${Math.round(ms / 100) / 10} s`;
  return { kind: "transport", code: "simulation-timeout", detail };
}
