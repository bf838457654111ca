import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { assertNever } from "../../shared/assert-never.ts";
import { WINDOW, type InboxCounts, type InboxItem, type InboxOpening, type Step, type TakenMessage } from "./inbox.ts";
import type { InboxAnswer, InboxCall } from "./inbox-protocol.ts";
import { columnsOf, isDone, ITEM_COLUMNS, itemOf, replyIn, stages } from "./inbox-rows.ts";
import { createInboxAgents } from "./inbox-agents.ts";
import { sweepTexts } from "./inbox-sweep.ts";

/** Old ids are let go of every so many messages, so many at a time: little enough that nobody waits for it. */
const PRUNE_EVERY = 64;
const PRUNE_ROWS = 200;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** How exactly it is kept when a conversation was last heard. */
const HEARD_WITHIN_MS = 10 * MINUTE_MS;
/** A conversation that is silent for longer is let go of: where its replies go, and that an agent has it. */
const SILENT_MS = DAY_MS;
const SILENT_WITH_AGENT_MS = 30 * DAY_MS;

/** The inbox's tables. Every method throws SQLite's error. Nothing is kept before the transaction around it is. */
export interface InboxTables {
  /** What the file holds, but for what has become of the file itself. */
  opening(): Omit<InboxOpening, "setAside">;
  answer(call: InboxCall): InboxAnswer;
  /** Before the transaction's end: writes what changed with every message, and lets go of what is too old. */
  finish(): void;
  /** After the transaction's end. */
  kept(): void;
  /** The transaction failed: what it did is forgotten. */
  forgotten(): void;
  /** Outside of a transaction: removes what is left of erased texts (see {@link sweepTexts}), where any were. */
  sweep(): void;
  /** The highest position that is on the disk. */
  position(): number;
}

/** What changes with every message: kept here, and written once in a transaction. */
interface State {
  readonly resumePoint: number | null;
  /** How many messages were taken, ever. */
  readonly taken: number;
  readonly position: number;
  /** How many had been taken when old ids were last let go of. */
  readonly prunedAt: number;
  /** The time of the latest call that bore one: what silence goes by. */
  readonly lastAt: number;
  /** Items that an earlier thread wrote without having said so: to its caller they are new. */
  readonly unheard: ReadonlySet<string>;
}

const stateRow = z.object({ resume_point: z.number().nullable(), taken: z.number() });
const foundRow = z.object({ stage: z.number(), taken: z.number(), step: z.string() });
const countRow = z.object({ stage: z.number(), count: z.number() });
const movedRow = z.object({ position: z.number(), author: z.string(), conversation_id: z.string() });
const positionRow = z.object({ position: z.number() });
const idRow = z.object({ id: z.string() });
const agentRow = z.object({ id: z.string(), agent_since: z.number() });
const communicationRow = z.object({ communication_id: z.string().nullable() });

