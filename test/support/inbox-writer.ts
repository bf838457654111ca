import { openInbox } from "../../electron/bridge/inbox-store.ts";
import { systemClock } from "../../electron/net/system-clock.ts";

/**
 * An inbox in a process of its own, to be killed: takes messages and moves them on, many at a time, and writes each step
 * to standard output once it is safe. Arguments: directory, prefix of the ids. It begins when it is told to on standard input.
 */
const [directory = "", prefix = ""] = process.argv.slice(2);
const opened = await openInbox({ directory, clock: systemClock });
if (!opened.ok) {
  process.stdout.write(`refused ${opened.error.code}\n`);
  process.exit(1);
}
const inbox = opened.value;
process.stdout.write("open\n");
process.stdin.once("data", () => {
  for (let lane = 0; lane < 20; lane += 1) void work(lane);
});

async function work(lane: number): Promise<void> {
  for (let count = 0; ; count += 1) {
    const id = `${prefix}-${lane}-${count}`;
    const reply = { text: `answer to ${id}`, origin: "bot" } as const;
    await inbox.take({ id, conversationId: `c${lane}`, communicationId: null, text: `words of ${id}`, receivedAt: 1, eventTime: null }, { kind: "received" }, count);
    say(id, "received");
    await inbox.step(id, { kind: "forwarded", reply });
    say(id, "forwarded");
    await inbox.step(id, { kind: "replying", reply, begunAt: 2 });
    say(id, "replying");
    await inbox.step(id, { kind: "answered", replyId: `reply to ${id}` });
    say(id, "answered");
  }
}

function say(id: string, step: string): void {
  process.stdout.write(`${id} ${step}\n`);
}
