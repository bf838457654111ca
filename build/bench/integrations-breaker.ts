import { setImmediate as nextTurn } from "node:timers/promises";
import { median, percentile, type Figure } from "./figure.ts";
import { openIntegrationRuns, orderLookup } from "./integrations-run.ts";
import { startOrders } from "./integrations-server.ts";

/** Contract 4.3: so many failures in a row open a breaker. */
const FAILURES = 5;
const ANSWERS = 5_000;

/** How long a run takes, recorded like any other, while the breaker of its host is open: the service is asked for nothing then. */
export async function measureOpenBreaker(): Promise<readonly Figure[]> {
  await using server = await startOrders({ answerMs: 0 });
  await using integrations = await openIntegrationRuns(server);
  const definition = orderLookup(server.failingUrl);
  const payload = { customer: "Fournier", status: "Shipped" } as const;
  const opened = await Promise.all(Array.from({ length: FAILURES }, () => integrations.run(definition, "int_orders", payload, NEVER)));
  if (opened.some((result) => result.kind !== "failed" || result.failure.statusCode !== 503)) throw new Error("the service was not down");
  await server.requests();
  const times: number[] = [];
  for (let answer = 0; answer < ANSWERS; answer += 1) {
    // As runs come; what is written of those before takes its turns as well.
    await nextTurn();
    const startedMs = performance.now();
    const result = await integrations.run(definition, "int_orders", payload, NEVER);
    times.push(performance.now() - startedMs);
    if (result.kind !== "failed" || result.failure.fault.code !== "circuit-open") throw new Error(`the breaker is not open: ${result.kind}`);
  }
  const requests = await server.requests();
  if (requests > 0) throw new Error(`the open breaker let ${requests} requests through`);
  return [
    { name: "an open breaker's answer, p50", value: median(times), unit: "ms" },
    { name: "an open breaker's answer, p99", value: percentile(times, 0.99), unit: "ms", limit: { kind: "at most", value: 1 } },
    { name: "  slowest of 5,000", value: Math.max(...times), unit: "ms" },
  ];
}

const NEVER = new AbortController().signal;
