import { describe, expect, test } from "vitest";
import type { Inbox, InboxItem, Step } from "../../electron/bridge/inbox.ts";
import { WINDOW } from "../../electron/bridge/inbox.ts";
import type { Fault } from "../../shared/fault.ts";
import { faultIn, inboxBytes, inboxDirectory, openedInbox, sampleMessage, sampleReply, valueOf } from "../support/inbox-parts.ts";

const RECEIVED: Step = { kind: "received" };
const DAY_MS = 86_400_000;

async function take(inbox: Inbox, id: string, step: Step = RECEIVED, resumePoint: number | null = null): Promise<"new" | "known"> {
  return valueOf(await inbox.take(sampleMessage(id), step, resumePoint));
}

async function takeMany(inbox: Inbox, prefix: string, count: number, step: Step): Promise<readonly ("new" | "known")[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => take(inbox, `${prefix}${index}`, step)));
}

async function found(inbox: Inbox, id: string): Promise<InboxItem | null> {
  return valueOf(await inbox.find(id));
}

async function reopened(inbox: Inbox, directory: string): Promise<Inbox> {
  await inbox[Symbol.asyncDispose]();
  return openedInbox(directory);
}

describe("steps", () => {
  const fault: Fault = { kind: "refused", code: "rate-limited", detail: "429", status: 429, retryAfterMs: 5 };
  const unfinished: readonly Step[] = [
    RECEIVED,
    { kind: "held", sendsAt: 1.5 },
    { kind: "forwarded", reply: { text: "", origin: "hand-over" } },
    { kind: "replying", reply: { text: "now", origin: "agent" }, begunAt: 1_767_603_600_000.25 },
  ];
  const settledByPeople: readonly Step[] = [
    { kind: "dead", fault, diedAt: 7, attempts: 5, reply: null },
    { kind: "dead", fault, diedAt: 7, attempts: 0, reply: sampleReply() },
    { kind: "uncertain", reply: sampleReply(), begunAt: 9 },
    { kind: "with-agent", rule: { rule: "phrase", phrase: "guaranteed" }, since: 8.5 },
  ];
  const done: readonly Step[] = [{ kind: "answered", replyId: "r1" }, { kind: "answered", replyId: null }, { kind: "left" }, { kind: "withdrawn" }];
  const all = [...unfinished, ...settledByPeople, ...done];

  test("an item comes back as it was kept, moved there or taken so, also after a restart", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    for (const [index, step] of all.entries()) {
      expect(await take(inbox, `moved${index}`)).toBe("new");
      expect(await inbox.step(`moved${index}`, step)).toEqual({ ok: true, value: null });
      expect(await take(inbox, `taken${index}`, step)).toBe("new");
    }
    const expected = all.flatMap((step, index) =>
      ["moved", "taken"].map((how, nth) => {
        const message = sampleMessage(`${how}${index}`);
        return { ...message, position: index * 2 + nth + 1, author: "customer", text: done.includes(step) ? "" : message.text, step };
      }),
    );
    const items = (from: Inbox) => Promise.all(expected.map((one) => found(from, one.id)));
    expect(await items(inbox)).toEqual(expected);
    const next = await reopened(inbox, directory);
    expect(await items(next)).toEqual(expected);
    expect(await Promise.all(expected.map((one) => take(next, one.id)))).toEqual(expected.map(() => "known"));
  });

  test("all that is known of a message comes back", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    const message = sampleMessage("m1", { communicationId: "p1", eventTime: 999.5, receivedAt: 1_767_603_600_000.25, unsaid: true });
    await inbox.take(message, RECEIVED, null);
    const item = await found(await reopened(inbox, directory), "m1");
    expect(item).toEqual({ ...message, position: 1, author: "customer", step: RECEIVED });
  });

  test("each of what is not done may follow each", async () => {
    const inbox = await openedInbox(await inboxDirectory());
    await take(inbox, "m1");
    const open = [...unfinished, ...settledByPeople];
    for (const before of open) {
      for (const after of open) {
        await inbox.step("m1", before);
        await inbox.step("m1", after);
        expect((await found(inbox, "m1"))?.step).toEqual(after);
      }
    }
  });

  test("what is done stays done; the same step again is fine; what is not there is told apart", async () => {
    const inbox = await openedInbox(await inboxDirectory());
    await take(inbox, "m1");
    await inbox.step("m1", { kind: "answered", replyId: "r1" });
    expect((await inbox.step("m1", { kind: "answered", replyId: "r1" })).ok).toBe(true);
    for (const id of ["m1", "nobody"]) expect(faultIn(await inbox.step(id, RECEIVED))).toMatchObject({ code: "not-found-here" });
    expect((await found(inbox, "m1"))?.step).toEqual({ kind: "answered", replyId: "r1" });
    expect(await found(inbox, "nobody")).toBeNull();
  });

  test("a reply is there for as long as the step has one", async () => {
    const inbox = await openedInbox(await inboxDirectory());
    await take(inbox, "m1");
    await inbox.step("m1", { kind: "forwarded", reply: sampleReply("one") });
    await inbox.step("m1", { kind: "replying", reply: sampleReply("another"), begunAt: 1 });
    expect((await found(inbox, "m1"))?.step).toEqual({ kind: "replying", reply: sampleReply("another"), begunAt: 1 });
    await inbox.step("m1", { kind: "dead", fault, diedAt: 1, attempts: 1, reply: null });
    expect((await found(inbox, "m1"))?.step).toEqual({ kind: "dead", fault, diedAt: 1, attempts: 1, reply: null });
  });

  test("an agent's text is an item in the same order, with an author of its own", async () => {
    const inbox = await openedInbox(await inboxDirectory());
    await take(inbox, "m1");
    await inbox.put(sampleMessage("a1", { text: "I am here" }), { kind: "held", sendsAt: 4_000 });
    await take(inbox, "m2");
    expect(valueOf(await inbox.unfinished(0, 10)).map((one) => [one.position, one.id, one.author])).toEqual([
      [1, "m1", "customer"],
      [2, "a1", "agent"],
      [3, "m2", "customer"],
    ]);
    expect(faultIn(await inbox.put(sampleMessage("a1"), { kind: "held", sendsAt: 1 })).detail).toContain("UNIQUE");
    expect((await found(inbox, "a1"))?.text).toBe("I am here");
  });
});

