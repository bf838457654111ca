import { z } from "zod";
import { connectBridge } from "../../electron/bridge/open-bridge.ts";
import type { Bridge, BridgeOptions, BridgePlatform } from "../../electron/bridge/bridge.ts";
import type { Inbox, Step } from "../../electron/bridge/inbox.ts";
import { openInbox } from "../../electron/bridge/inbox-store.ts";
import { openNetwork } from "../../electron/net/network.ts";
import { systemClock } from "../../electron/net/system-clock.ts";

/**
 * A process of its own that runs the bridge, to be killed. One argument, JSON. `dieAt`: it kills itself when an item comes to
 * this step for the time named, before it is kept or after. `agents`: they take over each conversation with its first message, or hand back all that they have.
 */
const given = z.object({
  platform: z.custom<BridgePlatform>(),
  stateDirectory: z.string(),
  settleMs: z.number(),
  agents: z.enum(["take over", "hand back"]).optional(),
  dieAt: z.object({ step: z.string(), when: z.enum(["before", "after"]), time: z.number() }).nullable(),
}).parse(JSON.parse(process.argv[2] ?? ""));

let times = 0;
const die = (step: Step, when: "before" | "after"): void => {
  const { dieAt } = given;
  if (dieAt === null || dieAt.step !== step.kind || dieAt.when !== when) return;
  times += 1;
  if (times === dieAt.time) process.kill(process.pid, "SIGKILL");
};

/** After it has killed itself a process may live for a moment: it must not go on. */
const around = async <T>(step: Step, call: () => Promise<T>): Promise<T> => {
  die(step, "before");
  const result = await call();
  die(step, "after");
  return result;
};

const network = await openNetwork({ readFile: () => Promise.reject(new Error("no file")) });
const opened = await openInbox({ directory: given.stateDirectory, clock: systemClock });
if (!network.ok || !opened.ok) throw new Error("not opened");
const disk = opened.value;
const inbox: Inbox = {
  ...disk,
  take: (message, step, resumePoint) => around(step, () => disk.take(message, step, resumePoint)),
  step: (id, step) => around(step, () => disk.step(id, step)),
  async resume(point) {
    const kept = await disk.resume(point);
    if (kept.ok) console.log(JSON.stringify({ event: "point", point }));
    return kept;
  },
};
const had: string[] = [];
const taking = Promise.withResolvers<Bridge>();
const options: BridgeOptions = {
  platform: given.platform,
  agentId: null,
  stateDirectory: given.stateDirectory,
  rules: { judge: () => null, stopped: { kind: "hand-over", text: "A colleague will answer." } },
  concurrency: 32,
  heartbeatMs: 20_000,
  elevatedMs: 500,
  criticalMs: 1_000,
  settleMs: given.settleMs,
  work: "serve",
  network: network.value,
  clock: systemClock,
  // No wait is long: what is tested is not how long it waits.
  random: () => 0.01,
  newId: () => crypto.randomUUID(),
  onState: (state) => console.log(JSON.stringify({ state: state.kind })),
  onEvent: (event) => {
    if (event.kind === "answerer" && event.fromBefore === true) had.push(event.conversationId);
    if (event.kind === "message" && given.agents === "take over") void taking.promise.then((it) => it.answerer(event.conversationId, "agent"));
    if (event.kind !== "message" && event.kind !== "delivery") console.log(JSON.stringify({ event: event.kind, ...("id" in event ? { id: event.id } : {}) }));
  },
};
const bridge = await connectBridge(inbox, options);
taking.resolve(bridge);
if (given.agents === "hand back") for (const conversationId of had) void bridge.answerer(conversationId, "bot");
process.on("SIGTERM", () => {
  void (async (): Promise<void> => {
    await bridge[Symbol.asyncDispose]();
    await network.value[Symbol.asyncDispose]();
    process.exit(0);
  })();
});
