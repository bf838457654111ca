import { describe, expect, test } from "vitest";
import { watchBridge } from "../../electron/bridge/bridge-watch.ts";
import type { LevelChange } from "../../electron/bridge/hop-latency.ts";
import { bridgeViewSchema, MAX_DEAD_LETTERS } from "../../shared/bridge-view.ts";
import type { BridgeEvent, Delivery, DeliveryState, HopLatencies } from "../../shared/bridge.ts";
import type { Fault } from "../../shared/fault.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const fault: Fault = { kind: "transport", code: "timeout", detail: "" };
const load = { waiting: 3, working: 2, oldestAt: 12 };

function setUp() {
  const clock = createFakeClock();
  const levels: LevelChange[] = [];
  const watch = watchBridge({ scope: "agent", elevatedMs: 500, criticalMs: 1_000, clock, onLevel: (change) => levels.push(change) });
  return {
    clock,
    watch,
    levels,
    tell: (...events: readonly BridgeEvent[]) => {
      for (const event of events) watch.event(event);
    },
    // Whatever it holds, it is what the panel takes.
    view: () => bridgeViewSchema.parse(watch.view(load, 41)),
  };
}

function message(id: string, conversationId = "chat", more: Partial<Extract<BridgeEvent, { kind: "message" }>> = {}): BridgeEvent {
  return { kind: "message", id, conversationId, sequenceId: 1, speaker: "customer", text: "hello", at: 1, ...more };
}

function answered(id: string, conversationId = "chat", hops: Partial<HopLatencies> = {}): BridgeEvent {
  return { kind: "answered", id, conversationId, hops: { genesys: 50, bot: 120, reply: 60, ...hops }, totalMs: 200, level: "normal" };
}

function dead(id: string, diedAt: number, conversationId = "chat"): BridgeEvent {
  return { kind: "dead-letter", letter: { id, conversationId, text: "hello", receivedAt: 1, diedAt, attempts: 5, fault } };
}

function deliveryOf(id: string, state: DeliveryState, more: Partial<Delivery> = {}): Delivery {
  return { id, conversationId: "chat", origin: "bot", text: "words", at: 7, state, ...more };
}

const delivery = (...of: Parameters<typeof deliveryOf>): BridgeEvent => ({ kind: "delivery", delivery: deliveryOf(...of) });

