import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { InboxItem } from "../../electron/bridge/inbox.ts";
import { createBacklog } from "../../electron/bridge/backlog.ts";
import { createStorageWatch } from "../../electron/bridge/storage-watch.ts";
import { createJob, type Job } from "../../electron/bridge/work-job.ts";
import { err, ok } from "../../shared/result.ts";
import { createFakeClock } from "../support/fake-clock.ts";

const MAX = 6;

function itemOf(position: number): InboxItem {
  return { position, id: `m${position}`, conversationId: "c1", communicationId: null, text: "x", receivedAt: position, eventTime: null, author: "customer", step: { kind: "received" } };
}

function jobOf(item: InboxItem): Job {
  return createJob({ item, author: "customer", stage: { kind: "ask", tries: 0, dueAt: 0 }, doubt: null, madeAt: 0 });
}

test("whatever comes, ends and is being read when: every item is worked once, in its order, and few are in memory", async () => {
  const action = fc.constantFrom("take" as const, "take" as const, "finish" as const, "finish" as const, "read" as const, "fail" as const, "dead" as const);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 20 }), fc.array(action, { maxLength: 120 }), async (before, actions) => {
      const clock = createFakeClock();
      const disk = new Map<number, InboxItem>();
      let last = 0;
      const store = (): InboxItem => {
        const item = itemOf((last += 1));
        disk.set(last, item);
        return item;
      };
      for (let many = 0; many < before; many += 1) store();
      const reads: ((fails: boolean) => void)[] = [];
      const lane: Job[] = [];
      const pushed: number[] = [];
      const backlog = createBacklog({
        inbox: {
          // What the disk says is as old as the question.
          unfinished: (after, limit) => {
            const page = [...disk.values()].filter(({ position }) => position > after).toSorted((a, b) => a.position - b.position).slice(0, limit);
            return new Promise((resolve) => {
              reads.push((fails) => {
                resolve(fails ? err({ kind: "transport", code: "disk", detail: "" }) : ok(page));
              });
            });
          },
        },
        storage: createStorageWatch(clock, () => {}),
        clock,
        push: (job) => {
          lane.push(job);
          pushed.push(Number(job.item.id.slice(1)));
        },
        admit: jobOf,
        refusable: () => 0,
        changed: () => {},
        maxItems: MAX,
      });
      const replayed: number[] = [];
      const finish = (): void => {
        const job = lane.shift();
        if (job === undefined) return;
        disk.delete(Number(job.item.id.slice(1)));
        backlog.remove(job);
      };
      void backlog.load(before);
      const act = async (what: (typeof actions)[number]): Promise<void> => {
        if (what === "take") backlog.add(jobOf(store()));
        if (what === "finish") finish();
        if (what === "read" || what === "fail") reads.shift()?.(what === "fail");
        if (what === "dead" && pushed.length > lane.length) {
          // One that was done is to be worked again.
          const position = pushed[0] ?? 0;
          if (!disk.has(position) && !replayed.includes(position)) {
            replayed.push(position);
            disk.set(position, itemOf(position));
            backlog.rewind(position, 1);
          }
        }
        await clock.advance(what === "fail" ? 1_000 : 0);
        expect(backlog.size().memory).toBeLessThanOrEqual(MAX);
      };
      for (const what of actions) await act(what);
      for (let rounds = 0; rounds < 400 && (disk.size > 0 || lane.length > 0); rounds += 1) {
        await act("read");
        await act("finish");
      }
      expect(disk.size).toBe(0);
      expect(backlog.size()).toEqual({ memory: 0, beyond: 0 });
      const first = pushed.filter((position, index) => pushed.indexOf(position) === index);
      expect(first).toEqual(Array.from({ length: last }, (_, index) => index + 1));
      expect(pushed.length).toBe(last + replayed.length);
      backlog[Symbol.dispose]();
    }),
    { numRuns: 1_000 },
  );
});
