import { parentPort } from "node:worker_threads";
import type { FromWorker, NumberedRequest } from "../files/worker-link.ts";
import type { RehearsalReply, RehearsalRequest } from "./rehearsal-protocol.ts";
import { createRehearsalService } from "./rehearsal-service.ts";

// The entry of the thread that tries rules: reading and judging hundreds of talks must not keep an agent waiting.
const port = parentPort;
if (port === null) throw new Error("rehearsal-worker is the entry of a worker thread");

const answer = createRehearsalService();
port.on("message", ({ number, request }: NumberedRequest<RehearsalRequest>) => {
  void (async () => {
    const message: FromWorker<RehearsalReply> = { kind: "reply", number, reply: await answer(request) };
    port.postMessage(message);
    if (request.kind === "close") port.close();
  })();
});