describe("lists", () => {
  test("unfinished ones come in order of arrival after a position, dead and uncertain ones the newest first, within the limit", async () => {
    const inbox = await openedInbox(await inboxDirectory());
    for (let index = 1; index <= 9; index += 1) await take(inbox, `m${index}`);
    const fault: Fault = { kind: "transport", code: "timeout", detail: "no answer in 5 s" };
    for (const id of ["m2", "m4", "m6"]) await inbox.step(id, { kind: "dead", fault, diedAt: 1, attempts: 5, reply: null });
    for (const id of ["m3", "m7"]) await inbox.step(id, { kind: "uncertain", reply: sampleReply(), begunAt: 1 });
    await inbox.step("m9", { kind: "left" });
    const ids = async (listed: ReturnType<Inbox["dead"]>) => valueOf(await listed).map((one) => one.id);
    expect(await ids(inbox.unfinished(0, 10))).toEqual(["m1", "m5", "m8"]);
    expect(await ids(inbox.unfinished(1, 1))).toEqual(["m5"]);
    expect(await ids(inbox.unfinished(8, 10))).toEqual([]);
    expect(await ids(inbox.dead(10))).toEqual(["m6", "m4", "m2"]);
    expect(await ids(inbox.dead(2))).toEqual(["m6", "m4"]);
    expect(await ids(inbox.uncertain(10))).toEqual(["m7", "m3"]);
    expect(await ids(inbox.uncertain(-1))).toEqual([]);
    expect(valueOf(await inbox.counts())).toEqual({ unfinished: 3, dead: 3, uncertain: 2 });
    // Replayed: in its old place.
    await inbox.step("m4", RECEIVED);
    expect(await ids(inbox.unfinished(0, 10))).toEqual(["m1", "m4", "m5", "m8"]);
  });
});