/** Binds the tables. `safeTo`: where a thread before this one died, the highest position that it said to be safe. */
export function createInboxTables(database: DatabaseSync, safeTo: number | null): InboxTables {
  const find = database.prepare("SELECT stage, taken, step FROM items WHERE id = ?");
  const forget = database.prepare("DELETE FROM items WHERE id = ?");
  const insert = database.prepare(
    `INSERT INTO items (id, taken, author, conversation_id, communication_id, received_at, event_time, unsaid,
       stage, step, step_at, attempts, fault, reply_id, reply_origin, rule)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE items SET stage = ?, step = ?, step_at = ?, attempts = ?, fault = ?, reply_id = ?, reply_origin = ?, rule = ?
     WHERE id = ? AND stage <> ${stages.done} RETURNING position, author, conversation_id`,
  );
  const write = database.prepare(
    "INSERT INTO texts (key, text) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET text = excluded.text WHERE text <> excluded.text",
  );
  const erase = database.prepare("DELETE FROM texts WHERE key BETWEEN ? AND ?");
  const hear = database.prepare(
    `INSERT INTO conversations (id, communication_id, last_at) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET communication_id = coalesce(excluded.communication_id, communication_id), last_at = max(last_at, excluded.last_at)
     WHERE excluded.communication_id <> coalesce(communication_id, '') OR excluded.last_at > last_at + ${HEARD_WITHIN_MS}`,
  );
  const keepState = database.prepare("UPDATE state SET resume_point = ?, taken = ?");
  const items = (stage: number, order: "ASC" | "DESC") =>
    database.prepare(`SELECT ${ITEM_COLUMNS} FROM items WHERE stage = ${stage} AND position > ? ORDER BY position ${order} LIMIT ?`);
  const unfinished = items(stages.unfinished, "ASC");
  const dead = items(stages.dead, "DESC");
  const withAgents = items(stages.withAgent, "DESC");
  const uncertain = items(stages.uncertain, "DESC");
  const item = database.prepare(`SELECT ${ITEM_COLUMNS} FROM items WHERE id = ?`);
  const communication = database.prepare("SELECT communication_id FROM conversations WHERE id = ?");
  const count = database.prepare(`SELECT stage, count(*) AS count FROM items WHERE stage < ${stages.done} GROUP BY stage`);
  const pruneItems = database.prepare(
    `DELETE FROM items WHERE taken <= ? AND position IN
       (SELECT position FROM items WHERE stage = ${stages.done} ORDER BY position LIMIT ${PRUNE_ROWS})`,
  );
  const pruneConversations = database.prepare(
    `DELETE FROM conversations WHERE id IN
       (SELECT id FROM conversations WHERE last_at < ? AND (agent_since IS NULL OR last_at < ?) ORDER BY last_at LIMIT ${PRUNE_ROWS})`,
  );

  const readState = (): State => {
    const row = stateRow.parse(database.prepare("SELECT resume_point, taken FROM state").get());
    const { position } = positionRow.parse(database.prepare("SELECT coalesce(max(position), 0) AS position FROM items").get());
    const unheard = safeTo === null ? [] : database.prepare("SELECT id FROM items WHERE position > ?").all(safeTo);
    return {
      resumePoint: row.resume_point,
      taken: row.taken,
      position,
      prunedAt: row.taken,
      lastAt: 0,
      unheard: new Set(unheard.map((one) => idRow.parse(one).id)),
    };
  };
  let kept = readState();
  let state = kept;
  /** Whether texts were erased since the last sweep; nobody knows of the run before. */
  let hasErased = true;

  const withAgent = createInboxAgents(database, (position) => {
    erase.run(position * 2, position * 2 + 1);
    hasErased = true;
  });

  const found = (id: string): z.infer<typeof foundRow> | null => {
    const row = find.get(id);
    return row === undefined ? null : foundRow.parse(row);
  };

  /** Whether an item that an earlier thread wrote is told to its caller now. */
  const wasUnheard = (id: string): boolean => {
    if (!state.unheard.has(id)) return false;
    state = { ...state, unheard: new Set([...state.unheard].filter((one) => one !== id)) };
    return true;
  };

  const keepReply = (position: number, step: Step): void => {
    const reply = replyIn(step);
    if (reply !== null) write.run(position * 2 + 1, reply.text);
  };

  const add = (message: TakenMessage, step: Step, author: "customer" | "agent"): void => {
    const { id, conversationId, communicationId, receivedAt, eventTime } = message;
    const columns = [id, state.taken, author, conversationId, communicationId, receivedAt, eventTime, message.unsaid === true ? 1 : 0];
    const position = Number(insert.run(...columns, ...columnsOf(step)).lastInsertRowid);
    if (!isDone(step)) write.run(position * 2, message.text);
    keepReply(position, step);
    hear.run(conversationId, communicationId, receivedAt);
    state = { ...state, position, lastAt: Math.max(state.lastAt, receivedAt) };
  };

  const take = (message: TakenMessage, step: Step, resumePoint: number | null): InboxAnswer => {
    if (resumePoint !== null) state = { ...state, resumePoint };
    const before = found(message.id);
    if (before !== null) {
      if (before.stage !== stages.done || before.taken > state.taken - WINDOW) return { kind: wasUnheard(message.id) ? "new" : "known" };
      // Its id has left the window, and was only not let go of yet.
      forget.run(message.id);
    }
    state = { ...state, taken: state.taken + 1 };
    add(message, step, "customer");
    return { kind: "new" };
  };

  const move = (id: string, step: Step): InboxAnswer => {
    if (step.kind === "with-agent" && step.rule === null && !withAgent.isInHand(id)) {
      return { kind: "failed", fault: { kind: "policy", code: "not-found-here", detail: `no agent has the conversation of ${id}` } };
    }
    const row = update.get(...columnsOf(step), id);
    if (row !== undefined) {
      const { position, author, conversation_id: conversationId } = movedRow.parse(row);
      hasErased ||= isDone(step);
      if (isDone(step)) erase.run(position * 2, position * 2 + 1);
      else if (replyIn(step) === null) erase.run(position * 2 + 1, position * 2 + 1);
      keepReply(position, step);
      if (author === "agent" && step.kind === "answered") withAgent.attended(conversationId, position);
      return { kind: "done" };
    }
    if (found(id)?.step === step.kind) return { kind: "done" };
    return { kind: "failed", fault: { kind: "policy", code: "not-found-here", detail: `the inbox holds nothing unfinished of the id ${id}` } };
  };

  const counts = (): InboxCounts => {
    const rows = count.all().map((row) => countRow.parse(row));
    const of = (stage: number): number => rows.find((row) => row.stage === stage)?.count ?? 0;
    return { unfinished: of(stages.unfinished), dead: of(stages.dead), uncertain: of(stages.uncertain) };
  };

  return {
    opening: () => ({
      resumePoint: state.resumePoint,
      withAgents: database
        .prepare("SELECT id, agent_since FROM conversations WHERE agent_since IS NOT NULL ORDER BY agent_since")
        .all()
        .map((row) => agentRow.parse(row))
        .map((row) => ({ conversationId: row.id, since: row.agent_since })),
      replyIds: database
        .prepare("SELECT reply_id AS id FROM items WHERE reply_id IS NOT NULL ORDER BY position DESC LIMIT ?")
        .all(WINDOW)
        .map((row) => idRow.parse(row).id)
        .toReversed(),
      counts: counts(),
    }),
    answer(call) {
      switch (call.kind) {
        case "take":
          return take(call.message, call.step, call.resumePoint);
        case "resume":
          state = { ...state, resumePoint: call.point };
          return { kind: "done" };
        case "put":
          if (!wasUnheard(call.message.id)) add(call.message, call.step, "agent");
          return { kind: "done" };
        case "step":
          return move(call.id, call.step);
        case "answerer":
          return { kind: "returned", returned: withAgent.handTo(call.conversationId, call.answerer === "agent" ? call.at : null, call.at) };
        case "attended":
          withAgent.attendedBy(call.id);
          return { kind: "done" };
        case "unfinished":
          return listed(unfinished.all(call.after, bounded(call.limit)));
        case "dead":
          return listed(dead.all(0, bounded(call.limit)));
        case "with-agents":
          return listed(withAgents.all(0, bounded(call.limit)));
        case "uncertain":
          return listed(uncertain.all(0, bounded(call.limit)));
        case "find":
          return listed(item.all(call.id));
        case "communication": {
          const row = communication.get(call.conversationId);
          return { kind: "communication", id: row === undefined ? null : communicationRow.parse(row).communication_id };
        }
        case "counts":
          return { kind: "counts", counts: counts() };
        default:
          return assertNever(call);
      }
    },
    finish() {
      if (state.taken - state.prunedAt >= PRUNE_EVERY) {
        withAgent.letGo(state.lastAt - SILENT_WITH_AGENT_MS, PRUNE_ROWS);
        pruneItems.run(state.taken - WINDOW);
        pruneConversations.run(state.lastAt - SILENT_MS, state.lastAt - SILENT_WITH_AGENT_MS);
        state = { ...state, prunedAt: state.taken };
      }
      if (state.resumePoint !== kept.resumePoint || state.taken !== kept.taken) keepState.run(state.resumePoint, state.taken);
    },
    kept() {
      kept = state;
    },
    forgotten() {
      state = kept;
    },
    sweep() {
      if (hasErased) sweepTexts(database);
      hasErased = false;
    },
    position: () => kept.position,
  };
}

function listed(rows: readonly unknown[]): { readonly kind: "items"; readonly items: readonly InboxItem[] } {
  return { kind: "items", items: rows.map(itemOf) };
}

function bounded(limit: number): number {
  return Math.max(0, Math.trunc(limit));
}
