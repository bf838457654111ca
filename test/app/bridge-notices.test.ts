import { expect, test } from "vitest";
import { createBridgeNotices } from "../../electron/app/bridge-notices.ts";
import { createNotices } from "../../electron/app/notices.ts";
import type { BridgeView } from "../../shared/bridge-view.ts";
import { bridgeView, deadLetters, deliveryOf, uncertainReplies } from "../support/bridge-fixture.ts";
import { createFakeClock } from "../support/fake-clock.ts";

function setUp() {
  const clock = createFakeClock();
  const notices = createNotices(clock);
  const told: string[] = [];
  notices.subscribe((change) => told.push(change.kind === "notice" ? change.notice.id : `-${change.id}`));
  let view: BridgeView | null = bridgeView(clock.now());
  let asked = 0;
  const bridge = createBridgeNotices(notices, () => {
    asked += 1;
    return view;
  });
  return { clock, notices, told, bridge, asked: () => asked, sees: (next: BridgeView | null) => (view = next) };
}

test("dead letters are one notice, however many there are, until the last is dealt with", () => {
  const { clock, told, bridge, sees } = setUp();
  const letters = deadLetters(clock.now(), 3);
  for (const letter of letters) bridge.event({ kind: "dead-letter", letter });
  sees(bridgeView(0, { deadLetters: { count: 1, list: letters.slice(0, 1) } }));
  bridge.event({ kind: "settled", id: "m1", conversationId: "c1", how: "replayed" });
  expect(told).toEqual(["bridge-dead-letters"]);
  sees(bridgeView(0));
  bridge.event({ kind: "settled", id: "m2", conversationId: "c1", how: "discarded" });
  expect(told).toEqual(["bridge-dead-letters", "-bridge-dead-letters"]);
  for (const letter of letters) bridge.event({ kind: "dead-letter", letter });
  expect(told).toHaveLength(3);
});

test("an uncertain reply is told until it is known, also where its own echo says so", () => {
  const { clock, told, bridge, sees } = setUp();
  bridge.event({ kind: "uncertain", id: "m1", conversationId: "c1" });
  sees(bridgeView(0, { uncertain: { count: 1, list: uncertainReplies(clock.now(), 1) } }));
  bridge.event({ kind: "delivery", delivery: deliveryOf(clock.now(), "other", "Hello") });
  expect(told).toEqual(["bridge-uncertain"]);
  sees(bridgeView(0));
  bridge.event({ kind: "delivery", delivery: deliveryOf(clock.now(), "m1", "Hello") });
  expect(told).toEqual(["bridge-uncertain", "-bridge-uncertain"]);
});

test("while nothing waits for a person, no message costs a look at the whole", () => {
  const { clock, bridge, asked } = setUp();
  for (let number = 0; number < 100; number += 1) bridge.event({ kind: "delivery", delivery: deliveryOf(clock.now(), `m${number}`, "Hello") });
  expect(asked()).toBe(0);
});

test("trouble with the disk, a critical hop and another bridge are told, each until it is over", () => {
  const { notices, told, bridge } = setUp();
  bridge.event({ kind: "storage", detail: "disk full" });
  bridge.event({ kind: "level", hop: "bot", level: "critical", ms: 1_400, aboveMs: 1_000 });
  bridge.event({ kind: "level", hop: "genesys", level: "elevated", ms: 700, aboveMs: 500 });
  bridge.state({ kind: "rejected", since: 5, fault: { kind: "policy", code: "in-use", detail: "another bridge works on /data/bridge" } });
  expect(notices.all().map(({ what, effect }) => `${what} ${effect}`)).toEqual([
    expect.stringContaining("disk full"),
    expect.stringContaining("The bot takes 1.4 s (critical above 1 s)."),
    expect.stringMatching(/^Another Callside.*\/data\/bridge/u),
  ]);
  bridge.event({ kind: "storage", detail: null });
  bridge.event({ kind: "level", hop: "bot", level: "elevated", ms: 700, aboveMs: 500 });
  bridge.state({ kind: "connecting", since: 5, attempt: 0 });
  expect(notices.all()).toEqual([]);
  expect(told).toHaveLength(6);
});

test("refusals that the connection says itself are no notice", () => {
  const { told, bridge } = setUp();
  bridge.state({ kind: "rejected", since: 5, fault: { kind: "refused", code: "credentials", detail: "401" } });
  expect(told).toEqual([]);
});

test("a bridge that is switched off takes its notices with it", () => {
  const { clock, notices, bridge, sees } = setUp();
  bridge.event({ kind: "storage", detail: "disk full" });
  bridge.event({ kind: "level", hop: "reply", level: "critical", ms: 1_400, aboveMs: 1_000 });
  for (const letter of deadLetters(clock.now(), 1)) bridge.event({ kind: "dead-letter", letter });
  bridge.event({ kind: "uncertain", id: "m1", conversationId: "c1" });
  expect(notices.all()).toHaveLength(4);
  sees(null);
  bridge.state({ kind: "idle" });
  expect(notices.all()).toEqual([]);
});
