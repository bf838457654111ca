import { fork } from "node:child_process";
import { once } from "node:events";
import type { BridgePlatform } from "../../electron/bridge/bridge.ts";
import { type BridgePlatformSettings, type Order, type Report, reportSchema } from "./bridge-platform.ts";

export type Done = Extract<Report, { readonly kind: "done" }>;

/** Genesys and a bot that run in a process of their own; see `bridge-platform.ts`. */
export interface BridgeServer extends AsyncDisposable {
  readonly platform: BridgePlatform;
  /** Resolves when the next subscription has come. */
  subscribed(): Promise<void>;
  /** Customers write; resolves when each message has a reply. */
  run(order: Order): Promise<Done>;
}

/** Starts the servers of a bridge for measurements on this machine. */
export async function startBridgeServer(settings: BridgePlatformSettings): Promise<BridgeServer> {
  const child = fork(new URL("bridge-platform.ts", import.meta.url), [JSON.stringify(settings)], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = new AbortController();
  child.once("exit", () => {
    ended.abort();
  });
  const report = async <K extends Report["kind"]>(kind: K): Promise<Extract<Report, { readonly kind: K }>> => {
    const [message] = await once(child, "message", { signal: ended.signal });
    const told = reportSchema.parse(message);
    if (!isOf(kind, told)) throw new Error(`the servers told ${told.kind} where ${kind} was due`);
    return told;
  };
  const { port } = await report("listening");
  const base = `127.0.0.1:${port}`;
  return {
    platform: {
      tokenUrl: `http://${base}/token`,
      socketUrl: `ws://${base}/events`,
      apiUrl: `http://${base}`,
      audience: "https://api.bench/org",
      clientId: "bench",
      clientSecret: "bench",
      dialogUrl: `http://${base}/dialog`,
      dialogKey: "bench",
    },
    async subscribed() {
      await report("subscribed");
    },
    async run(order) {
      const done = report("done");
      child.send(order);
      return done;
    },
    async [Symbol.asyncDispose]() {
      if (ended.signal.aborted) return;
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}

function isOf<K extends Report["kind"]>(kind: K, report: Report): report is Extract<Report, { readonly kind: K }> {
  return report.kind === kind;
}
