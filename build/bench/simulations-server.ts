import { fork } from "node:child_process";
import { once } from "node:events";
import { type PlatformSettings, type Report, reportSchema } from "./simulations-platform.ts";

/** A simulation platform that runs in a process of its own; see `simulations-platform.ts`. */
export interface SimulationsServer extends AsyncDisposable {
  readonly tokenUrl: string;
  readonly apiUrl: string;
  /** How many requests it has had since this was last asked. */
  requests(): Promise<number>;
}

/** Starts a simulation platform for measurements on this machine. */
export async function startSimulations(settings: PlatformSettings): Promise<SimulationsServer> {
  const child = fork(new URL("simulations-platform.ts", import.meta.url), [JSON.stringify(settings)], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const ended = new AbortController();
  child.once("exit", () => {
    ended.abort();
  });
  const report = async (): Promise<Report> => {
    const [message] = await once(child, "message", { signal: ended.signal });
    return reportSchema.parse(message);
  };
  const first = await report();
  if (first.kind !== "listening") throw new Error("the platform did not begin with its port");
  const base = `http://127.0.0.1:${first.port}`;
  return {
    tokenUrl: `${base}/token`,
    apiUrl: base,
    async requests() {
      const counted = report();
      child.send("count");
      const told = await counted;
      if (told.kind !== "counted") throw new Error("the platform did not tell its requests");
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
