import { describe, expect, test } from "vitest";
import { createBridgeWorld, FORBIDDEN, NETWORK, SERVER } from "../support/bridge-world.ts";
import { err, ok } from "../../shared/result.ts";

describe("a customer's message", () => {
  test("is kept step by step, each before what follows it, and answered once", async () => {
    const world = createBridgeWorld();
    const order: string[] = [];
    world.bot = ({ text }) => {
      order.push(`ask after ${world.kept("q1").join(" ")}`);
      return ok(`re: ${text}`);
    };
    world.platform = (_reply, store) => {
      order.push(`send after ${world.kept("q1").join(" ")}`);
      return { kind: "sent", replyId: store(), ms: 7 };
    };
    await using bridge = await world.start();
    world.event({ id: "q1", text: "Hello", communicationId: "com1", customerName: "Ana", eventTime: world.clock.now() - 120 });
    await bridge.idle();
    expect(order).toEqual(["ask after received", "send after received forwarded replying"]);
    expect(world.kept("q1")).toEqual(["received", "forwarded", "replying", "answered"]);
    expect(world.sends).toMatchObject([{ conversationId: "c1", communicationId: "com1", text: "re: Hello" }]);
    expect(world.disk.resumePoint).toBe(1);
    expect(world.events.map(({ kind }) => kind)).toEqual(["message", "delivery", "delivery", "answered"]);
    expect(world.events[0]).toMatchObject({ speaker: "customer", sequenceId: 1, customerName: "Ana", text: "Hello", aheadMs: null });
    expect(world.deliveries("q1")).toEqual(["sending", "delivered"]);
    expect(world.of("answered")).toMatchObject([{ id: "q1", hops: { genesys: 120, bot: 0, reply: 7 }, level: "normal" }]);
  });

  test.each([
    [500, "normal"],
    [501, "elevated"],
    [1_001, "critical"],
  ] as const)("that takes the bot %i ms is %s", async (ms, level) => {
    const world = createBridgeWorld();
    world.bot = () => new Promise((resolve) => world.clock.after(ms, () => resolve(ok("Yes."))));
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await world.pass(2_000);
    expect(world.of("answered")).toMatchObject([{ level, totalMs: ms, hops: { genesys: null, bot: ms } }]);
    await bridge.idle();
  });

  test("from a clock ahead of ours is never measured as negative", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    world.event({ text: "Hello", eventTime: world.clock.now() + 3_000 });
    await bridge.idle();
    expect(world.of("answered")).toMatchObject([{ hops: { genesys: null } }]);
    expect(world.of("message")).toMatchObject([{ aheadMs: 3_000, at: world.clock.now() }]);
  });

  test("that comes again is told as a duplicate and not answered again, also after a restart", async () => {
    const world = createBridgeWorld();
    {
      await using bridge = await world.start();
      world.event({ id: "q1", text: "Hello" });
      world.replay(0);
      await bridge.idle();
    }
    await using bridge = await world.start();
    world.replay(0);
    await bridge.idle();
    expect(world.of("duplicate")).toHaveLength(2);
    expect(world.replies()).toEqual(["re: Hello"]);
    expect(world.resumes).toEqual([null, 1]);
  });

  test("shows the customer once that an answer is being written when the bot takes more than a second", async () => {
    const world = createBridgeWorld();
    let asked = 0;
    world.bot = ({ text }) => {
      asked += 1;
      if (text === "quick") return ok("Yes.");
      return new Promise((resolve) => world.clock.after(1_500, () => resolve(asked < 4 ? err(SERVER) : ok("Yes."))));
    };
    await using bridge = await world.start();
    world.event({ text: "quick" });
    await bridge.idle();
    expect(world.typings).toEqual([]);
    world.event({ text: "slow" });
    await world.pass(20_000);
    await bridge.idle();
    expect(world.typings).toEqual(["c1"]);
    expect(world.of("answered")).toHaveLength(2);
  });

  test("that is too long is a dead letter at once, with what is allowed, and its words in short", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    world.event({ id: "q1", text: "x".repeat(1_000_000) });
    await bridge.idle();
    expect(world.questions).toEqual([]);
    const [told] = world.of("dead-letter");
    expect(told?.letter).toMatchObject({ id: "q1", attempts: 0, fault: { code: "invalid-input", detail: expect.stringContaining("1000000") } });
    expect(told?.letter.text.length).toBeLessThan(3_000);
    expect(await bridge.replay(["q1"])).toEqual(ok(1));
    await bridge.idle();
    expect(world.questions).toEqual([]);
    expect(world.of("dead-letter")).toHaveLength(2);
  });
});

