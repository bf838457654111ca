import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import type { Returned } from "./inbox.ts";
import { stages } from "./inbox-rows.ts";

/** Who has a conversation, and the messages that are with its agent. Every method throws SQLite's error. */
export interface InboxAgents {
  /** Whether an agent has the conversation of the item `id`. */
  isInHand(id: string): boolean;
  /** To an agent since then, or to the bot (null), to which go back the messages that policy did not stop. */
  handTo(conversationId: string, agentSince: number | null, at: number): Returned;
  /** What came before this position was answered by an agent. */
  attended(conversationId: string, position: number): void;
  /** The same, by the message `id`. */
  attendedBy(id: string): void;
  /** Lets go of what came before this time, the oldest first, at most `limit` of them. */
  letGo(before: number, limit: number): void;
}

const NOTHING_RETURNED: Returned = { ids: [], first: null };

const positionRow = z.object({ position: z.number() });
const returnedRow = z.object({ position: z.number(), id: z.string() });
const placeRow = z.object({ position: z.number(), conversation_id: z.string() });

/** Binds them to the inbox's tables; `erase` removes the texts of an item that is done. */
export function createInboxAgents(database: DatabaseSync, erase: (position: number) => void): InboxAgents {
  const hand = database.prepare(
    `INSERT INTO conversations (id, agent_since, last_at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET agent_since = excluded.agent_since, last_at = max(last_at, excluded.last_at)`,
  );
  const inHand = database.prepare("SELECT 1 FROM conversations WHERE id = (SELECT conversation_id FROM items WHERE id = ?) AND agent_since IS NOT NULL");
  const leave = `UPDATE items SET stage = ${stages.done}, step = 'left', step_at = NULL, rule = NULL`;
  const leaveAttended = database.prepare(`${leave} WHERE stage = ${stages.withAgent} AND conversation_id = ? AND position < ? RETURNING position`);
  const leaveOld = database.prepare(
    `${leave} WHERE position IN
       (SELECT position FROM items WHERE stage = ${stages.withAgent} AND received_at < ? ORDER BY position LIMIT ?) RETURNING position`,
  );
  const giveBack = database.prepare(
    `UPDATE items SET stage = ${stages.unfinished}, step = 'received', step_at = NULL
     WHERE stage = ${stages.withAgent} AND conversation_id = ? AND rule IS NULL RETURNING position, id`,
  );
  const placeOf = database.prepare("SELECT position, conversation_id FROM items WHERE id = ?");

  const eraseAll = (rows: readonly unknown[]): void => {
    for (const row of rows) erase(positionRow.parse(row).position);
  };
  const attended = (conversationId: string, position: number): void => {
    eraseAll(leaveAttended.all(conversationId, position));
  };

  return {
    isInHand: (id) => inHand.get(id) !== undefined,
    handTo(conversationId, agentSince, at) {
      hand.run(conversationId, agentSince, at);
      if (agentSince !== null) return NOTHING_RETURNED;
      const returned = giveBack
        .all(conversationId)
        .map((one) => returnedRow.parse(one))
        .toSorted((a, b) => a.position - b.position);
      return { ids: returned.map(({ id }) => id), first: returned[0]?.position ?? null };
    },
    attended,
    attendedBy(id) {
      const row = placeOf.get(id);
      if (row === undefined) return;
      const place = placeRow.parse(row);
      attended(place.conversation_id, place.position);
    },
    letGo(before, limit) {
      eraseAll(leaveOld.all(before, limit));
    },
  };
}
