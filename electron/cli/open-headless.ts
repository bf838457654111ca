import { readFile } from "node:fs/promises";
import { ok } from "../../shared/result.ts";
import { createApp } from "../app.ts";
import type { OpenAssist } from "./assist.ts";
import { bugText } from "./bug-text.ts";
import { credentials } from "../config/credentials.ts";

/** Where a service serves the widget configuration unless configured (contract 2.8). */
const WIDGET_PORT = 8_000;

/** Starts the program without a panel, for the command line. */
export const openHeadless: OpenAssist = async ({ config, env, folders, clock, random, onEvent, onConnection, onNotice }) => {
  const pair = credentials(env, "assist");
  if (!pair.ok) return pair;
  const app = createApp(config, {
    env,
    clock,
    random,
    readFile: (path) => readFile(path, "utf8"),
    newId: () => crypto.randomUUID(),
    dataFolder: folders.data,
    defaultWidgetPort: WIDGET_PORT,
    onBug: (bug) => {
      onNotice(bugText(bug));
    },
  });
  app.onAssist(onEvent);
  app.onConnection(onConnection);
  app.notices.subscribe((change) => {
    if (change.kind === "notice") onNotice(`${change.notice.what} ${change.notice.effect} ${change.notice.remedy}`);
  });
  await app.start();
  return ok(app);
};