describe("what an opening tells", () => {
  test("nothing of a new one", async () => {
    const inbox = await openedInbox(await inboxDirectory());
    expect(inbox.opening).toEqual({
      resumePoint: null,
      withAgents: [],
      replyIds: [],
      counts: { unfinished: 0, dead: 0, uncertain: 0 },
      setAside: null,
    });
  });

  test("the resume point, conversations with agents, our replies' ids from the oldest on, and counts", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    await take(inbox, "m1", RECEIVED, 5);
    await take(inbox, "m2", RECEIVED, null);
    await take(inbox, "m3");
    await inbox.step("m1", { kind: "answered", replyId: "r1" });
    await inbox.step("m2", { kind: "answered", replyId: "r2" });
    await inbox.answerer("c1", "agent", 20);
    await inbox.answerer("c2", "agent", 10);
    await inbox.answerer("c3", "agent", 30);
    await inbox.answerer("c3", "bot", 40);
    const next = await reopened(inbox, directory);
    expect(next.opening).toEqual({
      resumePoint: 5,
      withAgents: [
        { conversationId: "c2", since: 10 },
        { conversationId: "c1", since: 20 },
      ],
      replyIds: ["r1", "r2"],
      counts: { unfinished: 1, dead: 0, uncertain: 0 },
      setAside: null,
    });
  });

  test("a resume point is kept exactly, with a message that is known too, also one that goes back", async () => {
    const directory = await inboxDirectory();
    let inbox = await openedInbox(directory);
    await take(inbox, "m1", RECEIVED, 99);
    for (const point of [2 ** 40 + 1, Number.MAX_SAFE_INTEGER, 0, -3]) {
      expect(await take(inbox, "m1", RECEIVED, point)).toBe("known");
      inbox = await reopened(inbox, directory);
      expect(inbox.opening.resumePoint).toBe(point);
    }
    await inbox.resume(3);
    expect((await reopened(inbox, directory)).opening.resumePoint).toBe(3);
  });
});

describe("duplicates", () => {
  test("are known by the last 10,000 messages exactly, whatever was let go of, also after a restart", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    await takeMany(inbox, "m", WINDOW + 1, { kind: "left" });
    expect(await take(inbox, "m1", { kind: "left" })).toBe("known");
    expect(await take(inbox, `m${WINDOW}`, { kind: "left" })).toBe("known");
    const next = await reopened(inbox, directory);
    expect(await take(next, "m1", { kind: "left" })).toBe("known");
    // The oldest has left the window: it is new, and pushes out the next.
    expect(await take(next, "m0", { kind: "left" })).toBe("new");
    expect(await take(next, "m0", { kind: "left" })).toBe("known");
    expect(await take(next, "m1", { kind: "left" })).toBe("new");
    expect(await take(next, "m3", { kind: "left" })).toBe("known");
  });

  test("texts of agents do not push messages out of the window", async () => {
    const inbox = await openedInbox(await inboxDirectory());
    await takeMany(inbox, "m", WINDOW, { kind: "left" });
    await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        await inbox.put(sampleMessage(`a${index}`), { kind: "held", sendsAt: 1 });
        await inbox.step(`a${index}`, { kind: "withdrawn" });
      }),
    );
    expect(await take(inbox, "m0")).toBe("known");
  });

  test("what is unfinished, dead or uncertain stays known, with its words, far beyond the window; what is done is let go of", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    const fault: Fault = { kind: "contract", code: "no-answer", detail: "empty" };
    await take(inbox, "waits");
    await take(inbox, "died", { kind: "dead", fault, diedAt: 1, attempts: 1, reply: null });
    await take(inbox, "unclear", { kind: "uncertain", reply: sampleReply(), begunAt: 1 });
    await take(inbox, "done", { kind: "left" });
    await takeMany(inbox, "m", WINDOW + 1_000, { kind: "left" });
    for (const id of ["waits", "died", "unclear"]) {
      expect(await take(inbox, id)).toBe("known");
      expect((await found(inbox, id))?.text).toBe(`words of ${id}`);
    }
    expect(await found(inbox, "done")).toBeNull();
    expect(await found(inbox, "m0")).toBeNull();
    expect((await found(inbox, "m1000"))?.step.kind).toBe("left");
    const next = await reopened(inbox, directory);
    expect(valueOf(await next.unfinished(0, 5)).map((one) => one.id)).toEqual(["waits"]);
    // Done long after it came: its id is let go of then.
    await next.step("waits", { kind: "answered", replyId: "late" });
    await takeMany(next, "n", 100, { kind: "left" });
    expect(await found(next, "waits")).toBeNull();
  });

  test("a burst of the same message is new once", async () => {
    const inbox = await openedInbox(await inboxDirectory());
    const answers = await Promise.all(Array.from({ length: 50 }, () => take(inbox, "m1")));
    expect(answers).toEqual(["new", ...Array.from({ length: 49 }, () => "known")]);
  });
});

