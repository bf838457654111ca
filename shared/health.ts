import { z } from "zod";
import { faultSchema } from "./fault.ts";
import { emptyHealth, healthChecks, healthSubjects } from "./health-lists.ts";

export { emptyHealth, healthChecks, healthSubjects };

/** `doubtful`: it works, but a person should know. `skipped`: it could not be tried, mostly since the one before failed. */
export const healthOutcomeSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("waiting") }),
  z.strictObject({ kind: z.literal("running") }),
  /** `found` in a few words for a person. `tookMs`: null where nothing was waited for. */
  z.strictObject({ kind: z.literal("good"), found: z.string(), tookMs: z.number().nonnegative().nullable() }),
  z.strictObject({ kind: z.literal("doubtful"), found: z.string(), remedy: z.string() }),
  /** Its words are those of the error table. */
  z.strictObject({ kind: z.literal("bad"), fault: faultSchema, tookMs: z.number().nonnegative().nullable() }),
  z.strictObject({ kind: z.literal("skipped"), why: z.string() }),
]);

export const healthLineSchema = z.strictObject({
  subject: z.enum(healthSubjects),
  check: z.enum(healthChecks),
  /** What it is tried on: a host and port, a folder (under the home folder as `~`). Never a path of an address, never a secret. */
  target: z.string().nullable(),
  outcome: healthOutcomeSchema,
});

/** The page "what is wrong": nothing has been run yet, it runs, or it is over (`stopped`: by the person). */
export const healthViewSchema = z.strictObject({
  state: z.enum(["never", "running", "done", "stopped"]),
  /** When it began; ms since the Unix epoch. */
  since: z.number().nullable(),
  lines: z.array(healthLineSchema).readonly(),
});

export type HealthSubject = z.infer<typeof healthLineSchema>["subject"];
export type HealthCheck = z.infer<typeof healthLineSchema>["check"];
export type HealthOutcome = z.infer<typeof healthOutcomeSchema>;
export type HealthLine = z.infer<typeof healthLineSchema>;
export type HealthView = z.infer<typeof healthViewSchema>;
