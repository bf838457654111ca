import { z } from "zod";

/** A call that can be practised. */
const practiceCallSchema = z.strictObject({ id: z.string(), title: z.string(), about: z.string(), minutes: z.number(), moments: z.number().int() });

/** Faults of the platform that an agent can meet in practice. */
export const practiceFaults = ["none", "slow", "failing", "dropping"] as const;

/** What a round of practice came to. `secondsToUse`: from a card on screen to its use, median; null where none was used. */
const practiceScoreSchema = z.strictObject({
  callId: z.string(),
  endedAt: z.number(),
  moments: z.number().int(),
  shown: z.number().int(),
  used: z.number().int(),
  missed: z.number().int(),
  secondsToUse: z.number().nullable(),
});

/** Practice as the panel shows it. `free`: calls follow one another by themselves, as at the first start. */
export const practiceViewSchema = z.strictObject({
  calls: z.array(practiceCallSchema).readonly(),
  state: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("free") }),
    z.strictObject({ kind: z.literal("ready") }),
    z.strictObject({ kind: z.literal("running"), callId: z.string(), interactionId: z.string().nullable(), speed: z.number(), fault: z.enum(practiceFaults), since: z.number() }),
  ]),
  /** The newest first, at most 50. */
  scores: z.array(practiceScoreSchema).readonly(),
});

export const practiceStartSchema = z.strictObject({ callId: z.string().max(200), speed: z.number().min(0.5).max(4), fault: z.enum(practiceFaults) });

export type PracticeView = z.infer<typeof practiceViewSchema>;
export type PracticeScore = z.infer<typeof practiceScoreSchema>;
export type PracticeStart = z.infer<typeof practiceStartSchema>;
