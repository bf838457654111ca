import { parentPort } from "node:worker_threads";
import type { FromWorker, NumberedRequest } from "../files/worker-link.ts";
import type { ReaderReply, ReaderRequest } from "./reader-protocol.ts";
import { createReaderService } from "./reader-service.ts";

// The entry of the thread that reads: a long question must not keep what is said from being written.
const port = parentPort;
if (port === null) throw new Error("history-reader-worker is the entry of a worker thread");

const answer = createReaderService();
port.on("message", ({ number, request }: NumberedRequest<ReaderRequest>) => {
  const message: FromWorker<ReaderReply> = { kind: "reply", number, reply: answer(request) };
  port.postMessage(message);
  if (request.kind === "close") port.close();
});