describe("conversations", () => {
  test("replies go where the last message that named a communication said", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    const say = async (id: string, conversationId: string, communicationId: string | null) => {
      await inbox.take(sampleMessage(id, { conversationId, communicationId }), RECEIVED, null);
    };
    await say("m1", "c1", null);
    expect(valueOf(await inbox.communicationOf("c1"))).toBeNull();
    expect(valueOf(await inbox.communicationOf("nobody's"))).toBeNull();
    await say("m2", "c1", "p1");
    await say("m3", "c2", "p2");
    await say("m4", "c1", "p3");
    await say("m5", "c1", null);
    await inbox.answerer("c1", "agent", 1);
    expect(valueOf(await inbox.communicationOf("c1"))).toBe("p3");
    expect(valueOf(await (await reopened(inbox, directory)).communicationOf("c1"))).toBe("p3");
  });

  test("are let go of once they are silent for a day, and for thirty days where an agent has them", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    const at = async (id: string, conversationId: string, receivedAt: number) => {
      await inbox.take(sampleMessage(id, { conversationId, communicationId: `of ${conversationId}`, receivedAt }), { kind: "left" }, null);
    };
    const passing = async (prefix: string, receivedAt: number) => {
      await Promise.all(Array.from({ length: 70 }, (_, index) => at(`${prefix}${index}`, "busy", receivedAt)));
    };
    await at("m1", "quiet", 0);
    await at("m2", "with an agent", 0);
    await inbox.answerer("with an agent", "agent", 0);
    await passing("a", DAY_MS);
    expect(valueOf(await inbox.communicationOf("quiet"))).toBe("of quiet");
    await passing("b", 2 * DAY_MS);
    expect(valueOf(await inbox.communicationOf("quiet"))).toBeNull();
    expect(valueOf(await inbox.communicationOf("with an agent"))).toBe("of with an agent");
    expect(valueOf(await inbox.communicationOf("busy"))).toBe("of busy");
    await passing("c", 31 * DAY_MS);
    expect((await reopened(inbox, directory)).opening.withAgents).toEqual([]);
  });
});

