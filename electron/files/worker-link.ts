import { Worker } from "node:worker_threads";
import type { Fault } from "../../shared/fault.ts";

/** What goes over the port: requests are answered in order, by number; what is told comes unasked. */
export interface NumberedRequest<Request> {
  readonly number: number;
  readonly request: Request;
}
export type FromWorker<Reply, Told = never> =
  | { readonly kind: "reply"; readonly number: number; readonly reply: Reply }
  | { readonly kind: "told"; readonly told: Told };

export interface WorkerLinkOptions<Request, Reply, Told> {
  /** The worker's entry (see {@link workerAddress}). */
  readonly address: URL;
  /** Whose thread it is, for messages: "the history". */
  readonly name: string;
  /** Asks the worker to end once it has answered what came before. */
  readonly close: Request;
  /** The reply to what a worker that ended cannot answer any more. */
  readonly failed: (fault: Fault) => Reply;
  /** What the worker tells unasked. */
  readonly onTold?: (told: Told) => void;
}

/** A worker thread that answers requests in order. Disposing lets it finish what was asked, then ends it. */
export interface WorkerLink<Request, Reply> extends AsyncDisposable {
  /** Never rejects: a worker that ended answers with a fault. */
  ask(request: Request): Promise<Reply>;
  alive(): boolean;
}

/** Starts a worker. Both ends are built from one source, so that what comes over the port is taken as what its type says. */
export function startWorkerLink<Request, Reply, Told = never>(options: WorkerLinkOptions<Request, Reply, Told>): WorkerLink<Request, Reply> {
  const { address, name, close, failed, onTold } = options;
  const worker = new Worker(address);
  const asked = new Map<number, (reply: Reply) => void>();
  const ended = Promise.withResolvers<void>();
  let count = 0;
  let end: Fault | null = null;

  const finish = (detail: string): void => {
    end ??= { kind: "transport", code: "disk", detail };
    const reply = failed(end);
    for (const answer of asked.values()) answer(reply);
    asked.clear();
  };

  worker.on("message", (message: FromWorker<Reply, Told>) => {
    if (message.kind === "told") {
      onTold?.(message.told);
      return;
    }
    asked.get(message.number)?.(message.reply);
    asked.delete(message.number);
  });
  worker.on("error", (error: unknown) => {
    finish(`${name}'s thread failed: ${error instanceof Error ? error.message : String(error)}`);
  });
  worker.on("exit", () => {
    finish(`${name}'s thread has ended`);
    ended.resolve();
  });

  const ask = (request: Request): Promise<Reply> => {
    if (end !== null) return Promise.resolve(failed(end));
    count += 1;
    const numbered: NumberedRequest<Request> = { number: count, request };
    return new Promise((resolve) => {
      asked.set(numbered.number, resolve);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window: there is no origin
      worker.postMessage(numbered);
    });
  };

  return {
    ask,
    alive: () => end === null,
    async [Symbol.asyncDispose]() {
      await ask(close);
      await ended.promise;
    },
  };
}

/** The entry of a worker called `name`: beside the asking file (`import.meta.url`) as source, or beside the bundle that it went into. */
export function workerAddress(name: string, asking: string): URL {
  return new URL(`./${name}.${asking.endsWith(".ts") ? "ts" : "js"}`, asking);
}
