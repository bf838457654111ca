import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { InboxItem } from "../../electron/bridge/inbox.ts";
import { inboxDirectory, openedInbox, valueOf } from "../support/inbox-parts.ts";

const STEPS = ["received", "forwarded", "replying", "answered"];

/** Lets a process work on the inbox, and kills it after it has said `lines` steps; the last step that it said of each id. */
async function workUntilKilled(directory: string, prefix: string, lines: number): Promise<ReadonlyMap<string, string>> {
  const script = fileURLToPath(new URL("../support/inbox-writer.ts", import.meta.url));
  const child = spawn(process.execPath, [script, directory, prefix], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const exited = once(child, "exit");
  const said = new Map<string, string>();
  let count = 0;
  let rest = "";
  // Chunk by chunk to the end of the pipe: the iterator of readline lets lines go that wait when the other side dies.
  for await (const chunk of child.stdout.setEncoding("utf8") as AsyncIterable<string>) {
    const written = (rest + chunk).split("\n");
    rest = written.pop() ?? "";
    for (const line of written) {
      if (line === "open") {
        child.stdin.write("begin\n");
        continue;
      }
      const [id = "", step = ""] = line.split(" ");
      said.set(id, step);
      count += 1;
      if (count === lines) child.kill("SIGKILL");
    }
  }
  await exited;
  return said;
}

/** What is wrong with an item, by the last step that was said of it; null where all is as it must be. */
function faultOf(item: InboxItem | null, id: string, said: string): string | null {
  if (item === null) return `${id} is lost`;
  const { kind } = item.step;
  const ahead = STEPS.indexOf(kind) - STEPS.indexOf(said);
  if (ahead !== 0 && ahead !== 1) return `${id} was said to be ${said}, and is ${kind}`;
  const text = kind === "answered" ? "" : `words of ${id}`;
  if (item.text !== text) return `${id} has the text ${item.text}`;
  if ("reply" in item.step && item.step.reply?.text !== `answer to ${id}`) return `${id} has another reply`;
  return kind === "answered" && item.step.replyId !== `reply to ${id}` ? `${id} has another reply's id` : null;
}

test("whatever a process said to be safe is there after it was killed, and nothing is torn", async () => {
  const directory = await inboxDirectory();
  for (let round = 0; round < 6; round += 1) {
    const said = await workUntilKilled(directory, `r${round}`, 1 + Math.floor(Math.random() * 1_500));
    const inbox = await openedInbox(directory);
    expect(inbox.opening).toMatchObject({ setAside: null, resumePoint: expect.any(Number) });
    const faults = await Promise.all([...said].map(async ([id, step]) => faultOf(valueOf(await inbox.find(id)), id, step)));
    expect(said.size).toBeGreaterThan(0);
    expect(faults.filter((one) => one !== null)).toEqual([]);
    // What was not said is no more than what was under way: one item in each of the 20 lanes.
    const open = valueOf(await inbox.unfinished(0, 1_000));
    const mine = open.filter((one) => one.id.startsWith(`r${round}-`));
    expect(mine.length).toBeLessThanOrEqual(20);
    expect(mine.filter((one) => !said.has(one.id)).every((one) => one.step.kind === "received")).toBe(true);
    expect(inbox.opening.counts).toEqual({ unfinished: open.length, dead: 0, uncertain: 0 });
    await inbox[Symbol.asyncDispose]();
  }
}, 60_000);
