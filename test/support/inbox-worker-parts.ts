import { parentPort } from "node:worker_threads";
import type { InboxReply, InboxRequest } from "../../electron/bridge/inbox-protocol.ts";
import type { NumberedRequest } from "../../electron/files/worker-link.ts";

/** The rest of an inbox's worker: answers requests by number, until it is asked to close. */
export function serveInbox(answer: (request: InboxRequest) => InboxReply): void {
  const port = parentPort;
  if (port === null) throw new Error("a worker's entry");
  port.on("message", ({ number, request }: NumberedRequest<InboxRequest>) => {
    port.postMessage({ kind: "reply", number, reply: answer(request) });
    if (request.kind === "close") port.close();
  });
}
