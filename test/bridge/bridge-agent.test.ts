import { describe, expect, test } from "vitest";
import { createBridgeWorld, FORBIDDEN, NETWORK } from "../support/bridge-world.ts";
import { ok } from "../../shared/result.ts";
import type { Bridge } from "../../electron/bridge/bridge.ts";

const gone = { ok: false, error: { code: "not-found-here" } };
const phrase = { rule: "phrase", phrase: "guaranteed" } as const;
const judge = (text: string) => (text.includes("guaranteed") ? phrase : null);

/** The delivery's id. */
async function write(bridge: Bridge, text: string, conversationId = "c1"): Promise<string> {
  const sent = await bridge.send(conversationId, text);
  if (!sent.ok) throw new Error(sent.error.detail);
  return sent.value;
}

describe("taking over", () => {
  test("silences the bot for that conversation only, until it is handed back, also after a restart", async () => {
    const world = createBridgeWorld();
    {
      await using bridge = await world.start();
      world.event({ text: "one" });
      await bridge.idle();
      expect(await bridge.answerer("c1", "agent")).toEqual(ok(null));
      world.event({ id: "q2", text: "two" });
      world.event({ conversationId: "c2", text: "other" });
      await bridge.idle();
      expect(world.of("left-to-agent")).toEqual([{ kind: "left-to-agent", id: "q2", conversationId: "c1" }]);
      expect(world.of("message")).toHaveLength(3);
    }
    world.events.length = 0;
    await using bridge = await world.start();
    expect(world.of("answerer")).toMatchObject([{ conversationId: "c1", answerer: "agent", fromBefore: true }]);
    world.event({ text: "three" });
    await bridge.idle();
    expect(await bridge.answerer("c1", "bot")).toEqual(ok(null));
    expect(await bridge.answerer("c1", "bot")).toEqual(ok(null));
    world.event({ text: "four" });
    await bridge.idle();
    expect(world.replies()).toEqual(["re: one", "re: two", "re: three", "re: four"]);
    expect(world.replies("c2")).toEqual(["re: other"]);
    expect(world.of("answerer")).toHaveLength(2);
    expect(world.disk.answerers.size).toBe(0);
  });

  test("ends the asking that is under way, and sends no answer that comes after it", async () => {
    const world = createBridgeWorld();
    world.bot = () => new Promise((resolve) => world.clock.after(4_000, () => resolve(ok("too late"))));
    await using bridge = await world.start();
    world.event({ id: "q1", text: "Hello" });
    await world.pass(500);
    await bridge.answerer("c1", "agent");
    await bridge.idle();
    expect(world.of("left-to-agent")).toMatchObject([{ id: "q1" }]);
    await world.pass(5_000);
    expect(world.sends).toEqual([]);
  });

  test("leaves what waits for another attempt, at once", async () => {
    const world = createBridgeWorld();
    world.platform = () => ({ kind: "refused", fault: { kind: "refused", code: "rate-limited", detail: "429", status: 429, retryAfterMs: 600_000 } });
    await using bridge = await world.start();
    world.event({ id: "q1", text: "Hello" });
    await world.pass(500);
    expect(world.deliveries("q1")).toEqual(["sending", "queued"]);
    await bridge.answerer("c1", "agent");
    await bridge.idle();
    expect(world.deliveries("q1")).toEqual(["sending", "queued", "withdrawn"]);
    expect(world.kept("q1").at(-1)).toBe("with-agent");
  });

  test("does not take back what may already have been said", async () => {
    const world = createBridgeWorld();
    world.platform = (_reply, store) => {
      store();
      return { kind: "unknown", fault: NETWORK };
    };
    await using bridge = await world.start();
    world.event({ id: "q1", text: "Hello" });
    await world.pass(250);
    await bridge.answerer("c1", "agent");
    await world.pass(1_000);
    await bridge.idle();
    expect(world.kept("q1").at(-1)).toBe("answered");
  });

  test("of a conversation that nobody has heard of is refused", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    expect(await bridge.answerer("nowhere", "agent")).toMatchObject(gone);
    expect(await bridge.send("nowhere", "Hello")).toMatchObject(gone);
    expect(await bridge.undo("nothing")).toMatchObject(gone);
    expect(await bridge.sendAgain("nothing")).toMatchObject(gone);
    expect(await bridge.settle("nothing", true)).toMatchObject(gone);
    expect(await bridge.discard(["nothing"])).toMatchObject(gone);
  });
});

