import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createInboxService } from "../../electron/bridge/inbox-service.ts";
import { serveInbox } from "./inbox-worker-parts.ts";

// The inbox's worker on a disk that is full, or takes no writes at all, while a file `full` or `read-only` stands beside it.
let database: DatabaseSync | null = null;
let directory = "";
const service = createInboxService((file) => {
  directory = dirname(file);
  database = new DatabaseSync(file, { timeout: 250 });
  return database;
});
serveInbox((request) => {
  database?.exec(`PRAGMA query_only = ${existsSync(join(directory, "read-only")) ? 1 : 0}`);
  database?.exec(`PRAGMA max_page_count = ${existsSync(join(directory, "full")) ? 1 : 1_000_000}`);
  const reply = service.answer(request);
  if (request.kind === "close") database = null;
  return reply;
});
