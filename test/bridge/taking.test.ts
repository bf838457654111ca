import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Inbox } from "../../electron/bridge/inbox.ts";
import { createStorageWatch } from "../../electron/bridge/storage-watch.ts";
import { createTaking } from "../../electron/bridge/taking.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const FULL: Fault = { kind: "transport", code: "disk", detail: "the disk is full" };

/** A disk that writes what it was given in groups, each of which may fail; calls that come meanwhile go into the next. */
function createGroupedDisk() {
  const kept: string[] = [];
  const disk = { point: null as number | null };
  let waiting: { readonly apply: () => "new" | "known" | null; readonly answer: (result: Result<never, Fault>) => void }[] = [];
  const ask = <T>(apply: () => "new" | "known" | null): Promise<Result<T, Fault>> =>
    new Promise((resolve) => {
      waiting.push({ apply, answer: resolve });
    });
  const inbox: Pick<Inbox, "take" | "resume" | "find"> = {
    take: ({ id }, _step, point) =>
      ask(() => {
        if (point !== null) disk.point = point;
        if (kept.includes(id)) return "known";
        kept.push(id);
        return "new";
      }),
    resume: (point) =>
      ask(() => {
        disk.point = point;
        return null;
      }),
    find: () => Promise.resolve(ok(null)),
  };
  return {
    inbox,
    kept,
    point: () => disk.point,
    /** Writes the first so many that wait. */
    write(many: number, fails: boolean): void {
      const group = waiting.slice(0, many);
      waiting = waiting.slice(many);
      for (const { apply, answer } of group) answer((fails ? err(FULL) : ok(apply())) as never);
    },
  };
}

test("whatever fails and whenever it ends: all before the kept resume point is kept, and all is taken in order, once", async () => {
  const action = fc.oneof(
    fc.record({ kind: fc.constant("arrive" as const), many: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constant("point" as const) }),
    fc.record({ kind: fc.constant("write" as const), many: fc.integer({ min: 1, max: 5 }), fails: fc.boolean() }),
    fc.record({ kind: fc.constant("pass" as const) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(action, { maxLength: 60 }), async (actions) => {
      const clock = createFakeClock();
      const disk = createGroupedDisk();
      const told: string[] = [];
      const taking = createTaking({
        inbox: disk.inbox,
        clock,
        storage: createStorageWatch(clock, () => {}),
        resumePoint: null,
        onTaken: ({ message }, outcome) => told.push(`${message.id} ${outcome}`),
        onOverflow: () => {},
        onRoom: () => {},
      });
      let number = 0;
      const ids = new Map<number, string>();
      const arrive = (): void => {
        number += 1;
        const id = `m${number}`;
        ids.set(number, id);
        const message = { id, conversationId: "c1", communicationId: null, agentId: null, customerName: null, text: "x", direction: "inbound", eventTime: null } as const;
        taking.message({ message, taken: { ...message, receivedAt: number }, step: { kind: "received" }, point: number, number, arrivedAt: 0 });
      };
      const check = (): void => {
        for (const [one, id] of ids) if (one <= (disk.point() ?? 0)) expect(disk.kept).toContain(id);
        expect(disk.point() ?? 0).toBeLessThanOrEqual(number);
      };
      for (const step of actions) {
        if (step.kind === "arrive") for (let many = 0; many < step.many; many += 1) arrive();
        if (step.kind === "point") taking.point((number += 1));
        if (step.kind === "write") disk.write(step.many, step.fails);
        await clock.advance(step.kind === "pass" ? 1_000 : 0);
        check();
      }
      for (let rounds = 0; rounds < 10; rounds += 1) {
        disk.write(1_000, false);
        await clock.advance(1_000);
        check();
      }
      expect(told).toEqual([...ids.values()].map((id) => `${id} new`));
      expect(taking.waiting()).toBe(0);
      if (number > 0) expect([disk.point(), taking.resumePoint()]).toEqual([number, number]);
      expect(clock.pending()).toBe(0);
    }),
    { numRuns: 500 },
  );
});