describe("what comes from outside", () => {
  const ids = ["7", "007", "1e3", "9007199254740993", " 7", "x".repeat(200), "ß𝕏'\";--", "a\u0000b", "a\u0000c"];

  test("ids are text and nothing else, of numbers too", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    expect(await Promise.all(ids.map((id) => take(inbox, id)))).toEqual(ids.map(() => "new"));
    const next = await reopened(inbox, directory);
    expect(await Promise.all(ids.map((id) => take(next, id)))).toEqual(ids.map(() => "known"));
    expect(valueOf(await next.unfinished(0, 100)).map((one) => one.id)).toEqual(ids);
  });

  test("a text comes back letter by letter", async () => {
    const texts = ["a\u0000b\u0000", "", "👩‍👩‍👧 \u202e \u001b[31m <b>", "x".repeat(1_000_000)];
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    for (const [index, text] of texts.entries()) {
      await inbox.take(sampleMessage(`m${index}`, { text }), { kind: "replying", reply: { text, origin: "bot" }, begunAt: 1 }, null);
    }
    const items = valueOf(await (await reopened(inbox, directory)).unfinished(0, 10));
    expect(items.map((one) => one.text)).toEqual(texts);
    expect(items.map((one) => (one.step.kind === "replying" ? one.step.reply.text : ""))).toEqual(texts);
  });

  test("a call that the file cannot keep fails alone, not those that go with it", async () => {
    const inbox = await openedInbox(await inboxDirectory());
    const results = await Promise.all([
      inbox.take(sampleMessage("m1"), RECEIVED, 1),
      inbox.take(sampleMessage("m2", { receivedAt: Number.NaN }), RECEIVED, 2),
      inbox.take(sampleMessage("m3"), RECEIVED, null),
    ]);
    expect(results.map((one) => one.ok)).toEqual([true, false, true]);
    expect(await found(inbox, "m2")).toBeNull();
    expect(valueOf(await inbox.counts()).unfinished).toBe(2);
  });
});

test("after the end nothing is taken, and what was asked before is done", async () => {
  const directory = await inboxDirectory();
  const inbox = await openedInbox(directory);
  const asked = take(inbox, "m1");
  const closed = inbox[Symbol.asyncDispose]();
  expect(faultIn(await inbox.take(sampleMessage("m2"), RECEIVED, null))).toMatchObject({ code: "disk", detail: "the inbox was closed" });
  expect(await asked).toBe("new");
  await closed;
  await inbox[Symbol.asyncDispose]();
  const next = await openedInbox(directory);
  expect(valueOf(await next.unfinished(0, 10)).map((one) => one.id)).toEqual(["m1"]);
});

