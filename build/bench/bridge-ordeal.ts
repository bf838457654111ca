import { fork } from "node:child_process";
import { once } from "node:events";
import { z } from "zod";
import type { Figure } from "./figure.ts";

/** The whole run of the bridge's reliability: see `test/support/bridge-ordeal.ts`, which makes it. */
const WHOLE = { messages: 10_000, conversations: 200, drops: 300, replay: 50, botMs: 100, botFails: 0.05 } as const;
const KILLS = 50;

const outcomeSchema = z.strictObject({
  seconds: z.number(),
  sent: z.number(),
  answered: z.number(),
  /** Neither answered nor flagged. */
  lost: z.number(),
  flagged: z.number(),
  doubled: z.number(),
  outOfOrder: z.number(),
  unknown: z.number(),
  drops: z.number(),
  replayed: z.number(),
  deadLetters: z.number(),
  kills: z.number(),
  selfKills: z.number(),
});
type Outcome = z.infer<typeof outcomeSchema>;

const none = { kind: "at most", value: 0 } as const;

/** Drops, replays and a bot that fails: every message answered once, in order. */
export async function measureBridgeDrops(): Promise<readonly Figure[]> {
  const outcome = await undergo({ ...WHOLE, kills: 0, atEachStep: false, readRefused: false });
  return [
    ...figuresOf("bridge, 10,000 messages, 300 drops", outcome),
    { name: "  events that came again after drops", value: outcome.replayed, unit: "events" },
  ];
}

/** The same with the process killed, and again where the conversations cannot be read back. */
export async function measureBridgeKills(): Promise<readonly Figure[]> {
  const kills = { ...WHOLE, kills: KILLS, atEachStep: true };
  const read = await undergo({ ...kills, readRefused: false });
  const unread = await undergo({ ...kills, readRefused: true });
  return [
    ...figuresOf(`the same, killed ${read.kills} times and ${read.selfKills} at steps`, read),
    ...figuresOf("the same, read-back refused", unread),
    { name: "  unanswered, all of them flagged", value: unread.flagged, unit: "messages" },
  ];
}

function figuresOf(name: string, outcome: Outcome): readonly Figure[] {
  const { answered, seconds, lost, doubled, outOfOrder, unknown } = outcome;
  return [
    { name: `${name}: answered`, value: answered, unit: "messages" },
    { name: "  lost", value: lost, unit: "messages", limit: none },
    { name: "  doubled", value: doubled + unknown, unit: "messages", limit: none },
    { name: "  out of order", value: outOfOrder, unit: "messages", limit: none },
    { name: "  took", value: seconds, unit: "s" },
  ];
}

async function undergo(settings: typeof WHOLE & { readonly kills: number; readonly atEachStep: boolean; readonly readRefused: boolean }): Promise<Outcome> {
  const script = new URL("../../test/support/bridge-ordeal.ts", import.meta.url);
  // The channel is there so that it ends when this process does.
  const child = fork(script, [JSON.stringify(settings)], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  let printed = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`the run ended with ${String(code ?? "a signal")}`);
  const outcome = outcomeSchema.parse(JSON.parse(printed));
  if (outcome.sent !== settings.messages || outcome.drops !== settings.drops || outcome.kills !== settings.kills) {
    throw new Error(`not the run that was asked for: ${printed}`);
  }
  return outcome;
}
