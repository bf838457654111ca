import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { HistoryFilter, HistorySearch } from "../../shared/history.ts";
import { openDatabase, type HistoryDatabase } from "../../electron/history/database.ts";
import { historyItemOf, type HistoryItem } from "../../electron/history/history-item.ts";
import { tempDirectory } from "./temp-directory.ts";

export const everything: HistoryFilter = { from: null, to: null, channel: null, queue: null, agentId: null };

/** A search for a text in everything. */
export function searchFor(text: string, more: Partial<HistorySearch> = {}): HistorySearch {
  return { text, filter: everything, limit: 50, after: null, ...more };
}

/** A path for a history's file, in a folder that goes with the test. */
export async function historyFile(): Promise<string> {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  return join(directory.path, "history.sqlite");
}

/** Opens a history's file without a thread, until the test is over. */
export function openHistoryFile(file: string): HistoryDatabase {
  const opened = openDatabase({ file, mask: false });
  if (!opened.ok) throw new Error(opened.error.detail);
  const database = opened.value;
  onTestFinished(() => database[Symbol.dispose]());
  return database;
}

export function historyItems(...events: readonly AssistEvent[]): readonly HistoryItem[] {
  return events.map(historyItemOf).filter((item) => item !== null);
}

/** Which of the words stand anywhere in the bytes of the files in a folder, in capitals or not. */
export function tracesIn(file: string, ...words: readonly string[]): readonly string[] {
  const folder = dirname(file);
  const bytes = existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1").toLowerCase()) : [];
  return words.filter((word) => bytes.some((one) => one.includes(Buffer.from(word.toLowerCase(), "utf8").toString("latin1"))));
}
