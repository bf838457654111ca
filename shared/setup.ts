import { z } from "zod";
import { faultSchema } from "./fault.ts";
import { secretNameSchema } from "./integration.ts";

/** The systems that can be connected at the first run. */
export const setupSystems = ["assist", "tunnel", "bridge", "integrations", "simulations"] as const;

/** One field of a form: text as it was typed; its rules are those of the configuration's schema. */
const fieldSchema = z.strictObject({ key: z.string().max(60), value: z.string().max(2_000) });

/**
 * A system as it was entered so far. Secrets are not among the fields: they go straight to the vault, under the names
 * that the environment would have them by.
 */
export const setupFormSchema = z.strictObject({ system: z.enum(setupSystems), fields: z.array(fieldSchema).max(30).readonly() });

/** A field that cannot be right, in words; `key` null: the whole. */
const setupProblemSchema = z.strictObject({ key: z.string().nullable(), message: z.string() });

/** How a system's trial went: what was tried, in order, with the error table's words where it failed. */
const setupTrialSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("untried") }),
  z.strictObject({ kind: z.literal("trying"), step: z.string() }),
  z.strictObject({ kind: z.literal("works"), found: z.string() }),
  z.strictObject({ kind: z.literal("fails"), step: z.string(), fault: faultSchema }),
]);

export const setupSystemSchema = z.strictObject({
  form: setupFormSchema,
  problems: z.array(setupProblemSchema).readonly(),
  trial: setupTrialSchema,
  /** The secrets that it needs, and whether each can be had now. */
  secrets: z.array(z.strictObject({ name: secretNameSchema, label: z.string(), known: z.boolean() })).readonly(),
  /** Written to the configuration file, and so in use. */
  saved: z.boolean(),
});

/**
 * The first run: what has been entered so far survives an interruption. `why` it is shown: nothing is configured, or the
 * person asked for it.
 */
export const setupViewSchema = z.strictObject({
  step: z.enum(["welcome", "connect", "done"]),
  why: z.enum(["unconfigured", "asked"]),
  systems: z.array(setupSystemSchema).readonly(),
  /** Where the configuration is written. */
  configFile: z.string(),
  /** Why secrets could not be kept beyond this run; null where they can. */
  vaultHindrance: z.string().nullable(),
});

export type SetupForm = z.infer<typeof setupFormSchema>;
export type SetupSystem = z.infer<typeof setupSystemSchema>;
export type SetupView = z.infer<typeof setupViewSchema>;
