import type { BridgedConversation } from "../../shared/bridge-view.ts";
import type { Delivery } from "../../shared/bridge.ts";
import type { Utterance } from "../../shared/interaction.ts";

/**
 * A row of the transcript. `gap`: the platform's numbers say that lines are missing here. `message`: one of ours into a
 * bridged chat that is no utterance yet. `typing`: the bot is being asked, `since` in ms since the Unix epoch.
 */
export type TranscriptRow =
  | { readonly kind: "dropped"; readonly id: "dropped"; readonly count: number }
  | { readonly kind: "gap"; readonly id: string; readonly count: number }
  | { readonly kind: "utterance"; readonly id: string; readonly utterance: Utterance; readonly named: boolean; readonly delivery: Delivery | null }
  | { readonly kind: "message"; readonly id: string; readonly delivery: Delivery; readonly named: boolean }
  | { readonly kind: "typing"; readonly id: "typing"; readonly since: number };

/** What a bridged chat adds to what was said. */
export type ChatRows = Pick<BridgedConversation, "deliveries" | "askingSince">;

const noChat: ChatRows = { deliveries: [], askingSince: null };

/**
 * Lays out utterances as rows. `dropped`: how many older ones were let go. A speaker is named when it changes, not on
 * every line. Messages of ours stand at their utterance, or where they were written while they are none.
 */
export function transcriptRows(utterances: readonly Utterance[], dropped: number, chat: ChatRows = noChat): readonly TranscriptRow[] {
  const rows: TranscriptRow[] = dropped > 0 ? [{ kind: "dropped", id: "dropped", count: dropped }] : [];
  const deliveries = new Map(chat.deliveries.map((delivery) => [replyId(delivery), delivery]));
  const unsaid = unsaidOf(utterances, dropped, chat.deliveries);
  let next = 0;
  let previous: Utterance | undefined;
  let speaker: string | undefined;
  const pushUnsaid = (before: number): void => {
    for (let delivery = unsaid[next]; delivery !== undefined && delivery.at < before; delivery = unsaid[next]) {
      const by = speakerOfDelivery(delivery);
      rows.push({ kind: "message", id: replyId(delivery), delivery, named: by !== speaker });
      speaker = by;
      next += 1;
    }
  };
  for (const utterance of utterances) {
    pushUnsaid(utterance.at);
    const missing = missingBetween(previous, utterance);
    if (missing > 0) rows.push({ kind: "gap", id: `gap ${utterance.id}`, count: missing });
    const named = missing > 0 || speaker !== utterance.speaker;
    rows.push({ kind: "utterance", id: utterance.id, utterance, named, delivery: deliveries.get(utterance.id) ?? null });
    previous = utterance;
    ({ speaker } = utterance);
  }
  pushUnsaid(Number.POSITIVE_INFINITY);
  if (chat.askingSince !== null) rows.push({ kind: "typing", id: "typing", since: chat.askingSince });
  return rows;
}

/** Whose line a message of ours is. */
export function speakerOfDelivery({ origin }: Delivery): "agent" | "bot" {
  return origin === "agent" ? "agent" : "bot";
}

function replyId({ id }: Delivery): string {
  return `reply-${id}`;
}

/** Messages without an utterance, by time. One that arrived long ago has only lost its line to the bound of the transcript. */
function unsaidOf(utterances: readonly Utterance[], dropped: number, deliveries: readonly Delivery[]): readonly Delivery[] {
  if (deliveries.length === 0) return [];
  const said = new Set(utterances.map(({ id }) => id));
  const oldest = dropped > 0 ? (utterances[0]?.at ?? 0) : 0;
  return deliveries
    .filter((delivery) => !said.has(replyId(delivery)) && delivery.state.kind !== "withdrawn" && (delivery.state.kind !== "delivered" || delivery.at >= oldest))
    .toSorted((a, b) => a.at - b.at);
}

function missingBetween(previous: Utterance | undefined, next: Utterance): number {
  if (previous?.sequence === undefined || next.sequence === undefined) return 0;
  return Math.max(0, next.sequence - previous.sequence - 1);
}
