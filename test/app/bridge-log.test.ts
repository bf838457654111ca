import { expect, test } from "vitest";
import { createBridgeLog } from "../../electron/app/bridge-log.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import { bridgeEvents, spoken } from "../support/bridge-events.ts";

type Line = readonly [level: string, event: string, fields: unknown];

function logOf(...events: readonly BridgeEvent[]): readonly Line[] {
  const lines: Line[] = [];
  const log = createBridgeLog({
    write: (level, event, fields) => {
      lines.push([level, event, fields]);
    },
    once: (kind, event, fields) => {
      lines.push([`once ${kind}`, event, fields]);
    },
  });
  for (const event of events) log(event);
  return lines;
}

test("a frame that was skipped, another's conversation and a gap are told once of their kind", () => {
  expect(logOf(bridgeEvents.malformed, bridgeEvents.foreign, bridgeEvents.gap, bridgeEvents["dead-letter"], bridgeEvents.uncertain).map(([kind]) => kind)).toEqual([
    "once bridge frame: no id",
    "once another agent's conversation",
    "once bridge gap",
    "once bridge dead letter: server-error",
    "once bridge uncertain",
  ]);
});

test("a change of level says in words which hop it is", () => {
  expect(logOf(bridgeEvents.level, { kind: "level", hop: "bot", level: "normal", ms: 120, aboveMs: null })).toEqual([
    ["warn", "bridge latency", { hop: "bot", level: "critical", words: "The bot takes 1.4 s (critical above 1 s)." }],
    ["info", "bridge latency", { hop: "bot", level: "normal", words: "The bot is normal again (120 ms)." }],
  ]);
});

test("trouble with the storage or a host is told when it begins and when it ends, however often it is repeated", () => {
  const paused = (until: number | null): BridgeEvent => ({ kind: "paused", host: "bot.example", until, why: until === null ? null : "failing" });
  const storage = (detail: string | null): BridgeEvent => ({ kind: "storage", detail });
  expect(logOf(paused(null), paused(1), paused(2), paused(null), paused(null), storage(null), storage("full"), storage("full"), storage("read-only"), storage(null))).toEqual([
    ["warn", "requests paused", { host: "bot.example", why: "failing" }],
    ["info", "requests go again", { host: "bot.example" }],
    ["error", "bridge storage", { detail: "full" }],
    ["error", "bridge storage", { detail: "read-only" }],
    ["info", "bridge storage works again", undefined],
  ]);
});

test("nothing is told of what is all in a day's work, and no word that was said", () => {
  const { message, duplicate, delivery, answered, withheld, settled, answerer } = bridgeEvents;
  expect(logOf(message, duplicate, bridgeEvents["gap-filled"], delivery, answered, withheld, bridgeEvents["left-to-agent"], settled, answerer)).toEqual([]);
  const events: readonly BridgeEvent[] = Object.values(bridgeEvents);
  expect(JSON.stringify(logOf(...events))).not.toMatch(spoken);
});
