import { describe, expect, test } from "vitest";
import { createBridgeWorld } from "../support/bridge-world.ts";
import { ok } from "../../shared/result.ts";
import type { Fault } from "../../shared/fault.ts";

const FULL: Fault = { kind: "transport", code: "disk", detail: "the disk is full" };

describe("while the inbox cannot be written", () => {
  test("arrivals wait, told once, and are taken in their order when it can", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    world.event({ text: "one" });
    await bridge.idle();
    world.disk.fault = FULL;
    for (const text of ["two", "three", "four"]) world.event({ text });
    await world.pass(5_000);
    expect(world.of("storage")).toEqual([{ kind: "storage", detail: "the disk is full" }]);
    expect(world.questions).toHaveLength(1);
    expect(world.disk.resumePoint).toBe(1);
    expect(bridge.load().waiting).toBe(3);
    world.disk.fault = null;
    await world.pass(1_000);
    await bridge.idle();
    expect(world.replies()).toEqual(["re: one", "re: two", "re: three", "re: four"]);
    expect(world.of("storage").at(-1)).toEqual({ kind: "storage", detail: null });
    expect(world.of("storage")).toHaveLength(2);
    expect(world.disk.resumePoint).toBe(4);
    expect(bridge.resumePoint()).toBe(4);
  });

  test("no reply is sent whose step is not kept, and none is sent twice", async () => {
    const world = createBridgeWorld();
    world.bot = ({ text }) => {
      world.disk.fault = FULL;
      return ok(`re: ${text}`);
    };
    world.platform = (_reply, store) => {
      world.disk.fault = FULL;
      return { kind: "sent", replyId: store(), ms: 1 };
    };
    await using bridge = await world.start();
    world.event({ id: "q1", text: "one" });
    await world.pass(3_000);
    expect(world.sends).toEqual([]);
    world.disk.fault = null;
    await world.pass(1_000);
    expect(world.sends).toHaveLength(1);
    await world.pass(3_000);
    expect(world.of("answered")).toEqual([]);
    world.disk.fault = null;
    await world.pass(1_000);
    await bridge.idle();
    expect(world.sends).toHaveLength(1);
    expect(world.of("answered")).toHaveLength(1);
  });

  test("somebody who takes over meanwhile keeps the reply from being sent", async () => {
    const world = createBridgeWorld();
    world.bot = ({ text }) => {
      // Room for one more step: the answer is kept, its sending is not.
      queueMicrotask(() => {
        world.disk.faultAfter = 1;
      });
      return ok(`re: ${text}`);
    };
    await using bridge = await world.start();
    world.event({ id: "q1", text: "one" });
    await world.pass(500);
    expect(world.kept("q1")).toEqual(["received", "forwarded"]);
    world.disk.faultAfter = null;
    await bridge.answerer("c1", "agent");
    await world.pass(1_000);
    await bridge.idle();
    expect(world.kept("q1")).toEqual(["received", "forwarded", "replying", "with-agent"]);
    expect(world.sends).toEqual([]);
  });

  test("the stream is let go of when too much waits, opened again from what is kept, and nothing is lost", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start({ concurrency: 50 });
    for (let number = 0; number < 10; number += 1) world.event({ conversationId: `c${number}`, text: "before" });
    await bridge.idle();
    world.disk.fault = FULL;
    for (let number = 0; number < 12_000; number += 1) world.event({ conversationId: `c${number % 40}`, text: `line ${number}` });
    await world.pass(10_000);
    expect(world.states.at(-1)).toMatchObject({ kind: "reconnecting", fault: { code: "disk" } });
    // What the disk was given stays; the rest comes again.
    expect(bridge.load().waiting).toBeLessThanOrEqual(1_000);
    world.disk.fault = null;
    await world.pass(2_000);
    await world.pass(2_000);
    await bridge.idle();
    expect(world.states.at(-1)).toMatchObject({ kind: "connected" });
    expect(world.resumes).toHaveLength(2);
    expect(world.of("answered")).toHaveLength(12_010);
    expect(world.of("dead-letter")).toEqual([]);
    for (let lane = 0; lane < 40; lane += 1) {
      const expected = Array.from({ length: 12_000 }, (_, number) => number).filter((number) => number % 40 === lane).map((number) => `re: line ${number}`);
      expect(world.replies(`c${lane}`)).toEqual(lane < 10 ? ["re: before", ...expected] : expected);
    }
  });

  test("commands are refused with the reason", async () => {
    const world = createBridgeWorld();
    await using bridge = await world.start();
    world.event({ text: "one" });
    await bridge.idle();
    world.disk.fault = FULL;
    expect(await bridge.send("c1", "Hello")).toEqual({ ok: false, error: FULL });
    expect(await bridge.answerer("c1", "agent")).toEqual({ ok: false, error: FULL });
    world.disk.fault = null;
    expect(world.of("answerer")).toEqual([]);
    const sent = await bridge.send("c1", "Hello");
    world.disk.fault = FULL;
    expect(await bridge.undo(sent.ok ? sent.value : "")).toEqual({ ok: false, error: FULL });
    world.disk.fault = null;
    await world.pass(3_000);
    await bridge.idle();
    expect(world.replies()).toEqual(["re: one", "Hello"]);
  });
});

