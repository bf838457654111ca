import type { BridgeEvent } from "../../shared/bridge.ts";
import type { Conversations } from "./conversations.ts";
import type { Inbox } from "./inbox.ts";
import type { OwnReplies } from "./own-replies.ts";
import type { StorageWatch } from "./storage-watch.ts";
import { deliveryOf } from "./work-job.ts";
import { letterOf } from "./work-telling.ts";

/** More than anybody looks through; older ones stay on the disk, and can be replayed with the others. */
const MAX_TOLD = 1_000;

/** Tells what an earlier run left for people: conversations that agents have, dead letters, and what is uncertain; the oldest first. */
export async function tellOpening({ inbox, storage, own, conversations, tell }: {
  readonly inbox: Inbox;
  readonly storage: StorageWatch;
  readonly own: OwnReplies;
  readonly conversations: Conversations;
  readonly tell: (event: BridgeEvent) => void;
}): Promise<void> {
  for (const { conversationId, since } of inbox.opening.withAgents) {
    tell({ kind: "answerer", conversationId, answerer: "agent", why: "asked", since, fromBefore: true });
  }
  const { counts } = inbox.opening;
  const [dead, uncertain] = await Promise.all([
    counts.dead === 0 ? null : inbox.dead(MAX_TOLD),
    counts.uncertain === 0 ? null : inbox.uncertain(MAX_TOLD),
  ]);
  for (const read of [dead, uncertain]) if (read !== null) storage.outcome(read);
  for (const item of dead?.ok === true ? dead.value.toReversed() : []) {
    const { step, receivedAt } = item;
    if (step.kind !== "dead") continue;
    conversations.note(item.conversationId, item.communicationId);
    if (item.author === "customer") tell({ kind: "dead-letter", letter: letterOf(item, step), fromBefore: true });
    const reply = step.reply ?? (item.author === "agent" ? { text: item.text, origin: "agent" as const } : null);
    if (reply !== null) tell({ kind: "delivery", delivery: deliveryOf(item, reply, receivedAt, { kind: "failed", fault: step.fault }) });
  }
  for (const item of uncertain?.ok === true ? uncertain.value.toReversed() : []) {
    const { id, conversationId, communicationId, receivedAt, step } = item;
    if (step.kind !== "uncertain") continue;
    conversations.note(conversationId, communicationId);
    own.uncertain({ id, conversationId, reply: step.reply });
    tell({ kind: "delivery", delivery: deliveryOf(item, step.reply, receivedAt, { kind: "uncertain" }) });
    tell({ kind: "uncertain", id, conversationId, fromBefore: true });
  }
}
