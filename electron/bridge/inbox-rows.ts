import { z } from "zod";
import { assertNever } from "../../shared/assert-never.ts";
import { originSchema } from "../../shared/bridge.ts";
import { faultSchema } from "../../shared/fault.ts";
import { withheldSchema } from "../../shared/suggestion.ts";
import { json } from "../files/json-column.ts";
import type { InboxItem, Reply, Step } from "./inbox.ts";

/** What a step is to the tables: to be worked, a person's to settle, an agent's to answer, or done. The numbers stand in the file. */
export const stages = { unfinished: 0, dead: 1, uncertain: 2, done: 3, withAgent: 4 } as const;

const stageOf = {
  received: stages.unfinished,
  held: stages.unfinished,
  forwarded: stages.unfinished,
  replying: stages.unfinished,
  "with-agent": stages.withAgent,
  answered: stages.done,
  left: stages.done,
  withdrawn: stages.done,
  dead: stages.dead,
  uncertain: stages.uncertain,
} as const satisfies Readonly<Record<Step["kind"], number>>;

/** Whether an item at this step is done: its texts are erased then. */
export function isDone(step: Step): boolean {
  return stageOf[step.kind] === stages.done;
}

/** What is to be sent at this step; null where nothing is, or not yet. */
export function replyIn(step: Step): Reply | null {
  return "reply" in step ? step.reply : null;
}

/** A step as the values of its columns: stage, step, step_at, attempts, fault, reply_id, reply_origin, rule. */
export function columnsOf(step: Step): readonly [number, string, ...(number | string | null)[]] {
  return [
    stageOf[step.kind],
    step.kind,
    momentOf(step),
    step.kind === "dead" ? step.attempts : null,
    step.kind === "dead" ? JSON.stringify(step.fault) : null,
    step.kind === "answered" ? step.replyId : null,
    replyIn(step)?.origin ?? null,
    step.kind === "with-agent" && step.rule !== null ? JSON.stringify(step.rule) : null,
  ];
}

function momentOf(step: Step): number | null {
  if (step.kind === "held") return step.sendsAt;
  if (step.kind === "dead") return step.diedAt;
  if (step.kind === "with-agent") return step.since;
  return "begunAt" in step ? step.begunAt : null;
}

const replyRow = { reply_origin: originSchema, reply_text: z.string() };

const stepRowSchema = z.discriminatedUnion("step", [
  z.object({ step: z.literal(["received", "left", "withdrawn"]) }),
  z.object({ step: z.literal("held"), step_at: z.number() }),
  z.object({ step: z.literal("with-agent"), step_at: z.number(), rule: json(withheldSchema).nullable() }),
  z.object({ step: z.literal("forwarded"), ...replyRow }),
  z.object({ step: z.literal(["replying", "uncertain"]), step_at: z.number(), ...replyRow }),
  z.object({ step: z.literal("answered"), reply_id: z.string().nullable() }),
  z.object({
    step: z.literal("dead"),
    step_at: z.number(),
    attempts: z.number(),
    fault: json(faultSchema),
    reply_origin: originSchema.nullable(),
    reply_text: z.string().nullable(),
  }),
]);

const itemRowSchema = z
  .object({
    position: z.number(),
    id: z.string(),
    author: z.enum(["customer", "agent"]),
    conversation_id: z.string(),
    communication_id: z.string().nullable(),
    received_at: z.number(),
    event_time: z.number().nullable(),
    unsaid: z.number(),
    text: z.string().nullable(),
  })
  .and(stepRowSchema);

type StepRow = z.infer<typeof stepRowSchema>;

/** The columns that {@link itemOf} reads, of the table `items`. */
export const ITEM_COLUMNS = `position, id, author, conversation_id, communication_id, received_at, event_time, unsaid, step, step_at,
  attempts, fault, reply_id, reply_origin, rule, (SELECT text FROM texts WHERE key = position * 2) AS text,
  (SELECT text FROM texts WHERE key = position * 2 + 1) AS reply_text`;

/** An item from its row; throws where the row is none of ours. The text of one that is done is empty. */
export function itemOf(row: unknown): InboxItem {
  const found = itemRowSchema.parse(row);
  return {
    position: found.position,
    id: found.id,
    author: found.author,
    conversationId: found.conversation_id,
    communicationId: found.communication_id,
    text: found.text ?? "",
    receivedAt: found.received_at,
    eventTime: found.event_time,
    ...(found.unsaid === 0 ? {} : { unsaid: true as const }),
    step: stepOf(found),
  };
}

function stepOf(row: StepRow): Step {
  switch (row.step) {
    case "received":
    case "left":
    case "withdrawn":
      return { kind: row.step };
    case "held":
      return { kind: "held", sendsAt: row.step_at };
    case "with-agent":
      return { kind: "with-agent", rule: row.rule, since: row.step_at };
    case "forwarded":
      return { kind: "forwarded", reply: replyOf(row) };
    case "replying":
    case "uncertain":
      return { kind: row.step, reply: replyOf(row), begunAt: row.step_at };
    case "answered":
      return { kind: "answered", replyId: row.reply_id };
    case "dead": {
      const { reply_origin: origin, reply_text: text } = row;
      const reply = origin === null || text === null ? null : { origin, text };
      return { kind: "dead", fault: row.fault, diedAt: row.step_at, attempts: row.attempts, reply };
    }
    default:
      return assertNever(row);
  }
}

function replyOf(row: { readonly reply_origin: Reply["origin"]; readonly reply_text: string }): Reply {
  return { text: row.reply_text, origin: row.reply_origin };
}
