import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { basename, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Inbox, Step } from "../../electron/bridge/inbox.ts";
import { migrations } from "../../electron/bridge/inbox-schema.ts";
import { openInbox } from "../../electron/bridge/inbox-store.ts";
import { createFakeClock } from "../support/fake-clock.ts";
import { faultIn, inboxBytes, inboxDirectory, openedInbox, sampleMessage, sampleReply, valueOf } from "../support/inbox-parts.ts";
import { until } from "../support/until.ts";

const RECEIVED: Step = { kind: "received" };
const clock = createFakeClock();

async function take(inbox: Inbox, id: string): Promise<"new" | "known"> {
  return valueOf(await inbox.take(sampleMessage(id), RECEIVED, null));
}

async function unfinished(inbox: Inbox): Promise<readonly string[]> {
  return valueOf(await inbox.unfinished(0, 1_000)).map((one) => one.id);
}

/** An inbox in a process of its own, and the first line that it says. */
async function elsewhere(directory: string) {
  const script = fileURLToPath(new URL("../support/inbox-writer.ts", import.meta.url));
  const child = spawn(process.execPath, [script, directory, "x"], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = once(child, "exit");
  const [said] = await once(child.stdout, "data");
  return { child, exited, said: String(said).trim() };
}

describe("one bridge on a directory", () => {
  test("a second one in the same process is refused, and the first one goes on", async () => {
    const directory = await inboxDirectory();
    const first = await openedInbox(directory);
    const fault = faultIn(await openInbox({ directory, clock }));
    expect(fault).toMatchObject({ kind: "policy", code: "in-use" });
    expect(fault.detail).toContain(directory);
    expect(await take(first, "m1")).toBe("new");
    await first[Symbol.asyncDispose]();
    expect(await unfinished(await openedInbox(directory))).toEqual(["m1"]);
  });

  test("one in another process is refused, also after one of this process was", async () => {
    const directory = await inboxDirectory();
    const first = await openedInbox(directory);
    expect((await elsewhere(directory)).said).toBe("refused in-use");
    // A process loses all its locks on a file when it closes the file once, by whatever way it had opened it.
    faultIn(await openInbox({ directory, clock }));
    expect((await elsewhere(directory)).said).toBe("refused in-use");
    expect(await take(first, "m1")).toBe("new");
  });

  test("one that was killed leaves the directory free", async () => {
    const directory = await inboxDirectory();
    const other = await elsewhere(directory);
    expect(other.said).toBe("open");
    expect(faultIn(await openInbox({ directory, clock }))).toMatchObject({ code: "in-use" });
    other.child.kill("SIGKILL");
    await other.exited;
    expect((await openedInbox(directory)).opening.setAside).toBeNull();
  });
});

describe("the file", () => {
  test.skipIf(process.platform === "win32")("is for its owner alone, and so is its directory", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    await take(inbox, "m1");
    expect(readdirSync(directory).toSorted()).toEqual(["inbox.sqlite", "inbox.sqlite-wal"]);
    for (const name of ["", ...readdirSync(directory)]) expect(statSync(join(directory, name)).mode & 0o077).toBe(0);
  });

  test("is made private where it was not, and stands alone after the end", async () => {
    const directory = await inboxDirectory();
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, "inbox.sqlite"), "", { mode: 0o644 });
    const inbox = await openedInbox(directory);
    if (process.platform !== "win32") expect(statSync(join(directory, "inbox.sqlite")).mode & 0o777).toBe(0o600);
    await take(inbox, "m1");
    await inbox[Symbol.asyncDispose]();
    expect(readdirSync(directory)).toEqual(["inbox.sqlite"]);
  });

  test("is written so that a power cut takes nothing back", async () => {
    const directory = await inboxDirectory();
    const worker = new URL("../support/inbox-pragmas.ts", import.meta.url);
    await openedInbox(directory, { worker });
    const pragmas: unknown = JSON.parse(readFileSync(join(directory, "pragmas"), "utf8"));
    // `synchronous` 2 is FULL.
    expect(pragmas).toEqual({ journal_mode: "wal", synchronous: 2, secure_delete: 1, locking_mode: "exclusive", fullfsync: 1 });
  });

  test("a place that cannot be used is told as it is", async () => {
    const directory = await inboxDirectory();
    mkdirSync(join(directory, ".."), { recursive: true });
    writeFileSync(directory, "a file where a directory should be");
    const fault = faultIn(await openInbox({ directory, clock }));
    expect(fault).toMatchObject({ kind: "transport", code: "disk" });
    expect(fault.detail).toContain(directory);
  });
});

