import { expect, test } from "vitest";
import { createSlot } from "../../electron/app/slot.ts";
import { until } from "../support/until.ts";

interface Part extends AsyncDisposable {
  readonly name: string;
}

/** A slot of parts by name that writes down what happens; `hold` keeps an opening or closing waiting. */
function setUp() {
  const log: string[] = [];
  const gates = new Map<string, Promise<void>>();
  const broken = new Set<string>();
  const slot = createSlot(async (from: { readonly name: string | null; readonly list?: readonly number[] }): Promise<Part | null> => {
    const { name } = from;
    log.push(`opening ${name}`);
    await gates.get(`open ${name}`);
    if (broken.has(`open ${name}`)) throw new Error(`cannot open ${name}`);
    log.push(`open ${name}`);
    if (name === null) return null;
    return {
      name,
      async [Symbol.asyncDispose]() {
        log.push(`closing ${name}`);
        await gates.get(`close ${name}`);
        if (broken.has(`close ${name}`)) throw new Error(`cannot close ${name}`);
        log.push(`closed ${name}`);
      },
    };
  });
  const hold = (what: string): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gates.set(what, promise);
    return () => {
      gates.delete(what);
      resolve();
    };
  };
  return { slot, log, hold, broken };
}

test("the old part is closed to its end before the new one opens", async () => {
  const { slot, log, hold } = setUp();
  await slot.make({ name: "a" });
  const release = hold("close a");
  const made = slot.make({ name: "b" });
  await until(() => log.length === 3);
  expect(log).toEqual(["opening a", "open a", "closing a"]);
  expect(slot.current()).toBeNull();
  release();
  await made;
  expect(log.slice(3)).toEqual(["closed a", "opening b", "open b"]);
  expect(slot.current()?.name).toBe("b");
});

test("what is made from the same thing, down to its depths, is left alone", async () => {
  const { slot, log } = setUp();
  await slot.make({ name: "a", list: [1, 2] });
  const first = slot.current();
  await slot.make({ name: "a", list: [1, 2] });
  expect(slot.current()).toBe(first);
  await slot.make({ name: "a", list: [1, 3] });
  expect(log.filter((line) => line === "open a")).toHaveLength(2);
});

test("changes that come while one is under way are carried out one after the other, the last one standing", async () => {
  const { slot, log, hold } = setUp();
  const release = hold("open a");
  const all = [slot.make({ name: "a" }), slot.make({ name: "b" }), slot.make({ name: "c" })];
  await until(() => log.length > 0);
  expect(log).toEqual(["opening a"]);
  release();
  await Promise.all(all);
  expect(slot.current()?.name).toBe("c");
  expect(log).toEqual(["opening a", "open a", "closing a", "closed a", "opening b", "open b", "closing b", "closed b", "opening c", "open c"]);
});

test("an opening that throws rejects for whoever asked, and the next change is carried out all the same", async () => {
  const { slot, broken } = setUp();
  await slot.make({ name: "a" });
  broken.add("open b");
  const failing = slot.make({ name: "b" });
  const next = slot.make({ name: "c" });
  await expect(failing).rejects.toThrow("cannot open b");
  await next;
  expect(slot.current()?.name).toBe("c");
});

test("after an opening that threw, the same thing can be asked for again", async () => {
  const { slot, broken } = setUp();
  broken.add("open a");
  await expect(slot.make({ name: "a" })).rejects.toThrow("cannot open a");
  expect(slot.current()).toBeNull();
  broken.delete("open a");
  await slot.make({ name: "a" });
  expect(slot.current()?.name).toBe("a");
});

test("a closing that throws wedges neither the next change nor the end", async () => {
  const { slot, broken } = setUp();
  await slot.make({ name: "a" });
  broken.add("close a");
  await expect(slot.make({ name: "b" })).rejects.toThrow("cannot close a");
  await slot.make({ name: "b" });
  expect(slot.current()?.name).toBe("b");
  await slot[Symbol.asyncDispose]();
  expect(slot.current()).toBeNull();
});

test("retry opens what is missing from what it was last made from, and leaves alone what is there", async () => {
  const { slot, log } = setUp();
  await slot.retry();
  expect(log).toEqual([]);
  await slot.make({ name: null });
  await slot.retry();
  expect(log).toEqual(["opening null", "open null", "opening null", "open null"]);
  await slot.make({ name: "a" });
  const first = slot.current();
  await slot.retry();
  expect(slot.current()).toBe(first);
});

test("disposing waits for what is under way, closes it, and nothing opens afterwards", async () => {
  const { slot, log, hold } = setUp();
  const release = hold("open a");
  const making = slot.make({ name: "a" });
  const waiting = slot.make({ name: "b" });
  await until(() => log.length > 0);
  const ended = slot[Symbol.asyncDispose]();
  release();
  await Promise.all([making, waiting, ended]);
  await slot.make({ name: "c" });
  await slot.retry();
  expect(log).toEqual(["opening a", "open a", "closing a", "closed a"]);
  expect(slot.current()).toBeNull();
});
