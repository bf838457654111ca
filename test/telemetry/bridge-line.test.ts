import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createBridgeLines } from "../../electron/telemetry/bridge-line.ts";
import { openMetrics } from "../../electron/telemetry/metrics-file.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import { bridgeEvents, spoken } from "../support/bridge-events.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { tempDirectory } from "../support/temp-directory.ts";

const AT = Date.UTC(2026, 0, 5, 9);
const timestamp = "2026-01-05T09:00:00.000Z";
const duplicate: BridgeEvent = { kind: "duplicate", id: "m1", conversationId: "chat" };

function linesOf(...events: readonly BridgeEvent[]): readonly unknown[] {
  const lines = createBridgeLines();
  return events.flatMap((event) => lines.of(event, AT)).map((line) => JSON.parse(line));
}

test("a message that was answered has its line: ids, hops, level", () => {
  expect(
    linesOf(
      { kind: "answered", id: "m1", conversationId: "chat", hops: { genesys: 12.34567, bot: 640, reply: 88 }, totalMs: 745.00049, level: "elevated" },
      { kind: "answered", id: "m2", conversationId: "chat", hops: { genesys: null, bot: null, reply: null }, totalMs: 1, level: "normal" },
    ),
  ).toEqual([
    { timestamp, eventType: "BRIDGE_ANSWERED", id: "m1", conversationId: "chat", latencyMs: 640, level: "elevated", genesysMs: 12.346, replyMs: 88, totalMs: 745 },
    { timestamp, eventType: "BRIDGE_ANSWERED", id: "m2", conversationId: "chat", latencyMs: null, level: "normal", genesysMs: null, replyMs: null, totalMs: 1 },
  ]);
});

test("so has what was withheld, given up, left uncertain or missed, and each change of level", () => {
  expect(linesOf(bridgeEvents.withheld, bridgeEvents["dead-letter"], bridgeEvents.uncertain, bridgeEvents.gap, bridgeEvents.level)).toEqual([
    { timestamp, eventType: "BRIDGE_WITHHELD", id: "m1", conversationId: "chat", rule: "phrase", instead: "agent" },
    { timestamp, eventType: "BRIDGE_DEAD_LETTER", id: "m1", conversationId: "chat", attempts: 5, reason: "server-error" },
    { timestamp, eventType: "BRIDGE_UNCERTAIN", id: "m1", conversationId: "chat" },
    { timestamp, eventType: "BRIDGE_GAP", from: 4, to: 9 },
    { timestamp, eventType: "BRIDGE_LEVEL", hop: "bot", level: "critical", latencyMs: 1_400 },
  ]);
});

test("duplicates are counted and told before the next line, or at the end", () => {
  const lines = createBridgeLines();
  for (let index = 0; index < 50; index += 1) expect(lines.of(duplicate, AT)).toEqual([]);
  expect(lines.of(bridgeEvents.message, AT)).toEqual([]);
  expect(lines.of(bridgeEvents.gap, AT).map((line) => JSON.parse(line))).toMatchObject([{ timestamp, eventType: "BRIDGE_DUPLICATES", count: 50 }, { eventType: "BRIDGE_GAP" }]);
  expect(lines.of(bridgeEvents.gap, AT)).toHaveLength(1);
  lines.of(duplicate, AT);
  expect(lines.rest(AT).map((line) => JSON.parse(line))).toMatchObject([{ eventType: "BRIDGE_DUPLICATES", count: 1 }]);
  expect(lines.rest(AT)).toEqual([]);
});

test("what is only told again after a restart has no second line", () => {
  expect(linesOf({ ...bridgeEvents["dead-letter"], fromBefore: true }, { ...bridgeEvents.uncertain, fromBefore: true })).toEqual([]);
});

test("no event brings a word that was said into a line", () => {
  const events: readonly BridgeEvent[] = Object.values(bridgeEvents);
  expect(JSON.stringify(linesOf(...events))).not.toMatch(spoken);
});

test("the metrics file gets the lines, and the count of duplicates before it is closed", async () => {
  const directory = await tempDirectory();
  onTestFinished(() => directory[Symbol.asyncDispose]());
  const file = join(directory.path, "metrics.jsonl");
  const metrics = openMetrics({ target: { kind: "file", file }, clock: createFakeClock(AT), onTrouble: () => {} });
  const types = async () => (await readFile(file, "utf8")).trimEnd().split("\n").map((line) => JSON.parse(line).eventType);
  metrics.bridge(bridgeEvents.answered);
  metrics.bridge(duplicate);
  await metrics.flush();
  expect(await types()).toEqual(["BRIDGE_ANSWERED", "BRIDGE_DUPLICATES"]);
  metrics.bridge(duplicate);
  await metrics[Symbol.asyncDispose]();
  expect(await types()).toEqual(["BRIDGE_ANSWERED", "BRIDGE_DUPLICATES", "BRIDGE_DUPLICATES"]);
});
