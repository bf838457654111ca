import { z } from "zod";
import { faultSchema } from "./fault.ts";
import { idSchema } from "./interaction.ts";
import type { Withheld } from "./suggestion.ts";

/** The three ways that a message goes (contract 3.4): Genesys to us, us to the bot and back, us to Genesys and back. */
export const hopNames = ["genesys", "bot", "reply"] as const;
export const hopNameSchema = z.enum(hopNames);

/** How a latency is judged (contract 3.4): normal up to `elevatedMs`, elevated above it, critical above `criticalMs`. */
export const levelSchema = z.enum(["normal", "elevated", "critical"]);

/** Who answers in a conversation: the bot, or the agent who took it over (or to whom policy gave it). */
export const answererSchema = z.enum(["bot", "agent"]);

/** Whose words a message into the conversation holds; `hand-over`: the configured text in place of an answer that policy stopped. */
export const originSchema = z.enum(["bot", "agent", "hand-over"]);

/**
 * How far a message of ours into a conversation is. Times in ms since the Unix epoch.
 * `held`: the agent can still take it back, until `sendsAt`. `queued`: behind what is being sent, or until the platform
 * takes requests again. `sending`: the request may have reached the platform. `delivered`: the platform said so, or it was
 * found in the conversation. `withdrawn`: taken back before it was sent. `failed`: surely not delivered; can be sent again.
 * `uncertain`: may or may not have arrived, and the conversation cannot be read back; a person decides.
 */
export const deliveryStateSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("held"), sendsAt: z.number() }),
  z.strictObject({ kind: z.literal("queued") }),
  z.strictObject({ kind: z.literal("sending"), since: z.number() }),
  z.strictObject({ kind: z.literal("delivered"), at: z.number() }),
  z.strictObject({ kind: z.literal("withdrawn") }),
  z.strictObject({ kind: z.literal("failed"), fault: faultSchema }),
  z.strictObject({ kind: z.literal("uncertain") }),
]);

/** A message of ours into a conversation. `id` names it here; the same as the customer's message for the bot's answer to it. */
export const deliverySchema = z.strictObject({
  id: idSchema,
  conversationId: idSchema,
  origin: originSchema,
  text: z.string(),
  /** When it was made, ms since the Unix epoch. */
  at: z.number(),
  state: deliveryStateSchema,
});

/** A customer's message that could not be answered, kept until it is replayed or discarded. Times in ms since the Unix epoch. */
export const deadLetterSchema = z.strictObject({
  id: idSchema,
  conversationId: idSchema,
  /** What the customer wrote, cut for the panel; never in logs, audit or metrics. */
  text: z.string(),
  receivedAt: z.number(),
  diedAt: z.number(),
  attempts: z.number().int().nonnegative(),
  fault: faultSchema,
});

export type HopName = z.infer<typeof hopNameSchema>;
export type Level = z.infer<typeof levelSchema>;
export type Answerer = z.infer<typeof answererSchema>;
export type Origin = z.infer<typeof originSchema>;
export type DeliveryState = z.infer<typeof deliveryStateSchema>;
export type Delivery = z.infer<typeof deliverySchema>;
export type DeadLetter = z.infer<typeof deadLetterSchema>;

/** What each hop of one message took, in ms; null where it was not measured (no `eventTime`, clocks that contradict it, no request). */
export type HopLatencies = Readonly<Record<HopName, number | null>>;

/**
 * What the bridge tells its subscribers (panel, history, audit, metrics, log, command line), in order. What is told has
 * been kept before: a crash does not take it back. Times in ms since the Unix epoch, latencies in ms.
 * `fromBefore`: told at the opening, of what an earlier run kept and told; shown, and not recorded a second time.
 */
export type BridgeEvent =
  /**
   * A message of a conversation, new to us. `speaker` "customer" is asked about unless `answerer` is the agent; what an
   * agent or another system wrote on the platform ("agent") and our own replies that come back ("bot") are only shown.
   * `aheadMs`: how far its `eventTime` lies after our receipt of it, where the clocks contradict each other.
   */
  | {
      readonly kind: "message";
      readonly id: string;
      readonly conversationId: string;
      readonly sequenceId: number | null;
      readonly speaker: "customer" | "agent" | "bot";
      /** The customer's name, where the event gives one. */
      readonly customerName?: string | null;
      readonly text: string;
      readonly at: number;
      readonly aheadMs?: number | null;
    }
  | { readonly kind: "duplicate"; readonly id: string; readonly conversationId: string }
  /** The numbers `from` to `to`, both included, did not come. */
  | { readonly kind: "gap"; readonly from: number; readonly to: number }
  /** So many of the missing numbers came after all. */
  | { readonly kind: "gap-filled"; readonly count: number }
  /** A frame that breaks the contract: why and how many bytes, nothing of its text. */
  | { readonly kind: "malformed"; readonly reason: string; readonly bytes: number }
  /** A message of a conversation that is not ours to answer (scope `agent`). */
  | { readonly kind: "foreign" }
  /** A message of ours into a conversation: it was made, or it is further than before. */
  | { readonly kind: "delivery"; readonly delivery: Delivery }
  /** A customer's message is answered, once. `level` judges the hop to the bot. `totalMs`: from our receipt to the platform's word. */
  | {
      readonly kind: "answered";
      readonly id: string;
      readonly conversationId: string;
      readonly hops: HopLatencies;
      readonly totalMs: number;
      readonly level: Level;
    }
  /** Policy stopped the bot's answer: the rule and its words, never the text. `instead`: what happens now. */
  | {
      readonly kind: "withheld";
      readonly id: string;
      readonly conversationId: string;
      readonly rule: Withheld;
      readonly instead: "agent" | "hand-over";
    }
  /** A customer's message is the agent's to answer: the bot is not asked, or its answer came too late and is not sent. */
  | { readonly kind: "left-to-agent"; readonly id: string; readonly conversationId: string }
  | { readonly kind: "dead-letter"; readonly letter: DeadLetter; readonly fromBefore?: true }
  /** Nobody can say whether the reply to `id` (or the agent's message `id`) arrived. */
  | { readonly kind: "uncertain"; readonly id: string; readonly conversationId: string; readonly fromBefore?: true }
  /** A dead letter or an uncertain reply is dealt with: worked again, discarded, or known to have arrived. */
  | { readonly kind: "settled"; readonly id: string; readonly conversationId: string; readonly how: "replayed" | "discarded" | "arrived" }
  /** `since`: from when on, where that is not now. */
  | {
      readonly kind: "answerer";
      readonly conversationId: string;
      readonly answerer: Answerer;
      readonly why: "asked" | "policy";
      readonly since?: number;
      readonly fromBefore?: true;
    }
  /** A hop's level changed, over its last messages, of which `ms` is the median; told by whoever watches the events. `aboveMs`: the threshold it is above. */
  | { readonly kind: "level"; readonly hop: HopName; readonly level: Level; readonly ms: number; readonly aboveMs: number | null }
  /** Requests to a host pause (`until`, ms since the epoch) or go again (null). */
  | { readonly kind: "paused"; readonly host: string; readonly until: number | null; readonly why: "failing" | "asked" | null }
  /** The inbox cannot be written: nothing is taken meanwhile; null when it can again. */
  | { readonly kind: "storage"; readonly detail: string | null };