describe("the view", () => {
  test("is empty before anything happened", () => {
    const { view, clock } = setUp();
    const hop = { level: null, recentMs: null, lastMs: null, p50: null, p95: null, p99: null, count: 0, sumMs: 0, bars: Array.from({ length: 10 }, () => 0) };
    expect(view()).toEqual({
      since: clock.now(),
      scope: "agent",
      elevatedMs: 500,
      criticalMs: 1_000,
      throughput: [0],
      received: 0,
      answered: 0,
      leftToAgent: 0,
      withheld: 0,
      duplicates: 0,
      malformed: 0,
      gaps: { missed: 0, recovered: 0 },
      queue: load,
      hops: [{ hop: "genesys", ...hop }, { hop: "bot", ...hop }, { hop: "reply", ...hop }],
      clockAheadMs: null,
      resumePoint: 41,
      paused: [],
      storage: null,
      deadLetters: { count: 0, list: [] },
      uncertain: { count: 0, list: [] },
    });
  });

  test("counts what came and what became of it", async () => {
    const { view, tell, clock } = setUp();
    tell(message("m1"), message("m2"), message("m3"), message("b1", "chat", { speaker: "bot" }), message("a1", "chat", { speaker: "agent" }));
    tell({ kind: "duplicate", id: "m1", conversationId: "chat" }, { kind: "foreign" }, { kind: "malformed", reason: "no JSON", bytes: 3 });
    tell({ kind: "gap", from: 10, to: 14 }, { kind: "gap", from: 20, to: 20 }, { kind: "gap-filled", count: 4 });
    tell({ kind: "withheld", id: "m2", conversationId: "chat", rule: { rule: "phrase", phrase: "x" }, instead: "agent" }, { kind: "left-to-agent", id: "m2", conversationId: "chat" });
    tell(answered("m1"));
    await clock.advance(5_000);
    tell(answered("m3"));
    expect(view()).toMatchObject({
      received: 3,
      answered: 2,
      leftToAgent: 1,
      withheld: 1,
      duplicates: 1,
      malformed: 1,
      gaps: { missed: 6, recovered: 4 },
      throughput: [1, 1],
    });
  });

  test("stays one that can be told when numbers leap", () => {
    const { view, tell } = setUp();
    tell({ kind: "gap", from: 1, to: Number.MAX_SAFE_INTEGER }, { kind: "gap", from: 1, to: Number.MAX_SAFE_INTEGER }, { kind: "gap", from: 9, to: 3 });
    expect(view().gaps.missed).toBe(Number.MAX_SAFE_INTEGER);
  });

  test("measures each hop by itself and leaves out what was not measured", () => {
    const { view, tell } = setUp();
    tell(answered("m1", "chat", { genesys: null, bot: 100, reply: 10 }), answered("m2", "chat", { genesys: 40, bot: null, reply: null }));
    expect(view().hops.map(({ hop, count, lastMs, sumMs }) => [hop, count, lastMs, sumMs])).toEqual([
      ["genesys", 1, 40, 40],
      ["bot", 1, 100, 100],
      ["reply", 1, 10, 10],
    ]);
  });

  test("never shows a negative latency: the clock of Genesys is ahead then, and by how much", () => {
    const { view, tell } = setUp();
    tell(message("m1", "chat", { aheadMs: 700 }), message("m2", "chat", { aheadMs: null }), answered("m1", "chat", { genesys: -900 }), answered("m2", "chat", { genesys: -2 }));
    expect(view()).toMatchObject({ clockAheadMs: 900, hops: [{ hop: "genesys", count: 0, lastMs: null }, {}, {}] });
  });

  test("names the hosts that get no requests; a pause that was asked for ends with its time", async () => {
    const { view, tell, clock } = setUp();
    const until = clock.now() + 30_000;
    tell({ kind: "paused", host: "bot", until, why: "failing" }, { kind: "paused", host: "genesys", until, why: "asked" });
    expect(view().paused).toEqual([
      { host: "bot", until, why: "failing" },
      { host: "genesys", until, why: "asked" },
    ]);
    await clock.advance(30_000);
    expect(view().paused).toEqual([{ host: "bot", until, why: "failing" }]);
    tell({ kind: "paused", host: "bot", until: null, why: null });
    expect(view().paused).toEqual([]);
  });

  test("says why nothing can be taken, until it can again", () => {
    const { view, tell } = setUp();
    tell({ kind: "storage", detail: "the disk is full" });
    expect(view().storage).toBe("the disk is full");
    tell({ kind: "storage", detail: null });
    expect(view().storage).toBeNull();
  });
});

test("a change of level is told once, with the hop that it is of", () => {
  const { tell, levels, view } = setUp();
  for (let index = 0; index < 30; index += 1) tell(answered(`a${index}`));
  for (let index = 0; index < 30; index += 1) tell(answered(`b${index}`, "chat", { bot: 1_500 }));
  expect(levels).toEqual([{ kind: "level", hop: "bot", level: "critical", ms: 1_500, aboveMs: 1_000 }]);
  for (const level of levels) tell(level);
  expect(levels).toHaveLength(1);
  expect(view().hops.map(({ level }) => level)).toEqual(["normal", "critical", "normal"]);
});

describe("dead letters", () => {
  test("are listed newest first and leave when they are settled, answered or the agent's", () => {
    const { view, tell } = setUp();
    tell(dead("m1", 10), dead("m2", 30), dead("m3", 20), dead("m4", 5), dead("m1", 40));
    expect(view().deadLetters.list.map(({ id }) => id)).toEqual(["m1", "m2", "m3", "m4"]);
    tell({ kind: "settled", id: "m2", conversationId: "chat", how: "discarded" }, answered("m1"), { kind: "left-to-agent", id: "m3", conversationId: "chat" });
    expect(view().deadLetters).toMatchObject({ count: 1, list: [{ id: "m4" }] });
  });

  test("are counted exactly beyond those that are listed, and others move up when these are dealt with", () => {
    const { view, tell } = setUp();
    for (let index = 0; index < 500; index += 1) tell(dead(`m${index}`, index, `chat-${index}`));
    expect(view().deadLetters.count).toBe(500);
    expect(view().deadLetters.list).toHaveLength(MAX_DEAD_LETTERS);
    for (let index = 300; index < 500; index += 1) tell({ kind: "settled", id: `m${index}`, conversationId: `chat-${index}`, how: "replayed" });
    expect(view().deadLetters).toMatchObject({ count: 300, list: expect.objectContaining({ length: MAX_DEAD_LETTERS, 0: expect.objectContaining({ id: "m299" }) }) });
  });
});

