import { parentPort } from "node:worker_threads";
import { createHistoryService } from "./history-service.ts";
import type { FromWorker, NumberedRequest } from "./protocol.ts";

// The entry of the history's thread: the disk is waited for here, never on the live path.
const port = parentPort;
if (port === null) throw new Error("history-worker is the entry of a worker thread");

const send = (message: FromWorker): void => {
  port.postMessage(message);
};
const service = createHistoryService(send);
port.on("message", ({ number, request }: NumberedRequest) => {
  send({ kind: "reply", number, reply: service.answer(request) });
  if (request.kind === "open") service.check();
  if (request.kind === "close") port.close();
});
