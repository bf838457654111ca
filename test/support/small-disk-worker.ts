import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { parentPort } from "node:worker_threads";
import { createHistoryService } from "../../electron/history/history-service.ts";

// The history's worker on a disk that is full until a file `room` stands beside the history.
const port = parentPort;
if (port === null) throw new Error("a worker's entry");
let database: DatabaseSync | null = null;
let room = "";
const service = createHistoryService(
  () => undefined,
  (file) => {
    room = join(dirname(file), "room");
    database = new DatabaseSync(file);
    return database;
  },
);
port.on("message", ({ number, request }) => {
  if (request.kind === "write") database?.exec(`PRAGMA max_page_count = ${existsSync(room) ? 1_000_000 : 60}`);
  port.postMessage({ kind: "reply", number, reply: service.answer(request) });
  if (request.kind === "close") port.close();
});
