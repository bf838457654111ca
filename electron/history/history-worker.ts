import { parentPort } from "node:worker_threads";
import type { FromWorker, NumberedRequest } from "../files/worker-link.ts";
import { createHistoryService } from "./history-service.ts";
import type { HistoryReply, HistoryRequest, SetAside } from "./protocol.ts";

// The entry of the history's thread: the disk is waited for here, never on the live path.
const port = parentPort;
if (port === null) throw new Error("history-worker is the entry of a worker thread");

const send = (message: FromWorker<HistoryReply, SetAside>): void => {
  port.postMessage(message);
};
const service = createHistoryService((told) => {
  send({ kind: "told", told });
});
port.on("message", ({ number, request }: NumberedRequest<HistoryRequest>) => {
  send({ kind: "reply", number, reply: service.answer(request) });
  if (request.kind === "open") service.check();
  if (request.kind === "close") port.close();
});
