import { fork } from "node:child_process";
import { once } from "node:events";
import type { TunnelPlatform } from "../../electron/tunnel/tunnel.ts";
import { type DropWay, type Order, type Report, reportSchema, type RuntimeSettings } from "./tunnel-runtime.ts";

/** A runtime that runs in a process of its own; see `tunnel-runtime.ts`. */
export interface RuntimeServer extends AsyncDisposable {
  readonly platform: TunnelPlatform;
  /** Drops every connection that is open. */
  drop(way: DropWay): void;
  /** How many connections it has, of any kind, leaving out those that only wait for a next request. */
  sockets(): Promise<number>;
}

/** Starts a runtime for measurements on this machine. */
export async function startRuntime(settings: RuntimeSettings): Promise<RuntimeServer> {
  const child = fork(new URL("tunnel-runtime.ts", import.meta.url), [JSON.stringify(settings)], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = new AbortController();
  child.once("exit", () => {
    ended.abort();
  });
  const report = async (): Promise<Report> => {
    const [message] = await once(child, "message", { signal: ended.signal });
    return reportSchema.parse(message);
  };
  const order = (given: Order): void => {
    child.send(given);
  };
  const first = await report();
  if (first.kind !== "listening") throw new Error("the runtime did not begin with its port");
  const base = `127.0.0.1:${first.port}`;
  return {
    platform: {
      tokenUrl: `http://${base}/token`,
      apiUrl: `http://${base}/api`,
      socketUrl: `ws://${base}/runtime`,
      botId: "bench-bot",
      channel: "webchat",
      protocolVersion: "2.0",
      protocolVersions: ["2.0"],
      maxConcurrent: 1_000,
      clientId: "bench",
      clientSecret: "bench",
    },
    drop(way) {
      order({ kind: "drop", way });
    },
    async sockets() {
      const counted = report();
      order({ kind: "count" });
      const told = await counted;
      if (told.kind !== "counted") throw new Error("the runtime did not tell its connections");
      return told.sockets;
    },
    async [Symbol.asyncDispose]() {
      if (ended.signal.aborted) return;
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}
