import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInboxService } from "../../electron/bridge/inbox-service.ts";
import { serveInbox } from "./inbox-worker-parts.ts";

// The inbox's worker, which dies once each of a message with the id `die before` (before it is written) or `die after`
// (when it is written and nobody has been told).
const service = createInboxService();
let directory = "";

serveInbox((request) => {
  if (request.kind === "open") ({ directory } = request);
  const takes = (id: string): boolean => request.kind === "work" && request.calls.some((call) => call.kind === "take" && call.message.id === id);
  if (takes("die before")) dieOnce("before");
  const reply = service.answer(request);
  if (takes("die after")) dieOnce("after");
  return reply;
});

function dieOnce(name: string): void {
  const mark = join(directory, name);
  if (existsSync(mark)) return;
  writeFileSync(mark, "");
  throw new Error("made up for the test");
}