describe("uncertain replies", () => {
  test("are counted once, whether the delivery or the event is told first", () => {
    const { view, tell } = setUp();
    tell(delivery("m1", { kind: "uncertain" }), { kind: "uncertain", id: "m1", conversationId: "chat" });
    tell({ kind: "uncertain", id: "m2", conversationId: "chat" });
    expect(view().uncertain).toMatchObject({ count: 2, list: [{ id: "m1" }] });
    tell(delivery("m2", { kind: "uncertain" }, { at: 9 }));
    expect(view().uncertain).toMatchObject({ count: 2, list: [{ id: "m2" }, { id: "m1" }] });
  });

  test("leave when they are sent again, known to have arrived, or given up", () => {
    const { view, tell } = setUp();
    for (const id of ["m1", "m2", "m3", "m4"]) tell(delivery(id, { kind: "uncertain" }), { kind: "uncertain", id, conversationId: "chat" });
    tell(delivery("m1", { kind: "sending", since: 1 }), { kind: "settled", id: "m2", conversationId: "chat", how: "arrived" }, dead("m3", 1));
    expect(view()).toMatchObject({ uncertain: { count: 1, list: [{ id: "m4" }] }, deadLetters: { count: 1 } });
  });
});

describe("conversations", () => {
  test("are known from their first event on, and told to have changed once", () => {
    const { watch, tell, clock } = setUp();
    expect(watch.conversation("chat")).toBeNull();
    tell({ kind: "duplicate", id: "m0", conversationId: "chat" });
    expect(watch.conversation("chat")).toBeNull();
    tell(message("m1"), message("n1", "other"), message("n2", "other"));
    expect(watch.conversation("chat")).toEqual({ answerer: "bot", since: clock.now(), attention: null, askingSince: clock.now(), deliveries: [] });
    expect(watch.changed().toSorted()).toEqual(["chat", "other"]);
    expect(watch.changed()).toEqual([]);
    tell(message("b1", "other", { speaker: "bot" }));
    expect(watch.changed()).toEqual([]);
    tell(answered("m1"));
    expect(watch.changed()).toEqual(["chat"]);
    expect(watch.conversation("chat")?.askingSince).toBeNull();
  });

  test("that were quiet for longest are let go; those with something open stay, and who has them is remembered", () => {
    const { watch, tell } = setUp();
    tell(dead("d1", 1, "dead"), { kind: "answerer", conversationId: "mine", answerer: "agent", why: "asked", since: 55 }, message("m", "early"), answered("m", "early"));
    for (let index = 0; index < 3_000; index += 1) tell(message(`m${index}`, `chat-${index}`), answered(`m${index}`, `chat-${index}`));
    expect(watch.conversation("dead")?.attention).toMatchObject({ kind: "dead-letter" });
    expect(watch.conversation("early")).toBeNull();
    expect(watch.conversation("chat-1500")).toBeNull();
    expect(watch.conversation("chat-2999")).not.toBeNull();
    expect(watch.changed().length).toBeLessThanOrEqual(1_000);
    expect(watch.conversation("mine")).toBeNull();
    tell(message("again", "mine"));
    expect(watch.conversation("mine")).toMatchObject({ answerer: "agent", since: 55, askingSince: null });
  });

  test("do not grow for ever even where something is open in all of them", () => {
    const { watch, tell } = setUp();
    for (let index = 0; index < 6_000; index += 1) tell(message(`m${index}`, `chat-${index}`));
    expect(watch.changed()).toHaveLength(5_000);
    expect(watch.conversation("chat-0")).toBeNull();
    expect(watch.conversation("chat-5999")).not.toBeNull();
  });
});
