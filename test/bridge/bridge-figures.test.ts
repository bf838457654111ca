import { array, assert, constantFrom, nat, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import { createClockLead } from "../../electron/bridge/clock-lead.ts";
import { createOpenMatters } from "../../electron/bridge/open-matters.ts";
import { createThroughput } from "../../electron/bridge/throughput.ts";
import { createFakeClock } from "../support/fake-clock.ts";

describe("throughput", () => {
  test("has a number for each step since it was made, the last of them under way", async () => {
    const clock = createFakeClock();
    await clock.advance(1_234);
    const throughput = createThroughput(clock);
    expect(throughput.steps()).toEqual([0]);
    throughput.count();
    throughput.count();
    await clock.advance(4_999);
    throughput.count();
    expect(throughput.steps()).toEqual([3]);
    await clock.advance(1);
    expect(throughput.steps()).toEqual([3, 0]);
    throughput.count();
    await clock.advance(15_000);
    expect(throughput.steps()).toEqual([3, 1, 0, 0, 0]);
  });

  test("forgets what is older than five minutes, also after a long silence and when the wall clock is set", async () => {
    const clock = createFakeClock();
    const throughput = createThroughput(clock);
    for (let step = 0; step < 100; step += 1) {
      for (let one = 0; one < step; one += 1) throughput.count();
      await clock.advance(5_000);
    }
    expect(throughput.steps()).toEqual([...Array.from({ length: 59 }, (_, index) => 41 + index), 0]);
    clock.setWall(0);
    throughput.count();
    expect(throughput.steps().at(-1)).toBe(1);
    await clock.advance(295_000);
    expect(throughput.steps()).toEqual([1, ...Array.from({ length: 59 }, () => 0)]);
    await clock.advance(5_000);
    expect(throughput.steps()).toEqual(Array.from({ length: 60 }, () => 0));
    throughput.count();
    await clock.advance(7 * 86_400_000);
    expect(throughput.steps()).toEqual(Array.from({ length: 60 }, () => 0));
  });

  test("loses and doubles nothing, whatever the pauses", async () => {
    const clock = createFakeClock();
    const throughput = createThroughput(clock);
    const at: number[] = [];
    for (let index = 0; index < 400; index += 1) {
      throughput.count();
      at.push(Math.floor(clock.monotonic() / 5_000));
      await clock.advance((index * 7_919) % 13_001);
    }
    const now = Math.floor(clock.monotonic() / 5_000);
    expect(throughput.steps()).toEqual(Array.from({ length: 60 }, (_, index) => at.filter((step) => step === now - 59 + index).length));
  });
});

describe("the lead of another clock", () => {
  test("is the greatest of the last minutes, and is forgotten once nothing contradicts ours any more", async () => {
    const clock = createFakeClock();
    const lead = createClockLead(clock);
    expect(lead.ms()).toBeNull();
    lead.record(0);
    lead.record(-20);
    lead.record(Number.NaN);
    expect(lead.ms()).toBeNull();
    lead.record(300);
    lead.record(120);
    expect(lead.ms()).toBe(300);
    await clock.advance(300_000);
    expect(lead.ms()).toBe(300);
    lead.record(80);
    expect(lead.ms()).toBe(300);
    await clock.advance(300_000);
    expect(lead.ms()).toBe(80);
    await clock.advance(300_000);
    expect(lead.ms()).toBeNull();
    lead.record(50);
    await clock.advance(3_600_000);
    expect(lead.ms()).toBeNull();
  });
});

describe("open matters", () => {
  const at = (matter: { readonly at: number }): number => matter.at;

  test("are told newest first, however they come, and counted once", () => {
    const matters = createOpenMatters(at);
    for (const one of [3, 1, 5, 2, 4]) matters.add(`m${one}`, { at: one });
    matters.add("m3", { at: 6 });
    matters.addUnknown("m1");
    matters.addUnknown("dark");
    expect(matters.newest(3)).toEqual([{ at: 6 }, { at: 5 }, { at: 4 }]);
    expect(matters.count()).toBe(6);
    matters.add("dark", { at: 9 });
    matters.remove("m3");
    matters.remove("nobody");
    expect(matters.newest(10).map(at)).toEqual([9, 5, 4, 2, 1]);
    expect(matters.count()).toBe(5);
  });

  test("are counted exactly when there are more than are kept whole, and those are the newest", () => {
    const matters = createOpenMatters(at);
    for (let index = 0; index < 10_000; index += 1) matters.add(`m${index}`, { at: (index * 7_919) % 10_000 });
    expect(matters.count()).toBe(10_000);
    expect(matters.newest(200).map(at)).toEqual(Array.from({ length: 200 }, (_, index) => 9_999 - index));
    for (let index = 0; index < 10_000; index += 1) matters.remove(`m${index}`);
    expect(matters.count()).toBe(0);
    expect(matters.newest(200)).toEqual([]);
  });

  test("agree with a plain list", () => {
    const step = record({ what: constantFrom("add", "remove", "unknown"), id: nat(8), at: nat(1_000) });
    assert(
      property(array(step, { maxLength: 60 }), (steps) => {
        const matters = createOpenMatters(at);
        const plain = new Map<string, number | null>();
        for (const { what, id, at: time } of steps) {
          const key = `m${id}`;
          if (what === "add") {
            matters.add(key, { at: time });
            plain.set(key, time);
          } else if (what === "remove") {
            matters.remove(key);
            plain.delete(key);
          } else {
            matters.addUnknown(key);
            if (!plain.has(key)) plain.set(key, null);
          }
        }
        expect(matters.count()).toBe(plain.size);
        const known = [...plain.values()].filter((time) => time !== null).toSorted((a, b) => b - a);
        expect(matters.newest(5).map(at)).toEqual(known.slice(0, 5));
      }),
    );
  });
});