describe("what is with an agent", () => {
  const LEFT: Step = { kind: "with-agent", rule: null, since: 5 };
  const STOPPED: Step = { kind: "with-agent", rule: { rule: "phrase", phrase: "guaranteed" }, since: 6 };
  const ANSWERED: Step = { kind: "answered", replyId: "r1" };

  const of = async (inbox: Inbox): Promise<readonly string[]> => valueOf(await inbox.withAgents(1_000)).map(({ id }) => id);

  /** An inbox in which an agent has the conversation, and messages of these ids with them. */
  async function withAgent(inbox: Inbox, steps: Readonly<Record<string, Step>>): Promise<void> {
    valueOf(await inbox.answerer("c1", "agent", 1_000));
    for (const [id, step] of Object.entries(steps)) {
      await take(inbox, id);
      valueOf(await inbox.step(id, step));
    }
  }

  test("is there with its text and rule after a restart, is known, and is neither unfinished nor dead", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    await withAgent(inbox, { m1: LEFT, m2: STOPPED });
    const next = await reopened(inbox, directory);
    expect(valueOf(await next.withAgents(10))).toMatchObject([
      { id: "m2", text: "words of m2", step: STOPPED },
      { id: "m1", text: "words of m1", step: LEFT },
    ]);
    expect(next.opening.counts).toEqual({ unfinished: 0, dead: 0, uncertain: 0 });
    expect(await take(next, "m1")).toBe("known");
    await takeMany(next, "x", WINDOW + 100, { kind: "left" });
    expect(await take(next, "m1")).toBe("known");
  });

  test("is left, and its words erased, with the step by which the agent's text is answered; what came after it stays", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    await withAgent(inbox, { m1: LEFT, m2: STOPPED });
    valueOf(await inbox.put(sampleMessage("a1"), { kind: "held", sendsAt: 9 }));
    await withAgent(inbox, { m3: LEFT });
    valueOf(await inbox.step("a1", { kind: "forwarded", reply: { text: "I will look", origin: "agent" } }));
    expect(await of(inbox)).toEqual(["m3", "m2", "m1"]);
    valueOf(await inbox.step("a1", ANSWERED));
    expect(await of(inbox)).toEqual(["m3"]);
    expect(await found(inbox, "m1")).toMatchObject({ step: { kind: "left" }, text: "" });
    const next = await reopened(inbox, directory);
    expect(await of(next)).toEqual(["m3"]);
    await next[Symbol.asyncDispose]();
    expect(inboxBytes(directory)).not.toContain("words of m1");
    expect(inboxBytes(directory)).not.toContain("words of m2");
    expect(inboxBytes(directory)).toContain("words of m3");
  });

  test("is not answered by the bot's answer to another message, nor by an agent elsewhere", async () => {
    const inbox = await openedInbox(await inboxDirectory());
    await withAgent(inbox, { m1: LEFT });
    await take(inbox, "m2");
    valueOf(await inbox.step("m2", ANSWERED));
    valueOf(await inbox.put(sampleMessage("a1", { conversationId: "c2" }), { kind: "held", sendsAt: 9 }));
    valueOf(await inbox.step("a1", ANSWERED));
    expect(await of(inbox)).toEqual(["m1"]);
  });

  test("is answered by a message that was written on the platform after it", async () => {
    const inbox = await openedInbox(await inboxDirectory());
    await withAgent(inbox, { m1: LEFT });
    await take(inbox, "g1", { kind: "left" });
    await withAgent(inbox, { m2: LEFT });
    valueOf(await inbox.attended("g1"));
    valueOf(await inbox.attended("nothing"));
    expect(await of(inbox)).toEqual(["m2"]);
  });

  test("goes back to the bot with its conversation, in the same step, but for what policy stopped", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    await withAgent(inbox, { m1: LEFT, m2: STOPPED, m3: LEFT });
    const [back, late] = await Promise.all([inbox.answerer("c1", "bot", 2_000), inbox.step("m3", LEFT)]);
    expect(valueOf(back)).toEqual({ ids: ["m1", "m3"], first: 1 });
    // Nobody has it any more, so that nothing can be left to them.
    expect(faultIn(late)).toMatchObject({ code: "not-found-here" });
    const next = await reopened(inbox, directory);
    expect(valueOf(await next.unfinished(0, 10))).toMatchObject([
      { id: "m1", text: "words of m1", step: RECEIVED },
      { id: "m3", step: RECEIVED },
    ]);
    expect(await of(next)).toEqual(["m2"]);
    expect(valueOf(await next.answerer("c1", "bot", 3_000))).toEqual({ ids: [], first: null });
    expect(valueOf(await next.step("m2", { kind: "withdrawn" }))).toBeNull();
    expect(await of(next)).toEqual([]);
  });

  test("is let go of after thirty days, with its words", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    await withAgent(inbox, { m1: STOPPED });
    const later = (days: number, count: number) =>
      Promise.all(Array.from({ length: count }, (_, index) => inbox.take(sampleMessage(`d${days}-${index}`, { conversationId: "c9", receivedAt: 1_000 + days * DAY_MS }), { kind: "left" }, null)));
    await later(29, 70);
    expect(await of(inbox)).toEqual(["m1"]);
    await later(31, 70);
    expect(await of(inbox)).toEqual([]);
    expect(await found(inbox, "m1")).toMatchObject({ step: { kind: "left" }, text: "" });
  });
});
