import { z } from "zod";

/** What a subscription to messages says (contract 3.2), to the letter: another filter would get other events. */
const subscriptionSchema = z.strictObject({
  events: z.tuple([z.literal("message")]),
  filter: z.strictObject({ type: z.literal("chat"), status: z.tuple([z.literal("ACTIVE")]) }),
  sequenceId: z.number().int().nonnegative().exactOptional(),
});

/** The number after which events are wanted (null: those that come from now on), or in `error` what is wrong. */
export type Subscription =
  | { readonly ok: true; readonly after: number | null }
  | { readonly ok: false; readonly error: string };

/** Reads a frame that should be a subscription. */
export function readSubscription(data: Buffer, isBinary: boolean): Subscription {
  if (isBinary) return { ok: false, error: "frame: found bytes, allowed: text" };
  const value = parsed(data.toString("utf8"));
  if (value === undefined) return { ok: false, error: "frame: is not valid JSON" };
  const read = subscriptionSchema.safeParse(value);
  if (!read.success) return { ok: false, error: z.prettifyError(read.error) };
  return { ok: true, after: read.data.sequenceId ?? null };
}

/** JSON has no `undefined`, so it can stand for what could not be parsed. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