describe("closing", () => {
  test("finishes what is in hand, begins nothing more, and leaves the rest for the next start", async () => {
    const world = createBridgeWorld();
    world.bot = ({ text }) => new Promise((resolve) => world.clock.after(2_000, () => resolve(ok(`re: ${text}`))));
    const bridge = await world.start({ concurrency: 2 });
    for (const conversationId of ["c1", "c2", "c3"]) world.event({ conversationId, text: "one" });
    world.event({ text: "two" });
    await world.pass(250);
    const closing = bridge[Symbol.asyncDispose]();
    await world.pass(2_000);
    await closing;
    expect(world.of("answered")).toHaveLength(2);
    expect(world.questions).toHaveLength(2);
    expect(world.clock.pending()).toBe(0);
    await using again = await world.start();
    await world.pass(5_000);
    await again.idle();
    expect([world.replies(), world.replies("c3")]).toEqual([["re: one", "re: two"], ["re: one"]]);
  });

  test("sends what an agent has written, behind what is in hand in its conversation", async () => {
    const world = createBridgeWorld();
    world.bot = () => ok("re: one");
    world.platform = ({ text }, store) =>
      text === "re: one"
        ? new Promise((resolve) => world.clock.after(4_000, () => resolve({ kind: "sent", replyId: store(), ms: 4_000 })))
        : { kind: "sent", replyId: store(), ms: 1 };
    const bridge = await world.start({ concurrency: 1 });
    world.event({ text: "one" });
    world.event({ conversationId: "c2", text: "other" });
    await world.pass(250);
    await bridge.send("c1", "I will look.");
    const closing = bridge[Symbol.asyncDispose]();
    await world.pass(5_000);
    await closing;
    expect(world.replies()).toEqual(["re: one", "I will look."]);
    expect(world.questions).toHaveLength(1);
  });

  test("gives up on what takes longer than 15 s; it goes on at the next start", async () => {
    const world = createBridgeWorld();
    let hangs = true;
    world.bot = ({ text }) => (hangs ? new Promise(() => {}) : ok(`re: ${text}`));
    const bridge = await world.start();
    world.event({ text: "one" });
    await world.pass(250);
    let closed = false;
    const closing = (async (): Promise<void> => {
      await bridge[Symbol.asyncDispose]();
      closed = true;
    })();
    await world.pass(14_900);
    expect(closed).toBe(false);
    await world.pass(250);
    await closing;
    expect(world.clock.pending()).toBe(0);
    hangs = false;
    await using again = await world.start();
    await again.idle();
    expect(world.replies()).toEqual(["re: one"]);
    expect(world.of("dead-letter")).toEqual([]);
  });

  test("takes nothing that comes after, and what waits for the disk comes again", async () => {
    const world = createBridgeWorld();
    const bridge = await world.start();
    world.event({ text: "one" });
    await bridge.idle();
    world.disk.fault = FULL;
    world.event({ text: "two" });
    await world.pass(500);
    const closing = bridge[Symbol.asyncDispose]();
    world.event({ text: "three" });
    await world.pass(16_000);
    await closing;
    expect(await bridge.send("c1", "Hello")).toMatchObject({ ok: false, error: { code: "aborted" } });
    world.disk.fault = null;
    await using again = await world.start();
    await world.pass(500);
    await again.idle();
    expect(world.replies()).toEqual(["re: one", "re: two", "re: three"]);
  });
});