describe("whose a message is", () => {
  test("an event of another agent, or of none, is not ours in the scope of an agent", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start({ agentId: "a7" });
    world.event({ text: "for another", agentId: "a8" });
    world.event({ text: "for nobody", agentId: null });
    world.event({ text: "for us", agentId: "a7" });
    world.event({ text: "for another", agentId: "a8" });
    await bridge.idle();
    expect(world.of("foreign")).toHaveLength(3);
    expect(world.of("message")).toMatchObject([{ text: "for us" }]);
    expect(world.replies()).toEqual(["re: for us"]);
    expect(world.disk.items.size).toBe(1);
    expect(world.disk.resumePoint).toBe(4);
  });

  test("what an agent wrote on the platform is shown, known, and not answered", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    world.event({ id: "a1", text: "I will help you.", direction: "outbound" });
    world.replay(0);
    await bridge.idle();
    expect(world.of("message")).toMatchObject([{ id: "a1", speaker: "agent" }]);
    expect(world.of("duplicate")).toHaveLength(1);
    expect(world.questions).toEqual([]);
  });

  test.each(["outbound", "unsaid"] as const)("our reply that comes back (%s) before its request is answered is ours, and not answered", async (direction) => {
    const world = createBridgeWorld();
    const held = Promise.withResolvers<void>();
    world.platform = async (_reply, store) => {
      const replyId = store();
      world.event({ id: replyId, text: "re: Hello", direction });
      await held.promise;
      return { kind: "sent", replyId, ms: 3 };
    };
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await world.pass(10);
    held.resolve();
    await bridge.idle();
    expect(world.questions).toHaveLength(1);
    expect(world.of("message").map(({ speaker, text }) => `${speaker}: ${text}`)).toEqual(["customer: Hello", "bot: re: Hello"]);
  });

  test("a reply without an id is known by its words when it comes back, once", async () => {
    const world = createBridgeWorld();
    world.platform = (_reply, store) => {
      store();
      return { kind: "sent", replyId: null, ms: 3 };
    };
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await bridge.idle();
    world.event({ id: "echo", text: " re: Hello\r\n", direction: "unsaid" });
    await bridge.idle();
    expect(world.questions).toHaveLength(1);
    world.event({ text: "re: Hello", direction: "unsaid" });
    await bridge.idle();
    expect(world.questions).toHaveLength(2);
  });

  test("a customer who says what we just said is answered, where the event says that a customer wrote it", async () => {
    const world = createBridgeWorld();
    world.platform = (_reply, store) => {
      store();
      return { kind: "sent", replyId: null, ms: 3 };
    };
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await bridge.idle();
    world.event({ text: "re: Hello" });
    await bridge.idle();
    expect(world.replies()).toEqual(["re: Hello", "re: re: Hello"]);
  });

  test("a customer whose words (of no said direction) are those of a reply on its way is answered when that reply is known by another id", async () => {
    const world = createBridgeWorld();
    const held = Promise.withResolvers<void>();
    world.platform = async ({ text }, store) => {
      if (text === "re: Yes") {
        world.event({ id: "customer", text: "re: Yes", direction: "unsaid" });
        await held.promise;
      }
      return { kind: "sent", replyId: store(), ms: 3 };
    };
    await using bridge = await world.start();
    world.event({ text: "Yes" });
    await world.pass(10);
    held.resolve();
    await bridge.idle();
    expect(world.replies()).toEqual(["re: Yes", "re: re: Yes"]);
    expect(world.of("message").map(({ speaker }) => speaker)).toEqual(["customer", "customer"]);
  });
});

