import { hash } from "node:crypto";
import type { Origin } from "../../shared/bridge.ts";

interface Named {
  readonly id: string;
  readonly conversationId: string;
}

/** The `Idempotency-Key` of asking about a message: the same each time, also after a restart. Ids may hold anything; this is plain letters. */
export function questionKey(item: Named): string {
  return keyOf(["question", item.conversationId, item.id]);
}

/** The same for the reply to a message; what goes in the place of the bot's answer is another reply. */
export function replyKey(item: Named, origin: Origin): string {
  return keyOf([`reply-${origin}`, item.conversationId, item.id]);
}

function keyOf(parts: readonly string[]): string {
  return hash("sha256", JSON.stringify(parts)).slice(0, 40);
}
