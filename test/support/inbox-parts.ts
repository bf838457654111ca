import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Inbox, Reply, TakenMessage } from "../../electron/bridge/inbox.ts";
import { openInbox, type InboxOptions } from "../../electron/bridge/inbox-store.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import { createFakeClock } from "./fake-clock.ts";
import { tempDirectory } from "./temp-directory.ts";

/** A directory that is not there yet, in one that is removed after the test. */
export async function inboxDirectory(): Promise<string> {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  return join(directory.path, "deep", "state");
}

/** Opens an inbox, and closes it after the test unless the test does. */
export async function openedInbox(directory: string, change: Partial<InboxOptions> = {}): Promise<Inbox> {
  const inbox = valueOf(await openInbox({ directory, clock: createFakeClock(), ...change }));
  onTestFinished(() => inbox[Symbol.asyncDispose]());
  return inbox;
}

export function valueOf<T>(result: Result<T, Fault>): T {
  if (!result.ok) throw new Error(result.error.detail);
  return result.value;
}

/** The fault of a result; throws where there is none. */
export function faultIn(result: Result<unknown, Fault>): Fault {
  if (result.ok) throw new Error("it should have failed");
  return result.error;
}

export function sampleMessage(id: string, change: Partial<TakenMessage> = {}): TakenMessage {
  return { id, conversationId: "c1", communicationId: null, text: `words of ${id}`, receivedAt: 1_000, eventTime: null, ...change };
}

export function sampleReply(text = "an answer"): Reply {
  return { text, origin: "bot" };
}

/** The bytes of the inbox's file and of the log beside it. */
export function inboxBytes(directory: string): string {
  const files = ["inbox.sqlite", "inbox.sqlite-wal"].map((name) => join(directory, name));
  return files.map((file) => (existsSync(file) ? readFileSync(file, "latin1") : "")).join("");
}
