import { z } from "zod";
import { historyFacetsSchema, historyFilterSchema, type HistoryFilter } from "./history.ts";
import { MAX_OVERVIEW_DAYS } from "./overview-days.ts";

/** Whose history: this desk's own, or the folder in which several desks put theirs. */
export const overviewSourceSchema = z.enum(["desk", "team"]);

const DAY_MS = 86_400_000;

/** A day is 23 to 25 hours long. An open end is where the history begins or ends. */
function daysAsked({ from, to }: HistoryFilter): number {
  return from === null || to === null ? 0 : Math.round((to - from) / DAY_MS);
}

const overviewFilterSchema = historyFilterSchema.refine((filter) => daysAsked(filter) <= MAX_OVERVIEW_DAYS, {
  error: ({ input }) => `found a period of ${daysAsked(historyFilterSchema.parse(input)).toLocaleString("en")} days; allowed are at most ${MAX_OVERVIEW_DAYS}`,
});

/** `zone`: the IANA name of the time zone that days are counted in; where it changes its clock, a day has 23 or 25 hours. */
export const overviewQuerySchema = z.strictObject({ source: overviewSourceSchema, filter: overviewFilterSchema, zone: z.string().max(100) });

/** How often. A suggestion is one however often it was told; `used`: copied, clicked or sent. `withheld`: by policy. */
const figures = {
  sets: z.number().int(),
  displayed: z.number().int(),
  copied: z.number().int(),
  sent: z.number().int(),
  used: z.number().int(),
  dismissed: z.number().int(),
  helpful: z.number().int(),
  notHelpful: z.number().int(),
  withheld: z.number().int(),
  fallbacks: z.number().int(),
  /** From trigger to answer, of the sets that the platform answered, in ms; null where there was none. */
  latencyP50: z.number().nullable(),
  latencyP95: z.number().nullable(),
};

export const overviewFiguresSchema = z.strictObject(figures);

/** What one trigger brought: a keyword by its configured words, or sentiment. */
export const triggerFiguresSchema = z.strictObject({
  kind: z.enum(["keyword", "sentiment"]),
  words: z.string(),
  sets: z.number().int(),
  displayed: z.number().int(),
  used: z.number().int(),
  dismissed: z.number().int(),
  notHelpful: z.number().int(),
  withheld: z.number().int(),
  /** Sets in which the platform or policy left nothing. */
  empty: z.number().int(),
});

/** How customers sounded in the first and the last fifth of what they said (at least one utterance each), mean of -1 to 1. */
export const sentimentFiguresSchema = z.strictObject({
  interactions: z.number().int(),
  start: z.number().nullable(),
  end: z.number().nullable(),
  better: z.number().int(),
  worse: z.number().int(),
  same: z.number().int(),
});

/**
 * Figures of one agent, in the team's overview, without what is left out of them; `hidden` where that is all there is.
 * `until`: from then on all of it is shown, at the latest; null where nothing is left out.
 */
export const agentFiguresSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("shown"), agentId: z.string(), figures: overviewFiguresSchema, until: z.number().nullable() }),
  z.strictObject({ kind: z.literal("hidden"), agentId: z.string(), until: z.number() }),
]);

export const overviewSchema = z.strictObject({
  query: overviewQuerySchema,
  total: overviewFiguresSchema,
  interactions: z.number().int(),
  utterances: z.number().int(),
  /** `day` as `2026-03-04`, every day of the period in order, also those without anything. */
  days: z.array(z.strictObject({ day: z.string(), interactions: z.number().int(), ...figures })).readonly(),
  /** The most used first, then the noisiest; at most 200. */
  triggers: z.array(triggerFiguresSchema).readonly(),
  withheldBy: z.array(z.strictObject({ rule: z.enum(["phrase", "confidence", "malformed"]), words: z.string(), count: z.number().int() })).readonly(),
  sentiment: sentimentFiguresSchema,
  /**
   * What a supervisor's figures are without: an agent sees the own figures first. An interaction is in no sum and no row
   * until its agent has looked after the last thing in it, or for seven days.
   */
  leftOut: z.strictObject({ agents: z.number().int(), interactions: z.number().int() }),
  /** What else can be asked of the same history. */
  facets: historyFacetsSchema,
  /** Of the team's folder only. */
  agents: z.array(agentFiguresSchema).readonly(),
  /** Files of the team's folder that could not be read, by name and why. */
  unread: z.array(z.strictObject({ file: z.string(), why: z.string() })).readonly(),
  tookMs: z.number(),
});

export type OverviewQuery = z.infer<typeof overviewQuerySchema>;
export type OverviewFigures = z.infer<typeof overviewFiguresSchema>;
export type TriggerFigures = z.infer<typeof triggerFiguresSchema>;
export type Overview = z.infer<typeof overviewSchema>;
