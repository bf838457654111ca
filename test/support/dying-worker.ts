import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parentPort } from "node:worker_threads";
import { createHistoryService } from "../../electron/history/history-service.ts";

// The history's worker, which dies of the first thing that it is to write, once.
const port = parentPort;
if (port === null) throw new Error("a worker's entry");
const service = createHistoryService(() => undefined);
let died = "";
port.on("message", ({ number, request }) => {
  if (request.kind === "open") died = join(dirname(request.file), "died");
  if (request.kind === "write" && !existsSync(died)) {
    writeFileSync(died, "");
    throw new Error("made up for the test");
  }
  port.postMessage({ kind: "reply", number, reply: service.answer(request) });
  if (request.kind === "close") port.close();
});
