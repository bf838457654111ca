import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { SourceSettings } from "./frame-source.ts";

/** A running frame source; see `frame-source.ts`. */
export interface Source extends AsyncDisposable {
  readonly platform: {
    readonly tokenUrl: string;
    readonly apiUrl: string;
    readonly streamUrl: string;
    readonly clientId: string;
    readonly clientSecret: string;
  };
}

export async function startSource(settings: SourceSettings): Promise<Source> {
  const worker = new Worker(new URL("frame-source.ts", import.meta.url), { workerData: settings });
  const [port] = await once(worker, "message");
  const base = `127.0.0.1:${String(port)}`;
  return {
    platform: {
      tokenUrl: `http://${base}/token`,
      apiUrl: `http://${base}`,
      streamUrl: `ws://${base}/stream`,
      clientId: "bench",
      clientSecret: "bench",
    },
    async [Symbol.asyncDispose]() {
      await worker.terminate();
    },
  };
}
