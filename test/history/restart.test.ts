import { expect, onTestFinished, test } from "vitest";
import { createAssistEngine } from "../../electron/assist/assist-engine.ts";
import type { HistoryDatabase } from "../../electron/history/database.ts";
import { err } from "../../shared/result.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { historyFile, historyItems, openHistoryFile } from "../support/history-parts.ts";

type Payload = Readonly<Record<string, unknown>>;

const clock = createFakeClock();

/** A run of the program: says what it takes, and writes what comes of it. */
function run(database: HistoryDatabase, prefix: string, ...payloads: readonly Payload[]): void {
  const engine = createAssistEngine({
    settings: {
      agentId: null,
      triggers: { keywords: [], sentimentThreshold: -0.4, enableKeywordTrigger: false, enableSentimentTrigger: false, triggerOn: "customer", language: "en" },
      policy: { prohibitedPhrases: [], minConfidence: 0.75, maxSuggestions: 3 },
      requestTimeoutMs: 5_000,
      fallbackAfterMs: 2_000,
      cache: { maxEntries: 1, ttlSeconds: 1, scope: "interaction", contextKeys: [] },
      fallback: [],
    },
    clock,
    setPrefix: prefix,
    emit: (event) => {
      database.write(historyItems(event), clock.now());
    },
    ask: async () => err({ kind: "transport", code: "network", detail: "" }),
  });
  onTestFinished(() => engine[Symbol.asyncDispose]());
  for (const payload of payloads) {
    const frame = JSON.stringify({ type: "INTERACTION_UPDATE", payload: { interactionId: "call", speaker: "customer", ...payload } });
    engine.take(frame, frame.length);
  }
}

test("a call goes on after a restart: nothing that was known or said before is lost, and what is sent again is not doubled", async () => {
  const file = await historyFile();
  const begun = clock.now();
  const numbered = [{ transcript: "one", sequence: 1 }, { transcript: "two", timestamp: new Date(begun - 900).toISOString() }];
  const before = openHistoryFile(file);
  run(before, "a-", { transcript: "hello", customerName: "Jane", queue: "billing", channel: "voice", agentId: "a7" }, ...numbered);
  before[Symbol.dispose]();
  await clock.advance(60_000);
  const after = openHistoryFile(file);
  expect(after.interaction("call")?.interaction.status).toBe("ended");
  run(after, "b-", ...numbered, { transcript: "still here" });
  const record = after.interaction("call");
  expect(record?.interaction).toEqual({ id: "call", status: "live", startedAt: begun, customerName: "Jane", queue: "billing", channel: "voice", agentId: "a7" });
  expect(record?.utterances.map(({ text }) => text).toSorted()).toEqual(["hello", "one", "still here", "two"]);
});
