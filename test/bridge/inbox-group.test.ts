import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createGroup, type Group } from "../../electron/bridge/inbox-group.ts";
import { inboxDirectory, openedInbox, sampleMessage, sampleReply, valueOf } from "../support/inbox-parts.ts";
import { until } from "../support/until.ts";

interface Held {
  readonly calls: readonly string[];
  readonly finish: () => void;
}

/** A group whose work is done when the test says so; each answer is the call in capitals. */
function heldGroup(limits: { readonly maxCalls?: number; readonly maxWeight?: number } = {}): { readonly group: Group<string, string>; readonly held: Held[] } {
  const held: Held[] = [];
  const group = createGroup<string, string>({
    perform: (calls) =>
      new Promise((resolve) => {
        held.push({ calls, finish: () => resolve(calls.filter((one) => one !== "silent").map((one) => one.toUpperCase())) });
      }),
    unanswered: "none",
    weigh: (call) => call.length,
    maxCalls: limits.maxCalls ?? 100,
    maxWeight: limits.maxWeight ?? 1_000,
  });
  return { group, held };
}

test("calls of one turn go together, and those that come meanwhile together next, each with its own answer", async () => {
  const { group, held } = heldGroup();
  const first = Promise.all([group.ask("a"), group.ask("b")]);
  await until(() => held.length === 1);
  const later = ["c", "d", "e"].map((call) => group.ask(call));
  // Nothing is begun while something is being done.
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(held.map((one) => one.calls)).toEqual([["a", "b"]]);
  held[0]?.finish();
  expect(await first).toEqual(["A", "B"]);
  await until(() => held.length === 2);
  expect(held[1]?.calls).toEqual(["c", "d", "e"]);
  held[1]?.finish();
  expect(await Promise.all(later)).toEqual(["C", "D", "E"]);
});

test("what an answer brings about at once goes with the next", async () => {
  const { group, held } = heldGroup();
  const chain = (async () => {
    await group.ask("a");
    return group.ask("a2");
  })();
  await until(() => held.length === 1);
  const waiting = group.ask("b");
  held[0]?.finish();
  await until(() => held.length === 2);
  expect(held[1]?.calls).toEqual(["b", "a2"]);
  held[1]?.finish();
  expect(await Promise.all([chain, waiting])).toEqual(["A2", "B"]);
});

test.each([
  { limits: { maxCalls: 2 }, calls: ["a", "b", "c", "d", "e"], groups: [["a", "b"], ["c", "d"], ["e"]] },
  { limits: { maxWeight: 5 }, calls: ["aaa", "bb", "c", "dddddddd", "e", "f"], groups: [["aaa", "bb"], ["c"], ["dddddddd"], ["e", "f"]] },
])("no more goes together than may: $limits", async ({ limits, calls, groups }) => {
  const { group, held } = heldGroup(limits);
  const answers = Promise.all(calls.map((call) => group.ask(call)));
  for (const [index] of groups.entries()) {
    await until(() => held.length === index + 1);
    held[index]?.finish();
  }
  expect(await answers).toEqual(calls.map((call) => call.toUpperCase()));
  expect(held.map((one) => one.calls)).toEqual(groups);
});

test("a call without an answer is told so; at rest is when nothing waits", async () => {
  const { group, held } = heldGroup();
  await group.settled();
  const answer = group.ask("silent");
  let atRest = false;
  const settled = (async () => {
    await group.settled();
    atRest = true;
  })();
  await until(() => held.length === 1);
  expect(atRest).toBe(false);
  held[0]?.finish();
  expect(await answer).toBe("none");
  await settled;
});

test("500 messages in four steps each are safe in few transactions, in their order", async () => {
  const directory = await inboxDirectory();
  const inbox = await openedInbox(directory, { worker: new URL("../support/inbox-counting.ts", import.meta.url) });
  const order: string[] = [];
  await Promise.all(
    Array.from({ length: 500 }, async (_, index) => {
      const id = `m${index}`;
      valueOf(await inbox.take(sampleMessage(id), { kind: "received" }, index));
      order.push(id);
      valueOf(await inbox.step(id, { kind: "forwarded", reply: sampleReply() }));
      valueOf(await inbox.step(id, { kind: "replying", reply: sampleReply(), begunAt: 1 }));
      valueOf(await inbox.step(id, { kind: "answered", replyId: null }));
    }),
  );
  const transactions = readFileSync(join(directory, "transactions"), "utf8").trim().split("\n").map(Number);
  expect(transactions.reduce((sum, one) => sum + one, 0)).toBe(2_000);
  expect(transactions.length).toBeLessThan(20);
  expect(order).toEqual(Array.from({ length: 500 }, (_, index) => `m${index}`));
  expect(valueOf(await inbox.counts())).toEqual({ unfinished: 0, dead: 0, uncertain: 0 });
});