describe("an agent's text", () => {
  test("takes the conversation over, is held three seconds, and is delivered", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    world.event({ text: "Hello", communicationId: "com1" });
    await bridge.idle();
    const id = await write(bridge, "I will look.");
    expect(world.of("answerer")).toMatchObject([{ answerer: "agent", why: "asked" }]);
    await world.pass(2_999);
    expect(world.sends).toHaveLength(1);
    await world.pass(1);
    await bridge.idle();
    expect(world.sends[1]).toMatchObject({ conversationId: "c1", communicationId: "com1", text: "I will look." });
    expect(world.deliveries(id)).toEqual(["held", "queued", "sending", "delivered"]);
    expect(world.kept(id)).toEqual(["held", "forwarded", "replying", "answered"]);
    expect(world.of("answered")).toHaveLength(1);
  });

  test("can be taken back while it is held, and not after", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await bridge.idle();
    const first = await write(bridge, "No, wait");
    await world.pass(2_500);
    expect(await bridge.undo(first)).toEqual(ok(null));
    expect(await bridge.undo(first)).toMatchObject(gone);
    const second = await write(bridge, "This one");
    await world.pass(3_000);
    expect(await bridge.undo(second)).toMatchObject(gone);
    await bridge.idle();
    expect(world.replies()).toEqual(["re: Hello", "This one"]);
    expect(world.deliveries(first)).toEqual(["held", "withdrawn"]);
  });

  test("keeps its order with others, behind what is still being sent", async () => {
    const world = createBridgeWorld();
    world.platform = ({ text }, store) =>
      text === "re: Hello"
        ? new Promise((resolve) => world.clock.after(5_000, () => resolve({ kind: "sent", replyId: store(), ms: 5_000 })))
        : { kind: "sent", replyId: store(), ms: 1 };
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await world.pass(250);
    await write(bridge, "first");
    await write(bridge, "second");
    await world.pass(3_000);
    expect(world.replies()).toEqual([]);
    await world.pass(3_000);
    await bridge.idle();
    expect(world.replies()).toEqual(["re: Hello", "first", "second"]);
  });

  test("that is refused has failed, and is sent again when asked, once", async () => {
    const world = createBridgeWorld();
    let refused = true;
    world.platform = (_reply, store) => (refused ? { kind: "refused", fault: FORBIDDEN } : { kind: "sent", replyId: store(), ms: 1 });
    await using bridge = await world.start();
    world.event({ id: "a1", text: "shown", direction: "outbound" });
    await bridge.idle();
    const id = await write(bridge, "I will look.");
    await world.pass(3_000);
    await bridge.idle();
    expect(world.deliveries(id)).toEqual(["held", "queued", "sending", "failed"]);
    expect(world.of("dead-letter")).toEqual([]);
    expect(await bridge.replay(null)).toEqual(ok(0));
    refused = false;
    const both = await Promise.all([bridge.sendAgain(id), bridge.sendAgain(id)]);
    expect(both.map((one) => one.ok)).toEqual([true, false]);
    await bridge.idle();
    expect(world.replies()).toEqual(["I will look."]);
    expect(await bridge.sendAgain(id)).toMatchObject(gone);
  });

  test("that is held when the bridge is closed is sent", async () => {
    const world = createBridgeWorld();
    const bridge = await world.start();
    world.event({ text: "Hello" });
    await bridge.idle();
    const id = await write(bridge, "I will look.");
    await bridge[Symbol.asyncDispose]();
    expect(world.replies()).toEqual(["re: Hello", "I will look."]);
    expect(world.kept(id).at(-1)).toBe("answered");
    expect(world.clock.pending()).toBe(0);
  });

  test("that was held when the bridge was killed has failed, and was not sent", async () => {
    const world = createBridgeWorld();
    const killed = await world.start();
    world.event({ text: "Hello" });
    await killed.idle();
    const id = await write(killed, "I will look.");
    world.crash();
    world.events.length = 0;
    await using bridge = await world.start();
    await bridge.idle();
    await world.pass(10_000);
    expect(world.deliveries(id)).toEqual(["failed"]);
    expect(world.replies()).toEqual(["re: Hello"]);
    expect(await bridge.sendAgain(id)).toEqual(ok(null));
    await bridge.idle();
    expect(world.replies()).toEqual(["re: Hello", "I will look."]);
  });

  test("that failed can be discarded", async () => {
    const world = createBridgeWorld();
    world.platform = () => ({ kind: "refused", fault: FORBIDDEN });
    await using bridge = await world.start();
    world.event({ id: "a1", text: "shown", direction: "outbound" });
    await bridge.idle();
    const id = await write(bridge, "I will look.");
    await world.pass(3_000);
    await bridge.idle();
    expect(await bridge.discard([id])).toEqual(ok(null));
    expect(world.deliveries(id).at(-1)).toBe("withdrawn");
  });

  test("comes back from the platform as ours", async () => {
    const world = createBridgeWorld();
    world.platform = ({ text }, store) => {
      const replyId = store();
      world.event({ id: replyId, text, direction: "outbound" });
      return { kind: "sent", replyId, ms: 1 };
    };
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await bridge.idle();
    await write(bridge, "I will look.");
    await world.pass(3_000);
    await bridge.idle();
    expect(world.of("message").map(({ speaker }) => speaker)).toEqual(["customer", "bot", "bot"]);
  });
});

