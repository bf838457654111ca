import { z } from "zod";
import { idSchema, type Speaker } from "../../shared/interaction.ts";
import { parseTimestamp } from "../../shared/parse-timestamp.ts";
import { isPlainObject, measureContext, type JsonObject } from "./context-bounds.ts";

/** Larger than any utterance with its context; what is above it is not even parsed. */
export const MAX_FRAME_BYTES = 1_048_576;
/** UTF-16 code units of one utterance. */
const MAX_TRANSCRIPT_LENGTH = 100_000;
const MAX_LABEL_LENGTH = 200;

/** Why a frame was skipped: a short kind, nothing of the frame's text. `binary` is for whoever reads the socket. */
export type MalformedReason =
  | "binary"
  | "too large"
  | "not JSON"
  | "not an object"
  | "no type"
  | "payload is not an object"
  | "no interactionId"
  | "interactionId is not text"
  | "interactionId is too long"
  | "transcript is not text"
  | "transcript is too long"
  | "context is nested too deeply"
  | "context is too large";

const label = z.string().min(1).max(MAX_LABEL_LENGTH).optional().catch(undefined);
const finiteId = z.number().transform(String);
const platformId = z.union([idSchema, z.number().transform(String)]).optional().catch(undefined);

/**
 * The payload of an `INTERACTION_UPDATE` (contract 2.1), defaults applied. The only fields that can fail a frame are
 * those without which there is no utterance (`interactionId`, `transcript`) and a context beyond its bounds; any other
 * field of a wrong type or range is dropped alone. `timestamp` is in ms since the Unix epoch. Ids may come as numbers.
 * This is the definition; `readPayload` below is the same thing written for speed.
 */
export const updatePayloadSchema = z.object({
  interactionId: idSchema,
  transcript: z
    .string()
    .max(MAX_TRANSCRIPT_LENGTH)
    .nullish()
    .transform((text) => text ?? ""),
  sentimentScore: z.number().min(-1).max(1).catch(0),
  speaker: z.unknown().optional().transform(readSpeaker),
  timestamp: z.unknown().optional().transform(parseTimestamp),
  utteranceId: platformId,
  final: z.boolean().catch(true),
  sequence: z.int().optional().catch(undefined),
  status: label,
  customerName: label,
  channel: label,
  queue: label,
  agentId: z
    .union([idSchema, finiteId])
    .nullish()
    .transform((id) => id ?? undefined)
    .catch(""),
  context: z
    .unknown()
    .optional()
    .transform((value): JsonObject => (isPlainObject(value) ? value : {}))
    .refine((context) => measureContext(context) === "within"),
});

export type UpdatePayload = z.infer<typeof updatePayloadSchema>;

export type ParsedFrame =
  | { readonly kind: "update"; readonly payload: UpdatePayload }
  /** Another type of frame, heartbeats included: tolerated. */
  | { readonly kind: "other" }
  | { readonly kind: "malformed"; readonly reason: MalformedReason; readonly bytes: number };

const OTHER: ParsedFrame = { kind: "other" };
const NO_CONTEXT: JsonObject = Object.freeze({});

/**
 * Reads one text frame of the stream (contract 2.1). `bytes` is its size on the wire. Never throws: what breaks the
 * contract is `malformed`. The depth of a frame is no danger: `JSON.parse` does not recurse, and what is kept is bounded.
 */
export function parseFrame(data: string, bytes: number): ParsedFrame {
  if (bytes > MAX_FRAME_BYTES) return { kind: "malformed", reason: "too large", bytes };
  let frame: unknown;
  try {
    frame = JSON.parse(data);
  } catch {
    return { kind: "malformed", reason: "not JSON", bytes };
  }
  if (!isPlainObject(frame)) return { kind: "malformed", reason: "not an object", bytes };
  const { type } = frame;
  if (type !== "INTERACTION_UPDATE") {
    return typeof type === "string" ? OTHER : { kind: "malformed", reason: "no type", bytes };
  }
  const read = readPayload(frame["payload"]);
  return typeof read === "string" ? { kind: "malformed", reason: read, bytes } : { kind: "update", payload: read };
}

/**
 * `updatePayloadSchema` by hand: the stream is read at the pace of `JSON.parse`, and the schema alone costs several
 * times as much as that (a test holds the two together). Every payload gets the same keys in the same order, absent
 * ones as undefined, so that all code behind it sees objects of one shape.
 */
export function readPayload(payload: unknown): UpdatePayload | MalformedReason {
  if (!isPlainObject(payload)) return "payload is not an object";
  const interactionId = payload["interactionId"];
  if (typeof interactionId !== "string") {
    return interactionId === undefined || interactionId === null ? "no interactionId" : "interactionId is not text";
  }
  if (interactionId === "") return "no interactionId";
  if (interactionId.length > MAX_LABEL_LENGTH) return "interactionId is too long";
  const transcript = payload["transcript"] ?? "";
  if (typeof transcript !== "string") return "transcript is not text";
  if (transcript.length > MAX_TRANSCRIPT_LENGTH) return "transcript is too long";
  const given = payload["context"];
  const context = isPlainObject(given) ? given : NO_CONTEXT;
  if (context !== NO_CONTEXT) {
    const size = measureContext(context);
    if (size !== "within") return size === "too deep" ? "context is nested too deeply" : "context is too large";
  }
  const score = payload["sentimentScore"];
  const { final, sequence, timestamp } = payload;
  return {
    interactionId,
    transcript,
    sentimentScore: typeof score === "number" && score >= -1 && score <= 1 ? score : 0,
    speaker: readSpeaker(payload["speaker"]),
    timestamp: timestamp === undefined ? undefined : parseTimestamp(timestamp),
    utteranceId: readId(payload["utteranceId"]),
    final: typeof final === "boolean" ? final : true,
    sequence: typeof sequence === "number" && Number.isSafeInteger(sequence) ? sequence : undefined,
    status: readLabel(payload["status"]),
    customerName: readLabel(payload["customerName"]),
    channel: readLabel(payload["channel"]),
    queue: readLabel(payload["queue"]),
    agentId: readOwner(payload["agentId"]),
    context,
  };
}

function readSpeaker(value: unknown): Speaker {
  if (value === "agent") return "agent";
  return value === "caller" || value === "customer" ? "customer" : "unknown";
}

function readLabel(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && value.length <= MAX_LABEL_LENGTH ? value : undefined;
}

function readId(value: unknown): string | undefined {
  return typeof value === "number" ? readNumberId(value) : readLabel(value);
}

/** An owner that is there but cannot be read is empty, so that it is nobody's own: absent is something else. */
function readOwner(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : (readId(value) ?? "");
}

function readNumberId(value: number): string | undefined {
  return Number.isFinite(value) ? String(value) : undefined;
}
