import { z } from "zod";
import { faultSchema } from "./fault.ts";

/**
 * What is known of a long-lived connection. Times are milliseconds since the Unix epoch.
 * `validating`: the other side is asked whether it will have us, before anything is dialled (contract 1.1).
 * `checking`: open, but a ping has not been answered yet and is late; nothing more is claimed.
 * `degraded`: the tunnel's word (contract 1.7) for open and not known to work: `pong-late` is what `checking` is,
 * `channel-unavailable` is the runtime's own word, `probe-unanswered` the lack of one; `detail` is the status it gave.
 * `reconnecting`: lost at `since`; the next attempt starts at `retryAt`.
 * `rejected`: refused for good, `fault` says why; a person's "retry now", a new configuration, or the computer's waking leaves it.
 */
export const connectionStateSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("idle") }),
  z.strictObject({ kind: z.literal("validating"), since: z.number(), attempt: z.number().int() }),
  z.strictObject({ kind: z.literal("connecting"), since: z.number(), attempt: z.number().int() }),
  z.strictObject({ kind: z.literal("connected"), since: z.number() }),
  z.strictObject({ kind: z.literal("checking"), since: z.number(), connectedSince: z.number() }),
  z.strictObject({
    kind: z.literal("degraded"),
    since: z.number(),
    connectedSince: z.number(),
    cause: z.enum(["pong-late", "channel-unavailable", "probe-unanswered"]),
    detail: z.string(),
  }),
  z.strictObject({
    kind: z.literal("reconnecting"),
    since: z.number(),
    attempt: z.number().int(),
    retryAt: z.number(),
    fault: faultSchema,
  }),
  z.strictObject({ kind: z.literal("rejected"), since: z.number(), fault: faultSchema }),
  z.strictObject({ kind: z.literal("closed"), since: z.number() }),
]);

/** The connections that the panel can show. */
export const connectionNameSchema = z.enum(["stream", "tunnel", "bridge"]);

export type ConnectionState = z.infer<typeof connectionStateSchema>;
export type ConnectionName = z.infer<typeof connectionNameSchema>;