describe("what policy stops", () => {
  test("is the agent's: told with its rule, never sent, and the conversation with it", async () => {
    const world = createBridgeWorld();
    world.bot = () => ok("That is guaranteed.");
    await using bridge = await world.start({ rules: { judge, stopped: { kind: "agent" } } });
    world.event({ id: "q1", text: "Hello" });
    await bridge.idle();
    expect(world.sends).toEqual([]);
    expect(world.of("withheld")).toEqual([{ kind: "withheld", id: "q1", conversationId: "c1", rule: phrase, instead: "agent" }]);
    expect(world.of("answerer")).toMatchObject([{ answerer: "agent", why: "policy" }]);
    expect(world.kept("q1").at(-1)).toBe("with-agent");
    expect(world.disk.answerers.has("c1")).toBe(true);
    expect(JSON.stringify(world.events.filter(({ kind }) => kind !== "message"))).not.toContain("That is");
  });

  test("is replaced by the hand-over text where nobody is there, and the bot goes on", async () => {
    const world = createBridgeWorld();
    world.bot = ({ text }) => ok(text === "Hello" ? "That is guaranteed." : "Fine.");
    await using bridge = await world.start({ rules: { judge, stopped: { kind: "hand-over", text: "A colleague will answer (guaranteed)." } } });
    world.event({ id: "q1", text: "Hello" });
    world.event({ text: "And now?" });
    await bridge.idle();
    expect(world.replies()).toEqual(["A colleague will answer (guaranteed).", "Fine."]);
    expect(world.of("withheld")).toMatchObject([{ instead: "hand-over" }]);
    expect(world.of("answered")).toHaveLength(2);
    expect(world.of("delivery")[0]?.delivery.origin).toBe("hand-over");
  });

  test("is judged when it is sent: by rules that changed meanwhile, and after a restart", async () => {
    const world = createBridgeWorld();
    world.bot = () => ok("That is guaranteed.");
    let crashed = false;
    world.platform = () => {
      if (crashed) throw new Error("it was sent");
      return { kind: "refused", fault: { kind: "refused", code: "rate-limited", detail: "429", status: 429, retryAfterMs: 60_000 } };
    };
    const killed = await world.start();
    world.event({ id: "q1", text: "Hello" });
    world.event({ id: "q2", conversationId: "c2", text: "Hello" });
    await world.pass(500);
    expect(world.kept("q1").at(-1)).toBe("forwarded");
    killed.apply({ judge, stopped: { kind: "agent" } });
    await world.pass(60_000);
    expect(world.of("withheld")).toHaveLength(2);
    world.event({ id: "q3", conversationId: "c3", text: "Hello" });
    killed.apply({ judge: () => null, stopped: { kind: "agent" } });
    await world.pass(500);
    world.crash();
    crashed = true;
    await using bridge = await world.start({ rules: { judge, stopped: { kind: "agent" } } });
    await bridge.idle();
    expect(world.of("withheld").filter(({ fromBefore }) => fromBefore !== true).map(({ id }) => id)).toEqual(["q1", "q2", "q3"]);
  });
});

