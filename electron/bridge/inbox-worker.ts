import { parentPort } from "node:worker_threads";
import type { FromWorker, NumberedRequest } from "../files/worker-link.ts";
import type { InboxReply, InboxRequest } from "./inbox-protocol.ts";
import { createInboxService } from "./inbox-service.ts";

// The entry of the inbox's thread: the disk is waited for here, while the bridge goes on.
const port = parentPort;
if (port === null) throw new Error("inbox-worker is the entry of a worker thread");

const service = createInboxService();
port.on("message", ({ number, request }: NumberedRequest<InboxRequest>) => {
  const message: FromWorker<InboxReply> = { kind: "reply", number, reply: service.answer(request) };
  port.postMessage(message);
  if (request.kind === "close") port.close();
});
