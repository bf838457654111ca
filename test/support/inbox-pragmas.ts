import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createInboxService } from "../../electron/bridge/inbox-service.ts";
import { serveInbox } from "./inbox-worker-parts.ts";

// The inbox's worker, which writes down how its file is set, as JSON in the file `pragmas`.
const NAMES = ["journal_mode", "synchronous", "secure_delete", "locking_mode", "fullfsync"];
let database: DatabaseSync | null = null;
let directory = "";
const service = createInboxService((file) => {
  directory = dirname(file);
  database = new DatabaseSync(file);
  return database;
});
serveInbox((request) => {
  const reply = service.answer(request);
  if (request.kind === "open") {
    const found = NAMES.map((name) => [name, database?.prepare(`PRAGMA ${name}`).get()?.[name]]);
    writeFileSync(join(directory, "pragmas"), JSON.stringify(Object.fromEntries(found)));
  }
  return reply;
});
