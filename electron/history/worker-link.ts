import { Worker } from "node:worker_threads";
import type { Fault } from "../../shared/fault.ts";
import type { FromWorker, HistoryReply, HistoryRequest, NumberedRequest, SetAside } from "./protocol.ts";

/** A worker thread that answers requests in order. Disposing lets it finish what was asked, then ends it. */
export interface WorkerLink extends AsyncDisposable {
  /** Never rejects: a worker that ended answers with a fault. */
  ask(request: HistoryRequest): Promise<HistoryReply>;
  alive(): boolean;
}

/** Starts the worker at `address`; what it tells unasked goes to `onTold`. */
export function startWorkerLink(address: URL, onTold: (told: SetAside) => void): WorkerLink {
  const worker = new Worker(address);
  const asked = new Map<number, (reply: HistoryReply) => void>();
  const ended = Promise.withResolvers<void>();
  let count = 0;
  let end: Fault | null = null;

  const finish = (detail: string): void => {
    end ??= { kind: "transport", code: "disk", detail };
    const reply: HistoryReply = { kind: "failed", fault: end };
    for (const answer of asked.values()) answer(reply);
    asked.clear();
  };

  worker.on("message", (message: FromWorker) => {
    if (message.kind === "set-aside") {
      onTold(message);
      return;
    }
    asked.get(message.number)?.(message.reply);
    asked.delete(message.number);
  });
  worker.on("error", (error: unknown) => {
    finish(`the history's thread failed: ${error instanceof Error ? error.message : String(error)}`);
  });
  worker.on("exit", () => {
    finish("the history's thread has ended");
    ended.resolve();
  });

  const ask = (request: HistoryRequest): Promise<HistoryReply> => {
    if (end !== null) return Promise.resolve({ kind: "failed", fault: end });
    count += 1;
    const numbered: NumberedRequest = { number: count, request };
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
      await ask({ kind: "close" });
      await ended.promise;
    },
  };
}
