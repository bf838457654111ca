import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { numbersFrom, startTraffic, type Traffic } from "./bridge-traffic.ts";
import { tempDirectory } from "./temp-directory.ts";

/**
 * A process that puts a bridge, in a process of its own, through a whole run of traffic: drops, replays, a bot that fails,
 * and kills. One argument, JSON; prints what became of the messages as one line of JSON.
 */
const given = z
  .strictObject({
    messages: z.number().int(),
    conversations: z.number().int(),
    drops: z.number().int(),
    replay: z.number().int(),
    botMs: z.number(),
    botFails: z.number(),
    /** SIGKILLs from outside, evenly over the messages but at no special moment. */
    kills: z.number().int(),
    /** The bridge also kills itself before and after each step that an item goes through. */
    atEachStep: z.boolean(),
    /** The conversations cannot be read back. */
    readRefused: z.boolean(),
  })
  .parse(JSON.parse(process.argv[2] ?? ""));

interface DieAt {
  readonly step: string;
  readonly when: "before" | "after";
  readonly time: number;
}

const PROGRAM = fileURLToPath(new URL("bridge-process.ts", import.meta.url));
const STEPS = ["received", "forwarded", "replying", "answered"] as const;
/** Into its work, each time. */
const SELF_KILL_AT = 40;
const SETTLE_MS = 1_000;
/** Where nothing has come for so long, nothing will: what is open then is lost. */
const STALL_MS = 60_000;

const lineSchema = z.object({ event: z.string().optional(), id: z.string().optional() });
const random = numbersFrom(41);
const flagged = new Set<string>();
const counts = { deadLetters: 0, kills: 0, selfKills: 0 };

await using traffic = await startTraffic({ ...given, random: numbersFrom(17) });
await using directory = await tempDirectory();
const startedAt = performance.now();

const deaths: readonly DieAt[] = given.atEachStep ? STEPS.flatMap((step) => (["before", "after"] as const).map((when) => ({ step, when, time: SELF_KILL_AT }))) : [];
let child = launch(traffic, deaths[0] ?? null);
// Whoever wants to know is gone, in whatever way.
process.on("disconnect", () => {
  child.kill("SIGKILL");
  process.exit(1);
});
await traffic.begin();
for (const [index] of deaths.entries()) {
  await once(child, "exit");
  if (child.signalCode !== "SIGKILL") throw new Error(`the bridge ended by itself: ${String(child.exitCode)}`);
  counts.selfKills += 1;
  child = launch(traffic, deaths[index + 1] ?? null);
}
const since = answeredCount();
for (let kill = 1; kill <= given.kills; kill += 1) {
  const share = (kill - random()) / given.kills;
  // Where nothing can be read back, some are never answered.
  await Promise.race([traffic.answered(Math.floor(since + (given.messages - since) * share * 0.9)), traffic.settled()]);
  await end(child, "SIGKILL");
  counts.kills += 1;
  child = launch(traffic, null);
}
await Promise.race([traffic.settled(), stalled()]);
await end(child, "SIGTERM");

const { sent, answered, unanswered, doubled, outOfOrder, unknown, drops, replayed } = traffic.report();
const known = new Set([...flagged].map((id) => traffic.textOf(id)));
console.log(
  JSON.stringify({
    seconds: (performance.now() - startedAt) / 1_000,
    sent,
    answered,
    lost: unanswered.filter((text) => !known.has(text)).length,
    flagged: unanswered.length,
    doubled: doubled.length,
    outOfOrder: outOfOrder.length,
    unknown: unknown.length,
    drops,
    replayed,
    ...counts,
  }),
);
process.exit();

function answeredCount(): number {
  return traffic.report().answered;
}

async function stalled(): Promise<void> {
  for (let last = -1, now = answeredCount() + flagged.size; now > last; now = answeredCount() + flagged.size) {
    last = now;
    await new Promise((resolve) => setTimeout(resolve, STALL_MS));
  }
}

/** Starts a bridge; what it flags and what it gives up is noted. */
function launch({ platform }: Traffic, dieAt: DieAt | null): ChildProcess {
  const started = spawn(process.execPath, [PROGRAM, JSON.stringify({ platform, stateDirectory: directory.path, settleMs: SETTLE_MS, dieAt })], { stdio: ["ignore", "pipe", "inherit"] });
  createInterface({ input: started.stdout }).on("line", (line) => {
    const { event, id } = lineSchema.parse(JSON.parse(line));
    if (event === "dead-letter") counts.deadLetters += 1;
    if (event !== "uncertain" || id === undefined) return;
    flagged.add(id);
    traffic.flag(id);
  });
  return started;
}

async function end(running: ChildProcess, signal: "SIGKILL" | "SIGTERM"): Promise<void> {
  const gone = once(running, "exit");
  running.kill(signal);
  await gone;
}
