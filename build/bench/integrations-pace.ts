import { median, type Figure } from "./figure.ts";
import { type IntegrationRuns, openIntegrationRuns, orderLookup } from "./integrations-run.ts";
import { type OrdersServer, startOrders } from "./integrations-server.ts";

const EXECUTIONS = 1_000;
const ANSWER_MS = 10;
const CONCURRENCY = 50;
/** Each takes less than half a second, so that a busy moment of the machine spoils few of them. */
const ROUNDS = 41;
/** Until the compiler has nothing more to gain from either. */
const WARM_ROUNDS = 3;
/** As many orders as each request asks for. */
const ORDERS = 5;

/**
 * The wall time of executions, until each is recorded and on the disk, over that of a bare loop of `fetch` that makes the
 * same requests and reads the same replies, as many side by side; turn by turn, the bare loop first in every other round.
 */
export async function measureIntegrationPace(): Promise<readonly Figure[]> {
  await using server = await startOrders({ answerMs: ANSWER_MS });
  await using integrations = await openIntegrationRuns(server);
  const runs = {
    bare: () => timed(server, () => sideBySide(() => bareExecution(server))),
    ours: () => timed(server, () => executions(server, integrations)),
  };
  for (let round = 0; round < WARM_ROUNDS; round += 1) {
    await runs.bare();
    await runs.ours();
  }
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
  const ratios = rounds.map(({ bare, ours }) => ours.ms / bare.ms);
  return [
    { name: "1,000 executions, bare loop of fetch", value: median(rounds.map(({ bare }) => bare.ms)), unit: "ms" },
    { name: "1,000 executions of an integration", value: median(rounds.map(({ ours }) => ours.ms)), unit: "ms" },
    { name: "  over the bare loop of its round, median", value: median(ratios), unit: "x", limit: { kind: "at most", value: 1.15 } },
    { name: "  the worst round of 41", value: Math.max(...ratios), unit: "x" },
    { name: "  processor time over that of the bare loop", value: median(rounds.map(({ bare, ours }) => ours.cpuMs / bare.cpuMs)), unit: "x" },
  ];
}

interface Timed {
  readonly ms: number;
  readonly cpuMs: number;
}

/** Throws unless each execution made one request. */
async function timed(server: OrdersServer, run: () => Promise<unknown>): Promise<Timed> {
  await server.requests();
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  await run();
  const ms = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(cpu);
  const requests = await server.requests();
  if (requests !== EXECUTIONS) throw new Error(`${EXECUTIONS} executions made ${requests} requests`);
  return { ms, cpuMs: (user + system) / 1_000 };
}

async function sideBySide(execution: () => Promise<void>): Promise<void> {
  let left = EXECUTIONS;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await execution();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, lane));
}

const payload = { customer: "Fournier", status: "Shipped" } as const;

async function bareExecution({ searchUrl }: OrdersServer): Promise<void> {
  const headers = { authorization: "Bearer bench-secret", accept: "application/json", "content-type": "application/json", "x-request-source": "callside" };
  const found = await fetch(searchUrl, { method: "POST", headers, body: JSON.stringify({ limit: ORDERS, ...payload }) });
  const { data } = (await found.json()) as { readonly data: { readonly result: readonly unknown[] } };
  if (data.result.length !== ORDERS) throw new Error(`the bare loop found ${data.result.length} orders`);
}

async function executions({ searchUrl }: OrdersServer, { run, recorded, written }: IntegrationRuns): Promise<void> {
  const definition = orderLookup(searchUrl);
  const before = recorded();
  await sideBySide(async () => {
    const result = await run(definition, "int_orders", payload, NEVER);
    if (result.kind !== "done") throw new Error(`an execution ended as ${result.kind}: ${JSON.stringify(result.kind === "failed" ? result.failure.fault : result.fault)}`);
    const { normalized } = result.mapped;
    if (!Array.isArray(normalized) || normalized.length !== ORDERS) throw new Error("an execution did not find the orders");
  });
  await written();
  if (recorded() - before !== EXECUTIONS) throw new Error(`of ${EXECUTIONS} executions ${recorded() - before} were recorded`);
}

const NEVER = new AbortController().signal;
