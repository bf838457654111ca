import { expect, test } from "vitest";
import { createAppendQueue, type AppendQueueOptions } from "../../electron/files/append-queue.ts";
import type { DiskTrouble } from "../../electron/files/background-writer.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const FULL: Fault = { kind: "transport", code: "disk", detail: "full" };

function setUp(change: Partial<AppendQueueOptions> = {}) {
  const clock = createFakeClock();
  const written: string[] = [];
  const troubles: DiskTrouble[] = [];
  const disk = { full: false, attempts: 0 };
  const queue = createAppendQueue({
    clock,
    gatherMs: 100,
    maxLines: 1_000,
    maxChars: 1_000_000,
    write: async (batch): Promise<Result<void, Fault>> => {
      disk.attempts += 1;
      if (disk.full) return err(FULL);
      written.push(`${batch.path}:${Buffer.from(batch.bytes).toString()}`);
      return ok(undefined);
    },
    onTrouble: (trouble) => troubles.push(trouble),
    ...change,
  });
  return { clock, written, troubles, disk, queue };
}

test("gathers lines and writes them in one go, in order, one batch per file", async () => {
  const { clock, written, queue } = setUp();
  queue.push("a", "1");
  queue.push("a", "2");
  queue.push("b", "3");
  await clock.advance(99);
  expect(written).toEqual([]);
  await clock.advance(1);
  expect(written).toEqual(["a:1\n2\n", "b:3\n"]);
  expect(clock.pending()).toBe(0);
});

test("starts at once when much has gathered", async () => {
  const { clock, written, queue } = setUp();
  queue.push("a", "x".repeat(70_000));
  await clock.advance(0);
  expect(written).toHaveLength(1);
});

test("tells trouble once, tries again with growing pauses, and tells recovery once", async () => {
  const { clock, written, troubles, disk, queue } = setUp();
  disk.full = true;
  queue.push("a", "1");
  await clock.advance(100);
  expect(troubles).toEqual([{ kind: "failing", detail: "full", lost: 0 }]);
  await clock.advance(250 + 500 + 1_000);
  expect(disk.attempts).toBe(4);
  await clock.advance(60_000);
  expect(disk.attempts).toBeLessThan(20);
  expect(troubles).toHaveLength(1);
  queue.push("a", "2");
  disk.full = false;
  await clock.advance(5_000);
  expect(written).toEqual(["a:1\n", "a:2\n"]);
  expect(troubles).toEqual([{ kind: "failing", detail: "full", lost: 0 }, { kind: "recovered", lost: 0 }]);
  disk.full = true;
  queue.push("a", "3");
  await clock.advance(100);
  expect(troubles).toHaveLength(3);
});

test("memory is bounded: the newest lines go, they are counted, and what was kept stays in order", async () => {
  const { clock, written, troubles, disk, queue } = setUp({ maxLines: 3 });
  disk.full = true;
  queue.push("a", "1");
  await clock.advance(100);
  expect([queue.push("a", "2"), queue.push("a", "3"), queue.push("a", "4"), queue.push("a", "5")]).toEqual([true, true, false, false]);
  expect(troubles.at(-1)).toMatchObject({ kind: "failing", lost: 1 });
  expect(troubles).toHaveLength(2);
  disk.full = false;
  await clock.advance(5_000);
  expect(written.join("")).toBe("a:1\na:2\n3\n");
  expect(troubles.at(-1)).toEqual({ kind: "recovered", lost: 2 });
  expect(queue.push("a", "6")).toBe(true);
});

test("the bound by size holds as well", async () => {
  const { queue } = setUp({ maxChars: 10 });
  expect([queue.push("a", "12345"), queue.push("a", "123456")]).toEqual([true, false]);
});

test("flush writes now and answers with the fault where the disk refuses", async () => {
  const { written, disk, queue } = setUp();
  queue.push("a", "1");
  expect(await queue.flush()).toEqual({ ok: true, value: undefined });
  expect(written).toEqual(["a:1\n"]);
  disk.full = true;
  queue.push("a", "2");
  expect(await queue.flush()).toEqual({ ok: false, error: FULL });
  disk.full = false;
  expect((await queue.flush()).ok).toBe(true);
  expect(written).toEqual(["a:1\n", "a:2\n"]);
});

test("a finish that fails is tried again and does not hold up further lines", async () => {
  const finish = { fails: true, done: 0 };
  const { clock, written, troubles, queue } = setUp({
    finish: async () => {
      if (finish.fails) return err(FULL);
      finish.done += 1;
      return ok(undefined);
    },
  });
  queue.push("a", "1");
  await clock.advance(100);
  queue.push("a", "2");
  await clock.advance(300);
  expect(written).toEqual(["a:1\n", "a:2\n"]);
  expect(troubles).toHaveLength(1);
  finish.fails = false;
  await clock.advance(5_000);
  expect(finish.done).toBe(1);
  expect(troubles.at(-1)?.kind).toBe("recovered");
  expect(clock.pending()).toBe(0);
});

test("disposing writes what is queued, leaves no timer, and refuses what comes later", async () => {
  const { clock, written, queue } = setUp();
  queue.push("a", "1");
  await queue[Symbol.asyncDispose]();
  expect(written).toEqual(["a:1\n"]);
  expect(queue.push("a", "2")).toBe(false);
  expect(clock.pending()).toBe(0);
});

test("disposing while the disk refuses tells how many lines are lost, and leaves no timer", async () => {
  const { clock, troubles, disk, queue } = setUp();
  disk.full = true;
  queue.push("a", "1");
  queue.push("a", "2");
  await clock.advance(100);
  await queue[Symbol.asyncDispose]();
  expect(troubles.at(-1)).toMatchObject({ kind: "failing", lost: 2 });
  expect(clock.pending()).toBe(0);
});

test("lines pushed while a write is under way go with the next one, in order", async () => {
  const gate = Promise.withResolvers<void>();
  const written: string[] = [];
  const { clock, queue } = setUp({
    write: async (batch) => {
      if (written.length === 0) await gate.promise;
      written.push(Buffer.from(batch.bytes).toString());
      return ok(undefined);
    },
  });
  queue.push("a", "1");
  await clock.advance(100);
  queue.push("a", "2");
  queue.push("a", "3");
  gate.resolve();
  expect((await queue.flush()).ok).toBe(true);
  expect(written).toEqual(["1\n", "2\n3\n"]);
});

test("a line that can wait is written with the next one that cannot, in its order, or when its patience is over", async () => {
  const { clock, written, queue } = setUp({ patienceMs: 300_000 });
  queue.push("a", "beat 1", "patient");
  await clock.advance(30_000);
  queue.push("a", "beat 2", "patient");
  expect(written).toEqual([]);
  queue.push("a", "lost");
  await clock.advance(100);
  expect(written).toEqual(["a:beat 1\nbeat 2\nlost\n"]);
  queue.push("a", "beat 3", "patient");
  await clock.advance(299_999);
  expect(written).toHaveLength(1);
  await clock.advance(1);
  expect(written[1]).toBe("a:beat 3\n");
  queue.push("a", "beat 4", "patient");
  await queue[Symbol.asyncDispose]();
  expect(written[2]).toBe("a:beat 4\n");
  expect(clock.pending()).toBe(0);
});