describe("versions", () => {
  test("one of the first version is read, with what was in it, and takes what is new", async () => {
    const directory = await inboxDirectory();
    mkdirSync(directory, { recursive: true });
    const old = new DatabaseSync(join(directory, "inbox.sqlite"));
    old.exec(`${migrations[0] ?? ""}; PRAGMA user_version = 1;
      INSERT INTO items (id, taken, stage, author, conversation_id, received_at, unsaid, step) VALUES ('m1', 1, 0, 'customer', 'c1', 1000, 0, 'received');
      INSERT INTO texts VALUES (2, 'words of m1'); INSERT INTO conversations (id, agent_since, last_at) VALUES ('c1', 7, 1000);
      UPDATE state SET taken = 1, resume_point = 41`);
    old.close();
    const inbox = await openedInbox(directory);
    expect(inbox.opening).toMatchObject({ resumePoint: 41, withAgents: [{ conversationId: "c1", since: 7 }], setAside: null });
    expect(valueOf(await inbox.unfinished(0, 10))).toMatchObject([{ id: "m1", text: "words of m1", step: RECEIVED }]);
    valueOf(await inbox.step("m1", { kind: "with-agent", rule: null, since: 9 }));
    expect(valueOf(await inbox.withAgents(10))).toMatchObject([{ id: "m1", text: "words of m1" }]);
  });

  test("a file of a newer version is refused and left as it is", async () => {
    const directory = await inboxDirectory();
    mkdirSync(directory, { recursive: true });
    const file = join(directory, "inbox.sqlite");
    const newer = new DatabaseSync(file);
    newer.exec("PRAGMA journal_mode = WAL; CREATE TABLE of_tomorrow (a); PRAGMA user_version = 9");
    newer.close();
    const before = readFileSync(file);
    const fault = faultIn(await openInbox({ directory, clock }));
    expect(fault).toMatchObject({ kind: "refused", code: "newer-file" });
    expect(fault.detail).toMatch(/the inbox .*version 9.*up to 2/u);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(directory)).toEqual(["inbox.sqlite"]);
  });

  test("one whose version is in its log of changes only is refused too", async () => {
    const directory = await inboxDirectory();
    mkdirSync(directory, { recursive: true });
    const script = `const { DatabaseSync } = require("node:sqlite");
      const database = new DatabaseSync(${JSON.stringify(join(directory, "inbox.sqlite"))});
      database.exec("PRAGMA journal_mode = WAL; CREATE TABLE of_tomorrow (a); PRAGMA user_version = 9");
      process.kill(process.pid, "SIGKILL");`;
    await once(spawn(process.execPath, ["-e", script], { stdio: "ignore" }), "exit");
    expect(existsSync(join(directory, "inbox.sqlite-wal"))).toBe(true);
    expect(faultIn(await openInbox({ directory, clock }))).toMatchObject({ code: "newer-file" });
    const look = new DatabaseSync(join(directory, "inbox.sqlite"));
    expect(look.prepare("SELECT name FROM sqlite_schema").all()).toMatchObject([{ name: "of_tomorrow" }]);
    look.close();
  });
});

describe("a damaged file", () => {
  const damages: readonly (readonly [string, (file: string) => void])[] = [
    ["that is no database", (file) => writeFileSync(file, "not a database at all, but long enough to look like one ".repeat(40))],
    [
      "with pages overwritten",
      (file) => {
        const handle = openSync(file, "r+");
        for (let position = 4_096; position < statSync(file).size; position += 4_096) writeSync(handle, Buffer.alloc(2_000, 0x5a), 0, 2_000, position);
        closeSync(handle);
      },
    ],
    ["cut short", (file) => writeFileSync(file, readFileSync(file).subarray(0, 5_000))],
  ];

  test.each(damages)("%s is put aside and told, and a new one is begun", async (_, damage) => {
    const directory = await inboxDirectory();
    const first = await openedInbox(directory);
    await Promise.all(Array.from({ length: 200 }, (_, index) => take(first, `m${index}`)));
    await first[Symbol.asyncDispose]();
    const file = join(directory, "inbox.sqlite");
    damage(file);
    const damaged = readFileSync(file);
    const inbox = await openedInbox(directory);
    const { setAside } = inbox.opening;
    expect(basename(setAside ?? "")).toMatch(/^inbox\.sqlite\.damaged-2026-01-05/u);
    expect(readFileSync(setAside ?? "").equals(damaged)).toBe(true);
    expect(inbox.opening.counts.unfinished).toBe(0);
    expect(await take(inbox, "m0")).toBe("new");
    await inbox[Symbol.asyncDispose]();
    expect((await openedInbox(directory)).opening.setAside).toBeNull();
  });
});

