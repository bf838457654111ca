import { z } from "zod";

/**
 * Something that the agent should know and that is not an interaction: a bad configuration edit, a full disk.
 * `id` is the subject: raising the same subject again replaces the notice, and mending it clears it.
 */
export const noticeSchema = z.strictObject({
  id: z.string().min(1),
  level: z.enum(["warning", "error"]),
  /** What happened. */
  what: z.string(),
  /** What Callside does about it, or what it costs meanwhile. */
  effect: z.string(),
  /** What a person can do. */
  remedy: z.string(),
  since: z.number(),
});

export type Notice = z.infer<typeof noticeSchema>;
