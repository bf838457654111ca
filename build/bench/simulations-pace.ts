import { systemClock } from "../../electron/net/system-clock.ts";
import { wait } from "../../shared/clock.ts";
import type { SimulationCase, Suite } from "../../shared/simulation.ts";
import { median, type Figure } from "./figure.ts";
import { benchSuite } from "./simulations-cases.ts";
import { openBatchRuns } from "./simulations-run.ts";
import { startSimulations, type SimulationsServer } from "./simulations-server.ts";

const CASES = 1_000;
const ANSWER_MS = 20;
const POLL_MS = 20;
const CONCURRENCY = 50;
/** The first poll finds the simulation running, so that there is something to wait for. */
const RUNNING_POLLS = 1;
const ROUNDS = 9;

/**
 * The wall time of a batch over that of a bare loop of `fetch` that makes the same requests and waits as long, as many
 * side by side; turn by turn, the bare loop first in every other round.
 */
export async function measurePace(): Promise<readonly Figure[]> {
  await using server = await startSimulations({ answerMs: ANSWER_MS, runningPolls: RUNNING_POLLS });
  await using batches = await openBatchRuns(server);
  const suite = benchSuite(CASES);
  const runs = {
    bare: () => timed(server, () => bareLoop(server, suite)),
    ours: () => timed(server, () => batches.run({ suite, concurrency: CONCURRENCY, pollMs: POLL_MS })),
  };
  // Connections, the token and compiled code are there from then on.
  await runs.bare();
  await runs.ours();
  const rounds: { readonly bare: Timed; readonly ours: Timed }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    if (round % 2 === 0) {
      const bare = await runs.bare();
      rounds.push({ bare, ours: await runs.ours() });
    } else {
      const ours = await runs.ours();
      rounds.push({ bare: await runs.bare(), ours });
    }
  }
  const uneven = rounds.find(({ bare, ours }) => bare.requests !== ours.requests);
  if (uneven !== undefined) throw new Error(`the bare loop made ${uneven.bare.requests} requests, the batch ${uneven.ours.requests}`);
  const ratios = rounds.map(({ bare, ours }) => ours.ms / bare.ms);
  return [
    { name: "1,000 simulations, bare loop of fetch", value: median(rounds.map(({ bare }) => bare.ms)), unit: "ms" },
    { name: "1,000 simulations, a batch", value: median(rounds.map(({ ours }) => ours.ms)), unit: "ms" },
    { name: "  over the bare loop of its round, median", value: median(ratios), unit: "x", limit: { kind: "at most", value: 1.15 } },
    { name: "  the worst round of nine", value: Math.max(...ratios), unit: "x" },
    { name: "  processor time over that of the bare loop", value: median(rounds.map(({ bare, ours }) => ours.cpuMs / bare.cpuMs)), unit: "x" },
  ];
}

interface Timed {
  readonly ms: number;
  readonly cpuMs: number;
  readonly requests: number;
}

async function timed(server: SimulationsServer, run: () => Promise<unknown>): Promise<Timed> {
  await server.requests();
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  await run();
  const ms = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1_000, requests: await server.requests() };
}

async function bareLoop({ apiUrl }: SimulationsServer, { cases }: Suite): Promise<void> {
  const left = cases.values();
  let done = 0;
  // All lanes draw from one iterator.
  const lane = async (): Promise<void> => {
    for (const one of left) {
      await bareCase(apiUrl, one);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
  if (done !== cases.length) throw new Error(`the bare loop ran ${done} of ${cases.length} cases`);
}

async function bareCase(apiUrl: string, one: SimulationCase): Promise<void> {
  const headers = { authorization: "Bearer bench", "content-type": "application/json" };
  const body = JSON.stringify({ userId: one.user_id, platform: one.platform, input: { text: one.utterance }, context: one.session_context, testId: one.test_id });
  const taken = await fetch(`${apiUrl}/simulate`, { method: "POST", headers, body });
  const { simulationId } = (await taken.json()) as { readonly simulationId: string };
  for (;;) {
    await wait(systemClock, POLL_MS, NEVER);
    const found = await fetch(`${apiUrl}/simulation/${simulationId}`, { headers });
    const { status } = (await found.json()) as { readonly status: string };
    if (status === "completed") return;
  }
}

const NEVER = new AbortController().signal;