describe("what is left to the agent", () => {
  const stopping = { rules: { judge, stopped: { kind: "agent" } } } as const;

  test("is answered by what the agent writes after it, when that has arrived, and by nothing else", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await bridge.idle();
    await bridge.answerer("c1", "agent");
    world.event({ id: "q1", text: "Are you there?" });
    world.event({ id: "q2", text: "elsewhere", conversationId: "c2" });
    await bridge.idle();
    await bridge.answerer("c2", "agent");
    await write(bridge, "I will look.");
    world.event({ id: "q3", text: "And?" });
    await world.pass(2_000);
    expect(world.kept("q1").at(-1)).toBe("with-agent");
    await world.pass(1_000);
    await bridge.idle();
    expect(world.kept("q1").at(-1)).toBe("left");
    expect(world.disk.items.get("q1")?.text).toBe("");
    // It came after that was written.
    expect(world.kept("q3").at(-1)).toBe("with-agent");
    await bridge.answerer("c1", "bot");
    await bridge.idle();
    expect(world.replies()).toEqual(["re: Hello", "I will look.", "re: And?"]);
  });

  test("is answered by what an agent writes on the platform itself, too", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await bridge.idle();
    await bridge.answerer("c1", "agent");
    world.event({ id: "q1", text: "Are you there?" });
    await bridge.idle();
    world.event({ id: "a1", text: "Yes.", direction: "outbound" });
    await world.pass(250);
    expect(world.kept("q1").at(-1)).toBe("left");
    await bridge.answerer("c1", "bot");
    await bridge.idle();
    expect(world.replies()).toEqual(["re: Hello"]);
  });

  test("goes back to the bot in its order, and before what comes after it", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    world.event({ text: "one" });
    await bridge.idle();
    await bridge.answerer("c1", "agent");
    for (const text of ["two", "three", "four"]) world.event({ text });
    await bridge.idle();
    world.events.length = 0;
    const back = bridge.answerer("c1", "bot");
    world.event({ text: "five" });
    world.event({ text: "six" });
    await back;
    world.event({ text: "seven" });
    await bridge.idle();
    expect(world.replies()).toEqual(["one", "two", "three", "four", "five", "six", "seven"].map((text) => `re: ${text}`));
    expect(world.of("settled").map(({ how }) => how)).toEqual(["replayed", "replayed", "replayed"]);
    expect(world.questions.map(({ key }) => key)).toHaveLength(new Set(world.questions.map(({ key }) => key)).size);
    expect(bridge.load()).toMatchObject({ waiting: 0, working: 0 });
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 8, 10, 14, 20, 30])("is never lost or answered out of order where it is handed back %i moments after it came", async (moments) => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    world.event({ text: "one" });
    await bridge.idle();
    await bridge.answerer("c1", "agent");
    world.event({ text: "two" });
    await bridge.idle();
    world.event({ text: "three" });
    world.event({ text: "four" });
    for (let left = moments; left > 0; left -= 1) await Promise.resolve();
    const back = bridge.answerer("c1", "bot");
    world.event({ text: "five" });
    await back;
    await world.pass(5_000);
    await bridge.idle();
    expect(world.replies()).toEqual(["one", "two", "three", "four", "five"].map((text) => `re: ${text}`));
  });

  test("stays the agent's where policy stopped the answer: told again, until it is written or discarded", async () => {
    const world = createBridgeWorld();
    world.bot = ({ text }) => ok(text === "Hello" ? "That is guaranteed." : `re: ${text}`);
    {
      await using bridge = await world.start(stopping);
      world.event({ id: "q1", text: "Hello" });
      await bridge.idle();
      world.event({ id: "q2", text: "And now?" });
      await bridge.idle();
      await bridge.answerer("c1", "bot");
      await bridge.idle();
      expect(world.replies()).toEqual(["re: And now?"]);
      expect(world.kept("q1").at(-1)).toBe("with-agent");
    }
    world.events.length = 0;
    await using bridge = await world.start(stopping);
    expect(world.of("message")).toMatchObject([{ id: "q1", text: "Hello", fromBefore: true }]);
    expect(world.of("withheld")).toMatchObject([{ id: "q1", rule: phrase, instead: "agent", fromBefore: true, since: expect.any(Number) }]);
    expect(await bridge.discard(["q1"])).toEqual(ok(null));
    expect(await bridge.discard(["q1"])).toMatchObject(gone);
    expect(world.of("settled")).toMatchObject([{ id: "q1", how: "discarded" }]);
    expect(world.questions.filter(({ text }) => text === "Hello")).toHaveLength(1);
  });

  test("is told again after a crash with its words, counted in no queue, and answered by the bot when handed back", async () => {
    const world = createBridgeWorld();
    const killed = await world.start();
    world.event({ id: "q1", text: "Hello" });
    await killed.idle();
    await killed.answerer("c1", "agent");
    world.event({ id: "q2", text: "Are you there?", communicationId: "com2" });
    await killed.idle();
    world.crash();
    world.events.length = 0;
    await using bridge = await world.start();
    expect(bridge.load()).toMatchObject({ waiting: 0, working: 0 });
    await bridge.idle();
    expect(world.of("message")).toMatchObject([{ id: "q2", speaker: "customer", text: "Are you there?", fromBefore: true }]);
    expect(world.of("left-to-agent")).toEqual([{ kind: "left-to-agent", id: "q2", conversationId: "c1", fromBefore: true }]);
    expect(world.of("dead-letter")).toEqual([]);
    await bridge.answerer("c1", "bot");
    await bridge.idle();
    expect(world.sends.at(-1)).toMatchObject({ communicationId: "com2", text: "re: Are you there?" });
  });

  test("is known to be stopped by policy also where the process was killed before that was kept", async () => {
    const world = createBridgeWorld();
    world.bot = () => ok("That is guaranteed.");
    world.platform = () => ({ kind: "refused", fault: { kind: "refused", code: "rate-limited", detail: "429", status: 429, retryAfterMs: 60_000 } });
    const killed = await world.start();
    world.event({ id: "q1", text: "Hello" });
    await world.pass(500);
    world.crash();
    // The conversation was given to the agent, and no more.
    world.disk.answerers.set("c1", 1);
    world.events.length = 0;
    await using bridge = await world.start(stopping);
    await bridge.idle();
    expect(killed).toBeDefined();
    expect(world.of("withheld")).toEqual([{ kind: "withheld", id: "q1", conversationId: "c1", rule: phrase, instead: "agent" }]);
    await bridge.answerer("c1", "bot");
    await bridge.idle();
    expect(world.kept("q1").at(-1)).toBe("with-agent");
  });

  test("waits where the disk cannot say that it is handed back, and is lost in none of it", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    world.event({ text: "one" });
    await bridge.idle();
    await bridge.answerer("c1", "agent");
    world.event({ text: "two" });
    await bridge.idle();
    world.disk.fault = { kind: "transport", code: "disk", detail: "the disk is full" };
    expect(await bridge.answerer("c1", "bot")).toMatchObject({ ok: false, error: { code: "disk" } });
    world.event({ text: "three" });
    await world.pass(3_000);
    world.disk.fault = null;
    await world.pass(3_000);
    await bridge.idle();
    expect(world.replies()).toEqual(["re: one"]);
    expect(await bridge.answerer("c1", "bot")).toEqual(ok(null));
    await bridge.idle();
    expect(world.replies()).toEqual(["re: one", "re: two", "re: three"]);
  });
});
