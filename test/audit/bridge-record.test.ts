import { expect, test } from "vitest";
import { bridgeRecordOf } from "../../electron/audit/bridge-record.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import { bridgeEvents, spoken } from "../support/bridge-events.ts";

const ids = { id: "m1", conversationId: "chat" };

test("policy's decision is told by its rule, who answers by what was done", () => {
  expect(bridgeRecordOf(bridgeEvents.withheld)).toEqual({
    event: "BRIDGE_WITHHELD",
    data: { ...ids, withheld: { rule: "phrase", phrase: "legal action" }, instead: "agent" },
  });
  const action = (event: BridgeEvent) => bridgeRecordOf(event)?.data;
  expect(action(bridgeEvents.answerer)).toEqual({ conversationId: "chat", answerer: "agent", action: "taken over" });
  expect(action({ ...bridgeEvents.answerer, why: "policy" })).toEqual({ conversationId: "chat", answerer: "agent", action: "given by policy" });
  expect(action({ ...bridgeEvents.answerer, answerer: "bot" })).toEqual({ conversationId: "chat", answerer: "bot", action: "handed back" });
});

test("what was given up, left uncertain and settled is told with its reason, not with the platform's words", () => {
  expect(bridgeRecordOf(bridgeEvents["dead-letter"])).toEqual({ event: "BRIDGE_DEAD_LETTER", data: { ...ids, attempts: 5, reason: "server-error", status: 500 } });
  const timedOut = { ...bridgeEvents["dead-letter"].letter, fault: { kind: "transport", code: "timeout", detail: "" } } as const;
  expect(bridgeRecordOf({ kind: "dead-letter", letter: timedOut })?.data).toEqual({ ...ids, attempts: 5, reason: "timeout" });
  expect(bridgeRecordOf(bridgeEvents.uncertain)).toEqual({ event: "BRIDGE_UNCERTAIN", data: ids });
  expect(bridgeRecordOf(bridgeEvents.settled)).toEqual({ event: "BRIDGE_SETTLED", data: { ...ids, how: "replayed" } });
});

test("an agent's own message is told once, when it has reached the customer", () => {
  const { delivery } = bridgeEvents.delivery;
  expect(bridgeRecordOf(bridgeEvents.delivery)).toEqual({ event: "BRIDGE_SENT", data: ids });
  expect(bridgeRecordOf({ kind: "delivery", delivery: { ...delivery, state: { kind: "sending", since: 1 } } })).toBeNull();
  expect(bridgeRecordOf({ kind: "delivery", delivery: { ...delivery, state: { kind: "withdrawn" } } })).toBeNull();
  expect(bridgeRecordOf({ kind: "delivery", delivery: { ...delivery, origin: "bot" } })).toBeNull();
});

test("what is only told again after a restart has no second record", () => {
  const again: readonly BridgeEvent[] = [
    { ...bridgeEvents["dead-letter"], fromBefore: true },
    { ...bridgeEvents.uncertain, fromBefore: true },
    { ...bridgeEvents.answerer, since: 5, fromBefore: true },
  ];
  expect(again.map((event) => bridgeRecordOf(event))).toEqual([null, null, null]);
});

test("these have a record and no others, and none holds a word that was said", () => {
  const events: readonly BridgeEvent[] = Object.values(bridgeEvents);
  const records = events.map((event) => bridgeRecordOf(event)).filter((one) => one !== null);
  expect(records.map(({ event }) => event)).toEqual(["BRIDGE_SENT", "BRIDGE_WITHHELD", "BRIDGE_DEAD_LETTER", "BRIDGE_UNCERTAIN", "BRIDGE_SETTLED", "BRIDGE_ANSWERER"]);
  expect(JSON.stringify(records)).not.toMatch(spoken);
});
