import { startWorkerLink, workerAddress, type WorkerLink } from "../files/worker-link.ts";
import type { ReaderReply, ReaderRequest } from "./reader-protocol.ts";

/** The thread that reads a history's file, started when something is asked. Disposing ends it. */
export interface HistoryReader extends AsyncDisposable {
  ask(request: Exclude<ReaderRequest, { kind: "open" | "close" }>): Promise<ReaderReply>;
  /** The file is another one now: opened again before the next question. */
  reopen(): void;
}

/** See {@link HistoryReader}. `worker`: its entry, where it is not beside this file as source (a bundle). */
export function createHistoryReader(file: string, worker: URL = workerAddress("history-reader-worker", import.meta.url)): HistoryReader {
  let link: WorkerLink<ReaderRequest, ReaderReply> | null = null;
  let isOpen = false;

  return {
    async ask(request) {
      if (link === null || !link.alive()) {
        link = startWorkerLink({ address: worker, name: "the history's reader", close: { kind: "close" }, failed: (fault) => ({ kind: "failed", fault }) });
        isOpen = false;
      }
      if (!isOpen) {
        isOpen = true;
        const opened = await link.ask({ kind: "open", file });
        if (opened.kind === "failed") {
          isOpen = false;
          return opened;
        }
      }
      const reply = await link.ask(request);
      // Whatever was wrong, the next question begins with the file as it is then.
      if (reply.kind === "failed") isOpen = false;
      return reply;
    },
    reopen() {
      isOpen = false;
    },
    async [Symbol.asyncDispose]() {
      await link?.[Symbol.asyncDispose]();
    },
  };
}