describe("order and width", () => {
  test("messages of one conversation are answered in their order, others meanwhile", async () => {
    const world = createBridgeWorld();
    world.bot = ({ text }) => (text === "first" ? new Promise((resolve) => world.clock.after(3_000, () => resolve(ok("re: first")))) : ok(`re: ${text}`));
    await using bridge = await world.start();
    world.event({ text: "first" });
    world.event({ text: "second" });
    world.event({ conversationId: "c2", text: "other" });
    await world.pass(100);
    expect(world.replies("c2")).toEqual(["re: other"]);
    expect(world.replies()).toEqual([]);
    expect(bridge.load()).toEqual({ waiting: 1, working: 1, oldestAt: world.clock.now() - 100 });
    await world.pass(3_000);
    await bridge.idle();
    expect(world.replies()).toEqual(["re: first", "re: second"]);
    expect(bridge.load()).toEqual({ waiting: 0, working: 0, oldestAt: null });
  });

  test("no more conversations are worked at the same time than is allowed", async () => {
    const world = createBridgeWorld();
    let out = 0;
    let most = 0;
    world.bot = () =>
      new Promise((resolve) => {
        most = Math.max(most, (out += 1));
        world.clock.after(100, () => {
          out -= 1;
          resolve(ok("Yes."));
        });
      });
    await using bridge = await world.start({ concurrency: 3 });
    for (let number = 0; number < 20; number += 1) world.event({ conversationId: `c${number}`, text: "Hello" });
    await world.pass(5_000);
    await bridge.idle();
    expect(most).toBe(3);
    expect(world.of("answered")).toHaveLength(20);
  });

  test("memory holds at most 2,000 items, whatever waits; the rest comes from the disk in order", async () => {
    const world = createBridgeWorld();
    const gate = Promise.withResolvers<void>();
    world.bot = async ({ text }) => {
      await gate.promise;
      return ok(`re: ${text}`);
    };
    const killed = await world.start();
    for (let number = 0; number < 5_000; number += 1) world.event({ conversationId: `c${number % 7}`, text: `${number}` });
    await world.pass(10);
    expect(world.of("message")).toHaveLength(5_000);
    expect(killed.load()).toMatchObject({ waiting: 4_996, working: 4 });
    world.crash();
    const bridge = await world.start();
    expect(bridge.load()).toMatchObject({ waiting: 4_996, working: 4 });
    for (let number = 5_000; number < 6_000; number += 1) world.event({ conversationId: `c${number % 7}`, text: `${number}` });
    gate.resolve();
    await bridge.idle();
    for (let lane = 0; lane < 7; lane += 1) {
      const expected = Array.from({ length: 6_000 }, (_, number) => number).filter((number) => number % 7 === lane).map((number) => `re: ${number}`);
      expect(world.replies(`c${lane}`)).toEqual(expected);
    }
    expect(world.disk.reads).toBeGreaterThan(2);
    await bridge[Symbol.asyncDispose]();
  });
});

