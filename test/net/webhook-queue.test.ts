import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createWebhookQueue } from "../../electron/net/webhook-queue.ts";

const event = (name: string, body = "{}") => ({ event: name, body, key: name });

/** Everything that is in a queue, in order, which empties it. */
function drained(queue: ReturnType<typeof createWebhookQueue>): readonly string[] {
  const names: string[] = [];
  for (let next = queue.take(); next !== undefined; next = queue.take()) names.push(next.key);
  return names;
}

describe("a full queue", () => {
  test("lets the oldest heartbeat go, and without one the oldest event", () => {
    const queue = createWebhookQueue(3);
    const gone = ["lost", "heartbeat", "established"].map((name) => queue.add(event(name)));
    expect(gone).toEqual([0, 0, 0]);
    expect(queue.add(event("refreshed"))).toBe(1);
    expect(queue.add(event("closed"))).toBe(1);
    expect(drained(queue)).toEqual(["established", "refreshed", "closed"]);
  });

  test("does not take a heartbeat in the place of anything else", () => {
    const queue = createWebhookQueue(2);
    for (const name of ["lost", "closed"]) queue.add(event(name));
    expect(queue.add(event("heartbeat"))).toBe(1);
    expect(drained(queue)).toEqual(["lost", "closed"]);
  });

  test("is full as well where few events are large, and still holds the newest, however large", () => {
    const queue = createWebhookQueue(1_000);
    const large = "x".repeat(3_000_000);
    for (const name of ["a", "b"]) expect(queue.add(event(name, large))).toBe(0);
    expect(queue.add(event("c", large))).toBe(1);
    expect(queue.add(event("giant", "x".repeat(20_000_000)))).toBe(2);
    expect(drained(queue)).toEqual(["giant"]);
    for (const name of ["a", "b"]) expect(queue.add(event(name, large))).toBe(0);
    expect(queue.clear()).toBe(2);
    expect(queue.size()).toBe(0);
  });
});

test("whatever is added and taken: never above the bound, in order, nothing lost without being counted, heartbeats first", () => {
  const step = fc.constantFrom("heartbeat", "other", "take");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 8 }), (steps, bound) => {
      const queue = createWebhookQueue(bound);
      let model: { readonly event: string; readonly key: string }[] = [];
      for (const [index, name] of steps.entries()) {
        if (name === "take") {
          expect(queue.take()?.key).toBe(model.shift()?.key);
          continue;
        }
        const added = { event: name, key: String(index), body: "{}" };
        model.push(added);
        const over = model.length > bound;
        if (over) {
          const leaving = model.find((one) => one.event === "heartbeat") ?? model[0];
          model = model.filter((one) => one !== leaving);
        }
        expect(queue.add(added)).toBe(over ? 1 : 0);
        expect(queue.size()).toBe(model.length);
      }
      expect(drained(queue)).toEqual(model.map((one) => one.key));
    }),
  );
});
