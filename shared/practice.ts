import { z } from "zod";

/**
 * A call that can be practised. `minutes`: at the speed of life. `moments`: how many of the customer's lines ask for
 * suggestions under the rules that hold now.
 */
const practiceCallSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  about: z.string(),
  language: z.string(),
  channel: z.string(),
  queue: z.string(),
  minutes: z.number(),
  moments: z.number().int(),
});

/** Faults of the platform that an agent can meet in practice. */
export const practiceFaults = ["none", "slow", "failing", "dropping"] as const;

/** How a round ended: by the call's own end, by the agent's wish, or with the program, in the middle of the call. */
const practiceEnds = ["finished", "stopped", "interrupted"] as const;

/**
 * What the agent made of a moment. `used`: copied, clicked or sent a suggestion. `judged`: dismissed one or said whether it
 * helped. `missed`: had suggestions on screen and did nothing with them. `unseen`: they were there and never on screen, behind the count or in another view.
 * `nothing`: there was none to be shown.
 */
const practiceOutcomes = ["used", "judged", "missed", "unseen", "nothing"] as const;

const practiceSuggestionSchema = z.strictObject({ text: z.string(), used: z.boolean() });

/** One time at which the platform was asked, in order. `suggestions`: those that were on screen. `secondsToUse`: from the card on screen to its first use; null where none was used. */
export const practiceMomentSchema = z.strictObject({
  said: z.string(),
  suggestions: z.array(practiceSuggestionSchema).readonly(),
  outcome: z.enum(practiceOutcomes),
  secondsToUse: z.number().nullable(),
});

/** `shown`: moments that brought something on screen; of these `used` and `missed`, the rest was judged. */
const practiceTallySchema = z.strictObject({
  moments: z.number().int(),
  shown: z.number().int(),
  used: z.number().int(),
  missed: z.number().int(),
});

/** What a round of practice came to. `secondsToUse`: from a card on screen to its use, median; null where none was used. Times in ms since the Unix epoch. */
export const practiceScoreSchema = practiceTallySchema.extend({
  id: z.string(),
  callId: z.string(),
  speed: z.number(),
  fault: z.enum(practiceFaults),
  startedAt: z.number(),
  endedAt: z.number(),
  end: z.enum(practiceEnds),
  secondsToUse: z.number().nullable(),
});

/** Practice as the panel shows it. `free`: calls follow one another by themselves, as at the first start. */
export const practiceViewSchema = z.strictObject({
  calls: z.array(practiceCallSchema).readonly(),
  state: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("free") }),
    /** Nothing plays. `scoreId`: what the round before came to; null where nothing of it was kept. */
    z.strictObject({ kind: z.literal("ready"), scoreId: z.string().nullable() }),
    z.strictObject({
      kind: z.literal("running"),
      callId: z.string(),
      interactionId: z.string().nullable(),
      speed: z.number(),
      fault: z.enum(practiceFaults),
      since: z.number(),
      tally: practiceTallySchema,
    }),
  ]),
  /** The newest first, at most MAX_SCORES. */
  scores: z.array(practiceScoreSchema).readonly(),
});

export const MAX_SCORES = 50;

export const practiceStartSchema = z.strictObject({ callId: z.string().max(200), speed: z.number().min(0.5).max(4), fault: z.enum(practiceFaults) });

export type PracticeCall = z.infer<typeof practiceCallSchema>;
export type PracticeView = z.infer<typeof practiceViewSchema>;
export type PracticeMoment = z.infer<typeof practiceMomentSchema>;
export type PracticeTally = z.infer<typeof practiceTallySchema>;
export type PracticeScore = z.infer<typeof practiceScoreSchema>;
export type PracticeStart = z.infer<typeof practiceStartSchema>;