describe("words", () => {
  const words = (id: string): string => `unmistakable-${id}-`;

  test("of what is done are gone from the file and its log, once writing has come to rest", async () => {
    const directory = await inboxDirectory();
    const clock = createFakeClock();
    const inbox = await openedInbox(directory, { clock });
    const ends: readonly Step[] = [{ kind: "answered", replyId: "r" }, { kind: "left" }, { kind: "withdrawn" }, { kind: "answered", replyId: null }];
    // Of all lengths, so that rows move between pages; some beyond a page.
    const long = (index: number): string => " and more".repeat((index * 37) % 200 + (index % 50 === 0 ? 3_000 : 0));
    const one = async (index: number): Promise<void> => {
      const id = `m${index}`;
      const text = `${words(id)}said${long(index)}`;
      const reply = { text: `${words(id)}answered${long(index + 1)}`, origin: "bot" } as const;
      await inbox.take(sampleMessage(id, { text }), RECEIVED, index);
      await inbox.step(id, { kind: "forwarded", reply });
      if (index % 5 === 0) await inbox.step(id, { kind: "dead", fault: { kind: "transport", code: "timeout", detail: "late" }, diedAt: 1, attempts: 5, reply });
      await inbox.step(id, { kind: "replying", reply, begunAt: 1 });
      if (index % 3 !== 1) await inbox.step(id, ends[index % 4] ?? RECEIVED);
    };
    for (let from = 0; from < 1_000; from += 200) await Promise.all(Array.from({ length: 200 }, (_, index) => one(from + index)));
    await inbox.take(sampleMessage("shown", { text: words("shown") }), { kind: "left" }, null);
    expect(clock.pending()).toBe(1);
    await clock.advance(2_000);
    await until(() => statSync(join(directory, "inbox.sqlite-wal")).size === 0);
    const found = new Set(inboxBytes(directory).match(/unmistakable-\w+-/gu));
    // What is not done keeps its words, on pages that it once shared: the search finds what is there.
    expect([...found].toSorted()).toEqual(Array.from({ length: 333 }, (_, index) => words(`m${index * 3 + 1}`)).toSorted());
    expect(clock.pending()).toBe(0);
  });

  test("are removed from the log by the next opening at the latest", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory);
    await take(inbox, "m1");
    await inbox.step("m1", { kind: "left" });
    expect(inboxBytes(directory)).toContain("words of m1");
    await inbox[Symbol.asyncDispose]();
    expect(inboxBytes(directory)).not.toContain("words of m1");
  });
});

describe("a disk that refuses", () => {
  const worker = new URL("../support/inbox-small-disk.ts", import.meta.url);

  test.each([
    { mark: "full", words: "no space is left on the disk" },
    { mark: "read-only", words: "the file is read-only" },
  ])("($mark) fails every call of the transaction, which leaves nothing, and the next one is tried again", async ({ mark, words }) => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory, { worker });
    valueOf(await inbox.take(sampleMessage("m0"), RECEIVED, 7));
    writeFileSync(join(directory, mark), "");
    const long = "many words ".repeat(10_000);
    const refused = await Promise.all([
      inbox.take(sampleMessage("m1", { text: long }), RECEIVED, 8),
      inbox.step("m0", { kind: "forwarded", reply: sampleReply(long) }),
      inbox.put(sampleMessage("a1"), { kind: "held", sendsAt: 1 }),
      inbox.resume(9),
    ]);
    for (const result of refused) expect(faultIn(result)).toMatchObject({ code: "disk", detail: expect.stringContaining(words) });
    expect(valueOf(await inbox.find("m1"))).toBeNull();
    expect(valueOf(await inbox.find("m0"))?.step).toEqual(RECEIVED);
    rmSync(join(directory, mark));
    expect(valueOf(await inbox.take(sampleMessage("m1", { text: long }), RECEIVED, null))).toBe("new");
    await inbox[Symbol.asyncDispose]();
    const next = await openedInbox(directory);
    expect(await unfinished(next)).toEqual(["m0", "m1"]);
    // That of the calls which failed did not hold.
    expect(next.opening.resumePoint).toBe(7);
  });
});

describe("a thread that dies", () => {
  const worker = new URL("../support/inbox-dying.ts", import.meta.url);

  test("before it wrote: the call fails, and the next one is done by another thread on the same file", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory, { worker });
    await take(inbox, "m1");
    expect(faultIn(await inbox.take(sampleMessage("die before"), RECEIVED, 3))).toMatchObject({ code: "disk", detail: expect.stringContaining("the inbox's thread") });
    expect(await take(inbox, "m1")).toBe("known");
    expect(await take(inbox, "die before")).toBe("new");
    expect(await unfinished(inbox)).toEqual(["m1", "die before"]);
  });

  test("after it wrote and before it said so: what it took is new to whoever takes it again, once", async () => {
    const directory = await inboxDirectory();
    const inbox = await openedInbox(directory, { worker });
    await take(inbox, "m1");
    const lost = await Promise.all(["m1", "die after", "m2"].map((id) => inbox.take(sampleMessage(id), RECEIVED, 3)));
    expect(lost.map((one) => one.ok)).toEqual([false, false, false]);
    expect(await Promise.all(["m1", "die after", "m2", "m2"].map((id) => take(inbox, id)))).toEqual(["known", "new", "new", "known"]);
    expect(await unfinished(inbox)).toEqual(["m1", "die after", "m2"]);
    expect((await elsewhere(directory)).said).toBe("refused in-use");
  });
});
