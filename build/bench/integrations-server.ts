import { fork } from "node:child_process";
import { once } from "node:events";
import { type OrdersReport, ordersReportSchema, type OrdersSettings } from "./integrations-orders.ts";

/** A service that runs in a process of its own; see `integrations-orders.ts`. */
export interface OrdersServer extends AsyncDisposable {
  /** Its `host:port`. */
  readonly host: string;
  readonly searchUrl: string;
  /** Where it is always down. */
  readonly failingUrl: string;
  /** How many requests it has had since this was last asked. */
  requests(): Promise<number>;
}

/** Starts an order service for measurements on this machine. */
export async function startOrders(settings: OrdersSettings): Promise<OrdersServer> {
  const child = fork(new URL("integrations-orders.ts", import.meta.url), [JSON.stringify(settings)], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = new AbortController();
  child.once("exit", () => {
    ended.abort();
  });
  const report = async (): Promise<OrdersReport> => {
    const [message] = await once(child, "message", { signal: ended.signal });
    return ordersReportSchema.parse(message);
  };
  const first = await report();
  if (first.kind !== "listening") throw new Error("the service did not begin with its port");
  const host = `127.0.0.1:${first.port}`;
  return {
    host,
    searchUrl: `http://${host}/search`,
    failingUrl: `http://${host}/failing`,
    async requests() {
      const counted = report();
      child.send("count");
      const told = await counted;
      if (told.kind !== "counted") throw new Error("the service did not tell its requests");
      return told.requests;
    },
    async [Symbol.asyncDispose]() {
      if (ended.signal.aborted) return;
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}
