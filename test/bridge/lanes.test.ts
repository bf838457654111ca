import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createLanes, type Lanes, type Turn } from "../../electron/bridge/lanes.ts";
import { createFakeClock } from "../support/fake-clock.ts";

interface Item {
  readonly lane: string;
  readonly name: string;
}

/** Lanes whose turns end when told to. */
function setUp(concurrency: number) {
  const clock = createFakeClock();
  const begun: string[] = [];
  const open = new Map<string, (turn: Turn) => void>();
  let most = 0;
  const lanes: Lanes<Item> = createLanes({
    concurrency,
    clock,
    work: ({ name }, signal) =>
      new Promise((resolve) => {
        begun.push(name);
        open.set(name, (turn) => {
          open.delete(name);
          resolve(turn);
        });
        most = Math.max(most, open.size);
        signal.addEventListener("abort", () => {
          resolve({ kind: "wait", ms: 0 });
        });
      }),
  });
  return {
    lanes,
    clock,
    begun,
    working: () => [...open.keys()],
    most: () => most,
    push: (...names: readonly string[]) => {
      for (const name of names) lanes.push(name.slice(0, 1), { lane: name.slice(0, 1), name });
    },
    async end(name: string, turn: Turn = { kind: "done" }) {
      const finish = open.get(name);
      if (finish === undefined) throw new Error(`${name} has no turn`);
      finish(turn);
      await clock.advance(0);
    },
  };
}

describe("lanes", () => {
  test("work each conversation in order, and several side by side", async () => {
    const one = setUp(2);
    one.push("a1", "a2", "b1", "c1");
    expect(one.working()).toEqual(["a1", "b1"]);
    await one.end("a1");
    expect(one.working()).toEqual(["b1", "c1"]);
    await one.end("b1");
    expect(one.working()).toEqual(["c1", "a2"]);
  });

  test("let the one that has been ready longest go first, so that a busy conversation starves nobody", async () => {
    const one = setUp(1);
    one.push("a1", "a2", "a3", "b1", "c1");
    for (const name of ["a1", "b1", "c1", "a2", "a3"]) await one.end(name);
    expect(one.begun).toEqual(["a1", "b1", "c1", "a2", "a3"]);
  });

  test("give the place of one that waits to others, and go on with it when its time has come", async () => {
    const one = setUp(1);
    one.push("a1", "a2", "b1");
    await one.end("a1", { kind: "wait", ms: 1_000 });
    expect(one.working()).toEqual(["b1"]);
    await one.end("b1");
    expect(one.working()).toEqual([]);
    await one.clock.advance(999);
    expect(one.working()).toEqual([]);
    await one.clock.advance(1);
    expect(one.working()).toEqual(["a1"]);
  });

  test("end a wait when they are woken, also where the waking came during the turn", async () => {
    const one = setUp(1);
    one.push("a1");
    await one.end("a1", { kind: "wait", ms: 60_000 });
    one.lanes.wake("a");
    expect(one.working()).toEqual(["a1"]);
    expect(one.clock.pending()).toBe(0);
    one.lanes.wake("a");
    await one.end("a1", { kind: "wait", ms: 60_000 });
    expect(one.working()).toEqual(["a1"]);
    await one.end("a1", { kind: "wait", ms: 60_000 });
    one.lanes.wakeAll();
    expect(one.working()).toEqual(["a1"]);
  });

  test("that drain begin nothing new but in the lanes that are named, and say when these are empty", async () => {
    const one = setUp(2);
    one.push("a1", "b1", "c1", "a2", "d1");
    let drained = false;
    const draining = (async (): Promise<void> => {
      await one.lanes.drain(new Set(["a"]));
      drained = true;
    })();
    await one.end("b1");
    expect(one.working()).toEqual(["a1"]);
    await one.end("a1");
    expect(one.working()).toEqual(["a2"]);
    expect(drained).toBe(false);
    await one.end("a2");
    await draining;
    expect(one.begun).toEqual(["a1", "b1", "a2"]);
  });

  test("abort what has its turn when they are closed, wait for it, and leave no timer", async () => {
    const one = setUp(2);
    one.push("a1", "b1", "c1");
    await one.end("a1", { kind: "wait", ms: 5_000 });
    await one.lanes[Symbol.asyncDispose]();
    expect(one.lanes.working()).toBe(0);
    expect(one.clock.pending()).toBe(0);
    await one.clock.advance(10_000);
    expect(one.begun).toEqual(["a1", "b1", "c1"]);
  });

  test("keep order, bound and completeness in any story", async () => {
    const turns = fc.array(fc.record({ pick: fc.nat(), wait: fc.option(fc.integer({ min: 0, max: 3_000 })), wake: fc.boolean() }), { maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 40 }), fc.integer({ min: 1, max: 4 }), turns, async (pushes, concurrency, story) => {
        const one = setUp(concurrency);
        const names = pushes.map((lane, index) => `${lane}${index}`);
        one.push(...names);
        const done: string[] = [];
        const finish = async (name: string): Promise<void> => {
          done.push(name);
          await one.end(name);
        };
        for (const { pick, wait, wake } of story) {
          const working = one.working();
          const name = working[pick % Math.max(1, working.length)];
          if (wake) one.lanes.wakeAll();
          if (name === undefined) await one.clock.advance(500);
          else if (wait === null) await finish(name);
          else await one.end(name, { kind: "wait", ms: wait });
        }
        for (let rounds = 0; done.length < names.length; rounds += 1) {
          expect(rounds).toBeLessThan(100);
          await one.clock.advance(3_000);
          for (const name of one.working()) await finish(name);
        }
        expect(one.most()).toBeLessThanOrEqual(concurrency);
        for (const lane of "abcde") expect(done.filter((name) => name.startsWith(lane))).toEqual(names.filter((name) => name.startsWith(lane)));
      }),
      { numRuns: 200 },
    );
  });
});
