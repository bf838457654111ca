import { z } from "zod";
import { idSchema } from "../../shared/interaction.ts";
import { parseTimestamp } from "../../shared/parse-timestamp.ts";
import { cleanText } from "./clean-text.ts";
import { parseExact } from "./exact-json.ts";
import type { PlatformMessage } from "./genesys-stream.ts";

/** A body of 1 MB with all that stands around it; what is above it is not even parsed. */
export const MAX_FRAME_BYTES = 2 * 1_048_576;
const MAX_ID_LENGTH = 200;
const MAX_NAME_LENGTH = 200;

/** Why a frame was skipped: a short kind, nothing of the frame's text. `binary` is for whoever reads the socket. */
export type MalformedReason =
  | "binary"
  | "too large"
  | "not JSON"
  | "not an object"
  | "no eventType"
  | "eventType is not text"
  | "an error event"
  | "no eventData"
  | "eventData is not an object"
  | "no id"
  | "id is not text"
  | "id is too long"
  | "no conversationId"
  | "conversationId is not text"
  | "conversationId is too long"
  | "no body"
  | "body is not text";

/** `sequenceId`: null where the frame bears none that can be used. */
export type GenesysFrame =
  /** The reply to a subscription (contract 3.2). */
  | { readonly kind: "subscribed"; readonly sequenceId: number }
  | { readonly kind: "message"; readonly sequenceId: number | null; readonly message: PlatformMessage }
  /** Another type of event: tolerated. */
  | { readonly kind: "other"; readonly sequenceId: number | null }
  | { readonly kind: "malformed"; readonly sequenceId: number | null; readonly reason: MalformedReason };

const NUMBER_IDS: ReadonlySet<string> = new Set(["id", "conversationId", "communicationId", "agentId"]);

const numberId = z.number().transform(String);
const wellFormedId = idSchema.refine((id) => id.isWellFormed());
const anyId = z.union([wellFormedId, numberId]);

/**
 * The `eventData` of a message event (contract 3.3). Only what a message cannot be without can fail it: `id`,
 * `conversationId` and a `body` with something in it; anything else of a wrong type is dropped alone, but for an agent's
 * id, which then names nobody. This is the definition; `readMessage` below is the same thing written for speed.
 */
export const messageSchema = z
  .object({
    id: anyId,
    conversationId: anyId,
    communicationId: anyId.nullish().catch(null),
    agentId: anyId.nullish().catch(""),
    customerName: z.string().nullish().catch(null),
    body: z
      .string()
      .transform(cleanText)
      .refine((text) => text.trim() !== ""),
    direction: z.string().nullish().catch(null),
    eventTime: z.unknown().optional().transform(parseTimestamp),
  })
  .transform(
    (data): PlatformMessage => ({
      id: data.id,
      conversationId: data.conversationId,
      communicationId: data.communicationId ?? null,
      agentId: data.agentId ?? null,
      customerName: readName(data.customerName),
      text: data.body,
      direction: readDirection(data.direction),
      eventTime: data.eventTime ?? null,
    }),
  );

/**
 * Reads one text frame of the event socket (contract 3.2, 3.3). `bytes` is its size on the wire. Never throws: what breaks
 * the contract is `malformed`.
 */
export function parseGenesysFrame(data: string, bytes: number): GenesysFrame {
  if (bytes > MAX_FRAME_BYTES) return malformed("too large", null);
  let frame: unknown;
  try {
    frame = parseExact(data, NUMBER_IDS);
  } catch {
    return malformed("not JSON", null);
  }
  if (!isObject(frame)) return malformed("not an object", null);
  const sequenceId = readSequenceId(frame["sequenceId"]);
  const { eventType, eventData } = frame;
  if (eventType === undefined || eventType === null) {
    // What brings data is an event that lacks its type, whatever its number.
    const replies = sequenceId !== null && (eventData === undefined || eventData === null);
    return replies ? { kind: "subscribed", sequenceId } : malformed("no eventType", sequenceId);
  }
  if (eventType === "message") {
    if (eventData === undefined || eventData === null) return malformed("no eventData", sequenceId);
    const message = readMessage(eventData);
    return typeof message === "string" ? malformed(message, sequenceId) : { kind: "message", sequenceId, message };
  }
  if (typeof eventType !== "string") return malformed("eventType is not text", sequenceId);
  // How a platform says that it did not like what we sent: not to be passed over in silence.
  return eventType === "error" ? malformed("an error event", sequenceId) : { kind: "other", sequenceId };
}

/** `messageSchema` by hand, at the pace of `JSON.parse` (a test holds the two together). */
export function readMessage(data: unknown): PlatformMessage | MalformedReason {
  if (!isObject(data)) return "eventData is not an object";
  const id = readId(data["id"]);
  if (id === null) return idReason("id", data["id"]);
  const conversationId = readId(data["conversationId"]);
  if (conversationId === null) return idReason("conversationId", data["conversationId"]);
  const { body } = data;
  if (body === undefined || body === null) return "no body";
  if (typeof body !== "string") return "body is not text";
  const text = cleanText(body);
  if (text.trim() === "") return "no body";
  return {
    id,
    conversationId,
    communicationId: readId(data["communicationId"]),
    agentId: readOwner(data["agentId"]),
    customerName: readName(data["customerName"]),
    text,
    direction: readDirection(data["direction"]),
    eventTime: parseTimestamp(data["eventTime"]) ?? null,
  };
}

/** The first frame of every connection (contract 3.2). */
export function subscribeFrame(resumePoint: number | null): string {
  const subscription = { events: ["message"], filter: { type: "chat", status: ["ACTIVE"] } };
  return JSON.stringify(resumePoint === null ? subscription : { ...subscription, sequenceId: resumePoint });
}

function malformed(reason: MalformedReason, sequenceId: number | null): GenesysFrame {
  return { kind: "malformed", sequenceId, reason };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readSequenceId(value: unknown): number | null {
  const number = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
  // -0 is a number that JSON can say, and nothing that a database gives back.
  return typeof number === "number" && Number.isSafeInteger(number) ? number + 0 : null;
}

function readId(value: unknown): string | null {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : null;
  // Half a surrogate pair is no text: neither an address nor a database can hold it.
  return typeof value === "string" && value !== "" && value.length <= MAX_ID_LENGTH && value.isWellFormed() ? value : null;
}

function idReason(name: "id" | "conversationId", value: unknown): MalformedReason {
  if (value === undefined || value === null || value === "") return `no ${name}`;
  return typeof value === "string" && value.length > MAX_ID_LENGTH ? `${name} is too long` : `${name} is not text`;
}

/** An agent's id that is there but cannot be read is empty, so that it is nobody's own: absent is something else. */
function readOwner(value: unknown): string | null {
  return value === undefined || value === null ? null : (readId(value) ?? "");
}

function readName(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const name = cleanText(value).trim();
  return name === "" || name.length > MAX_NAME_LENGTH ? null : name;
}

function readDirection(value: unknown): PlatformMessage["direction"] {
  const said = typeof value === "string" ? value.toLowerCase() : "";
  return said === "inbound" || said === "outbound" ? said : "unsaid";
}