describe("what fails", () => {
  test("is tried five times with the same key, then kept as a dead letter that can be replayed", async () => {
    const world = createBridgeWorld();
    let broken = true;
    world.bot = () => (broken ? err({ ...SERVER, status: 503 }) : ok("Yes."));
    await using bridge = await world.start();
    world.event({ id: "q1", text: "Hello" });
    await world.pass(60_000);
    expect(world.questions).toHaveLength(5);
    expect(new Set(world.questions.map(({ key }) => key)).size).toBe(1);
    expect(world.of("dead-letter")).toMatchObject([{ letter: { id: "q1", attempts: 5, text: "Hello", fault: { status: 503 } } }]);
    broken = false;
    await world.pass(60_000);
    expect(await bridge.replay(null)).toEqual(ok(1));
    await bridge.idle();
    expect(world.of("settled")).toMatchObject([{ id: "q1", how: "replayed" }]);
    expect(world.replies()).toEqual(["Yes."]);
    expect(await bridge.replay(["q1"])).toMatchObject({ ok: false, error: { code: "not-found-here" } });
  });

  test("does not hold up others, and the host is left alone while it fails", async () => {
    const world = createBridgeWorld();
    let broken = true;
    world.bot = ({ text }) => (broken ? err(NETWORK) : ok(`re: ${text}`));
    await using bridge = await world.start();
    for (let number = 0; number < 100; number += 1) world.event({ conversationId: `c${number}`, text: "Hello" });
    await world.pass(25_000);
    expect(world.questions.length).toBeLessThan(10);
    expect(world.of("paused")).toMatchObject([{ host: "bot.example", why: "failing" }]);
    await world.pass(10 * 60_000);
    // One probe every 30 s costs one message one attempt; hardly anything dies of an outage.
    expect(world.questions.length).toBeLessThan(40);
    broken = false;
    await world.pass(120_000);
    await bridge.idle();
    expect(world.of("answered").length + world.of("dead-letter").length).toBe(100);
    expect(world.of("dead-letter").length).toBeLessThan(8);
    expect(world.of("paused").at(-1)).toMatchObject({ until: null, why: null });
  });

  test("waits as long as a host asks, and loses no attempt by it", async () => {
    const world = createBridgeWorld();
    let refusals = 12;
    world.platform = (_reply, store) => {
      if (refusals > 0) {
        refusals -= 1;
        return { kind: "refused", fault: { kind: "refused", code: "rate-limited", detail: "429", status: 429, retryAfterMs: 20_000 } };
      }
      return { kind: "sent", replyId: store(), ms: 1 };
    };
    await using bridge = await world.start();
    world.event({ id: "q1", text: "Hello" });
    await world.pass(239_000);
    expect(world.replies()).toEqual([]);
    await world.pass(30_000);
    await bridge.idle();
    expect(world.replies()).toEqual(["re: Hello"]);
    expect(world.sends).toHaveLength(13);
    expect(world.of("paused")[0]).toMatchObject({ host: "api.example", why: "asked" });
    expect(world.deliveries("q1")).toEqual(expect.arrayContaining(["sending", "queued", "delivered"]));
    expect(new Set(world.sends.map(({ key }) => key)).size).toBe(1);
  });

  test("an answer without text is a dead letter at once", async () => {
    const world = createBridgeWorld();
    world.bot = () => err({ kind: "contract", code: "no-answer", detail: "response is missing" });
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await bridge.idle();
    expect(world.questions).toHaveLength(1);
    expect(world.of("dead-letter")).toMatchObject([{ letter: { attempts: 1, fault: { code: "no-answer" } } }]);
  });

  test("a dead letter can be discarded, once", async () => {
    const world = createBridgeWorld();
    world.bot = () => err(FORBIDDEN);
    await using bridge = await world.start();
    world.event({ id: "q1", text: "Hello" });
    await bridge.idle();
    expect(await bridge.discard(["q1", "unknown"])).toEqual(ok(null));
    expect(world.of("settled")).toMatchObject([{ how: "discarded" }]);
    expect(await bridge.discard(["q1"])).toMatchObject({ ok: false, error: { code: "not-found-here" } });
    expect(await bridge.replay(null)).toEqual(ok(0));
  });

  test("dead letters of before are told at the opening, and replayed where that is all that is wanted", async () => {
    const world = createBridgeWorld();
    world.bot = () => err(FORBIDDEN);
    {
      await using bridge = await world.start();
      for (const conversationId of ["c1", "c1", "c2"]) world.event({ conversationId, text: `of ${conversationId}` });
      await bridge.idle();
    }
    world.events.length = 0;
    world.bot = ({ conversationId, text }) => (conversationId === "c2" ? err(FORBIDDEN) : ok(`re: ${text}`));
    await using bridge = await world.start({ work: "replay" });
    expect(world.of("dead-letter").map(({ letter, fromBefore }) => `${letter.conversationId} ${fromBefore}`)).toEqual(["c1 true", "c1 true", "c2 true"]);
    await bridge.idle();
    expect(world.replies()).toEqual(["re: of c1", "re: of c1"]);
    expect(world.of("dead-letter")).toHaveLength(4);
    expect(world.resumes).toHaveLength(1);
  });
});

