import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { createInboxService } from "../../electron/bridge/inbox-service.ts";
import { serveInbox } from "./inbox-worker-parts.ts";

// The inbox's worker, which writes down how many calls each transaction had: a line each in the file `transactions`.
const service = createInboxService();
let directory = "";

serveInbox((request) => {
  if (request.kind === "open") ({ directory } = request);
  if (request.kind === "work") appendFileSync(join(directory, "transactions"), `${request.calls.length}\n`);
  return service.answer(request);
});
