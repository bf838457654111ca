import { z } from "zod";
import type { JsonValue, Turn } from "../../shared/simulation.ts";

/** A simulation that is over, as the platform reported it (contract 5.4). */
export interface Simulation {
  readonly status: "completed" | "failed";
  /** Null where the result has no turns at all. */
  readonly turns: readonly Turn[] | null;
  /** What the platform says of the whole, where it says anything. */
  readonly words: string | null;
}

/** What one poll found. `status` is the platform's own word. */
export type PollReply = (
  | { readonly kind: "running"; readonly status: string }
  | { readonly kind: "over"; readonly simulation: Simulation }
) & {
  /** The simulation that the platform says this is about, where it says so. */
  readonly simulationId?: string;
};

/** A dialogue of one utterance has a handful; what has more than this is no result to be judged. */
const MAX_TURNS = 1_000;
const MAX_WORDS = 500;
/** Deeper values are cut: walking them would take the stack, and no expectation looks that deep. */
const MAX_DEPTH = 20;

/** A transform, not a `catch`: most turns lack some field, and an issue that nobody reads costs more than the field. */
const text = z.unknown().optional().transform((value) => (typeof value === "string" && value !== "" ? value : null));
const recordSchema = z.record(z.string(), z.unknown());

/** Each field is read for itself: an odd one is as if it had not been reported, and the others still count. */
const turnReplySchema = z.object({
  turnIndex: z.number().int().nullable().catch(null),
  flowId: text,
  intent: text,
  entities: recordSchema.nullable().catch(null),
  output: z.unknown().optional().transform((value) => (typeof value === "string" ? value : null)),
  errorCode: z.unknown().optional(),
  errorMessage: text,
});

/** A platform that takes the case gives the id under which the result can be asked for. */
export const simulateReplySchema = z.object({
  simulationId: z.union([z.string().min(1).max(500), z.number().int().transform(String)]),
});

/** `GET /simulation/{id}` (contract 5.3, 5.4). Only the status is indispensable. */
export const pollReplySchema = z
  .object({
    status: z.string().min(1).max(200),
    simulationId: z.unknown().optional().transform((value) => ((typeof value === "string" && value !== "") || typeof value === "number" ? String(value) : null)),
    turns: z.union([z.array(z.unknown()).max(MAX_TURNS), z.unknown().refine((value) => !Array.isArray(value)).transform(() => null)]).optional(),
  })
  .loose()
  .transform((reply): PollReply => {
    const status = reply.status.toLowerCase();
    const about = reply.simulationId === null ? {} : { simulationId: reply.simulationId };
    if (status !== "completed" && status !== "failed") return { kind: "running", status: reply.status, ...about };
    const turns = reply.turns === undefined || reply.turns === null ? null : readTurns(reply.turns);
    return { kind: "over", simulation: { status, turns, words: platformWords(reply) ?? null }, ...about };
  });

const wordsSchema = z.object({
  errorMessage: text,
  message: text,
  error: z.union([z.string().min(1), z.object({ message: z.string().min(1) }).transform(({ message }) => message)]).nullable().catch(null),
  reason: text,
  errorCode: text,
});

/** What a platform says in a refusal or of a failed simulation, cut short and without control characters. */
export function platformWords(body: unknown): string | undefined {
  const spoken = wordsSchema.safeParse(body);
  if (!spoken.success) return undefined;
  const { errorMessage, message, error, reason, errorCode } = spoken.data;
  const words = errorMessage ?? message ?? error ?? reason ?? errorCode;
  return words === null ? undefined : cutText(words.replaceAll(/[\p{C}\s]+/gu, " ").trim(), MAX_WORDS);
}

/** A text of at most `length` characters; the ellipsis marks that something is missing. */
export function cutText(whole: string, length: number): string {
  if (whole.length <= length) return whole;
  // A pair of surrogates must not be cut in half.
  const end = /[\uD800-\uDBFF]/u.test(whole.charAt(length - 1)) ? length - 1 : length;
  return `${whole.slice(0, end)}…`;
}

/**
 * The turns as they took place: the first that has an intent decides, so a list in another order must not. Where some
 * turn bears no index, the list's order is all that is known.
 */
function readTurns(turns: readonly unknown[]): readonly Turn[] {
  const read = turns.map(readTurn);
  const placed = read.map((turn, position) => ({ ...turn, turnIndex: turn.turnIndex ?? position }));
  return read.every(({ turnIndex }) => turnIndex !== null) ? placed.toSorted((one, other) => one.turnIndex - other.turnIndex) : placed;
}

function readTurn(turn: unknown): Omit<Turn, "turnIndex"> & { readonly turnIndex: number | null } {
  const read = turnReplySchema.safeParse(turn);
  if (!read.success) {
    return { turnIndex: null, flowId: null, intent: null, entities: null, output: null, errorCode: null, errorMessage: null };
  }
  const { turnIndex, flowId, intent, entities, output, errorCode, errorMessage } = read.data;
  return {
    turnIndex,
    flowId,
    intent,
    entities: entities === null ? null : readEntities(entities),
    output,
    errorCode: readErrorCode(errorCode),
    errorMessage,
  };
}

/**
 * An error in an odd form is still an error: taken for none, it would let a case pass. Zero and false are what some
 * platforms write where there is none.
 */
function readErrorCode(code: unknown): string | null {
  if (code === undefined || code === null || code === "" || code === 0 || code === false) return null;
  if (typeof code === "string") return code;
  const value = jsonValue(code, 0);
  return typeof value === "object" ? cutText(JSON.stringify(value), MAX_WORDS) : String(value);
}

function readEntities(found: Readonly<Record<string, unknown>>): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, jsonValue(value, 0)]));
}

/** What JSON.parse gave, as a type and no deeper than is sensible. */
function jsonValue(value: unknown, depth: number): JsonValue {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  // A number beyond the range of doubles was parsed as infinity, which JSON cannot say again.
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (depth >= MAX_DEPTH) return "…";
  if (Array.isArray(value)) return value.map((item) => jsonValue(item, depth + 1));
  const record = recordSchema.safeParse(value);
  if (!record.success) return null;
  return Object.fromEntries(Object.entries(record.data).map(([key, item]) => [key, jsonValue(item, depth + 1)]));
}