describe("a reply whose fate is unknown", () => {
  test("that arrived is found, and not sent again", async () => {
    const world = createBridgeWorld();
    world.platform = (_reply, store) => {
      store();
      return { kind: "unknown", fault: NETWORK };
    };
    await using bridge = await world.start();
    world.event({ id: "q1", text: "Hello" });
    await world.pass(1_000);
    await bridge.idle();
    expect(world.sends).toHaveLength(1);
    expect(world.of("answered")).toMatchObject([{ hops: { reply: null } }]);
    expect(world.kept("q1").at(-1)).toBe("answered");
  });

  test("that did not arrive is sent again when it surely did not, with the same key", async () => {
    const world = createBridgeWorld();
    let lost = 1;
    world.platform = (_reply, store) => ((lost -= 1) >= 0 ? { kind: "unknown", fault: NETWORK } : { kind: "sent", replyId: store(), ms: 4 });
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await world.pass(9_999);
    expect(world.sends).toHaveLength(1);
    await world.pass(2);
    await bridge.idle();
    expect(world.replies()).toEqual(["re: Hello"]);
    expect(new Set(world.sends.map(({ key }) => key)).size).toBe(1);
    expect(world.reads).toBe(2);
  });

  test("that arrived late is not sent again", async () => {
    const world = createBridgeWorld();
    world.platform = (_reply, store) => {
      world.clock.after(8_000, store);
      return { kind: "unknown", fault: NETWORK };
    };
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await world.pass(10_001);
    await bridge.idle();
    expect(world.replies()).toEqual(["re: Hello"]);
  });

  test("is known as soon as the platform tells of it, without reading", async () => {
    const world = createBridgeWorld();
    world.platform = (_reply, store) => {
      const id = store();
      world.clock.after(500, () => world.event({ id, text: "re: Hello", direction: "outbound" }));
      return { kind: "unknown", fault: NETWORK };
    };
    await using bridge = await world.start();
    world.event({ text: "Hello" });
    await world.pass(501);
    await bridge.idle();
    expect(world.reads).toBe(0);
    expect(world.of("message").map(({ speaker }) => speaker)).toEqual(["customer", "bot"]);
  });

  test("holds back what follows in its conversation, and nothing else", async () => {
    const world = createBridgeWorld();
    world.platform = ({ text }, store) => (text === "re: first" ? { kind: "unknown", fault: NETWORK } : { kind: "sent", replyId: store(), ms: 1 });
    await using bridge = await world.start({ concurrency: 1 });
    world.event({ text: "first" });
    world.event({ text: "second" });
    world.event({ conversationId: "c2", text: "other" });
    await world.pass(5_000);
    expect(world.replies("c2")).toEqual(["re: other"]);
    expect(world.replies()).toEqual([]);
    await world.pass(5 * 60_000);
    await bridge.idle();
    expect(world.replies()).toEqual(["re: second"]);
    expect(world.of("dead-letter")).toMatchObject([{ letter: { attempts: 5 } }]);
  });

  describe("that cannot be read back", () => {
    const uncertain = async () => {
      const world = createBridgeWorld();
      world.platform = () => ({ kind: "unknown", fault: NETWORK });
      world.readBack = () => err(FORBIDDEN);
      const bridge = await world.start();
      world.event({ id: "q1", text: "Hello" });
      await world.pass(1_000);
      await bridge.idle();
      world.platform = (_reply, store) => ({ kind: "sent", replyId: store(), ms: 1 });
      return { world, bridge };
    };

    test("is never sent again, but told to a person, also after a restart", async () => {
      const { world, bridge } = await uncertain();
      expect(world.of("uncertain")).toEqual([{ kind: "uncertain", id: "q1", conversationId: "c1" }]);
      expect(world.deliveries("q1")).toEqual(["sending", "uncertain"]);
      await world.pass(3_600_000);
      expect(world.sends).toHaveLength(1);
      await bridge[Symbol.asyncDispose]();
      world.events.length = 0;
      await using again = await world.start();
      await again.idle();
      expect(world.of("uncertain")).toMatchObject([{ id: "q1", fromBefore: true }]);
      expect(world.of("delivery")).toMatchObject([{ delivery: { id: "q1", text: "re: Hello", state: { kind: "uncertain" } } }]);
      expect(world.sends).toHaveLength(1);
    });

    test("is settled by a person who saw it arrive", async () => {
      const { world, bridge } = await uncertain();
      expect(await bridge.settle("q1", true)).toEqual(ok(null));
      expect(world.of("settled")).toMatchObject([{ id: "q1", how: "arrived" }]);
      expect(world.deliveries("q1").at(-1)).toBe("delivered");
      expect(await bridge.settle("q1", false)).toMatchObject({ ok: false, error: { code: "not-found-here" } });
      expect(world.sends).toHaveLength(1);
      await bridge[Symbol.asyncDispose]();
    });

    test("is sent again when a person says that it did not arrive, even in a conversation that an agent has, once", async () => {
      const { world, bridge } = await uncertain();
      await bridge.answerer("c1", "agent");
      const both = await Promise.all([bridge.settle("q1", false), bridge.settle("q1", false)]);
      expect(both.map((one) => one.ok)).toEqual([true, false]);
      await bridge.idle();
      expect(world.replies()).toEqual(["re: Hello"]);
      expect(world.of("settled")).toMatchObject([{ how: "replayed" }]);
      await bridge[Symbol.asyncDispose]();
    });

    test.each(["outbound", "unsaid"] as const)("is settled when the platform tells of it after all (%s), also after a restart", async (direction) => {
      const { world, bridge } = await uncertain();
      await bridge[Symbol.asyncDispose]();
      await using again = await world.start();
      world.event({ id: "late", text: "re: Hello", direction });
      await again.idle();
      await world.pass(10);
      expect(world.of("settled")).toMatchObject([{ id: "q1", how: "arrived" }]);
      expect(world.of("message").at(-1)).toMatchObject({ id: "late", speaker: "bot" });
      expect(world.sends).toHaveLength(1);
      expect(world.questions).toHaveLength(1);
    });
  });
});
