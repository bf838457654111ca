import { z } from "zod";
import { faultSchema } from "./fault.ts";
import { secretSourceSchema } from "./integration-view.ts";
import { setupSecretNames, setupSteps, setupSystems } from "./setup-fields.ts";
import { lockSchema } from "./settings.ts";

/** One field of a form: text as it was typed; its rules are those of the configuration's schema. */
const fieldSchema = z.strictObject({ key: z.string().max(60), value: z.string().max(2_000) });

/**
 * A system as it was entered so far. Secrets are not among the fields: they go straight to the vault, under the names
 * that the environment would have them by.
 */
export const setupFormSchema = z.strictObject({ system: z.enum(setupSystems), fields: z.array(fieldSchema).max(30).readonly() });

/** A secret on its way to the vault. It never comes back. */
export const setupSecretSchema = z.strictObject({ name: z.enum(setupSecretNames), value: z.string().min(1).max(10_000) });

/** A field that is decided elsewhere and not asked for: by IT, by a variable or by a flag. */
const fixedFieldSchema = z.strictObject({ key: z.string(), value: z.string(), by: lockSchema.shape.by, reason: z.string() });

/**
 * What stands in the way of a form. `missing`: a field that has to be filled in; `wrong`: what was typed there cannot be
 * right. What is allowed follows from the field. `elsewhere`: in the configuration apart from the form, as it was found there.
 */
const setupProblemSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("missing"), key: z.string() }),
  z.strictObject({ kind: z.literal("wrong"), key: z.string() }),
  z.strictObject({ kind: z.literal("elsewhere"), found: z.string(), allowed: z.string() }),
]);

const stepSchema = z.enum(setupSteps);

/**
 * How a system's trial went: what was tried, in order, with the error table's words where it failed. `key`: the field or
 * the secret that it most likely concerns.
 */
const setupTrialSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("untried") }),
  z.strictObject({ kind: z.literal("trying"), step: stepSchema }),
  /** `passed`: the steps that were tried; not every system has all of them. */
  z.strictObject({ kind: z.literal("works"), passed: z.array(stepSchema).readonly() }),
  z.strictObject({ kind: z.literal("fails"), step: stepSchema, key: z.string().nullable(), fault: faultSchema }),
]);

const setupSystemSchema = z.strictObject({
  form: setupFormSchema,
  fixed: z.array(fixedFieldSchema).readonly(),
  problems: z.array(setupProblemSchema).readonly(),
  trial: setupTrialSchema,
  /** The secrets that it needs, and from where each comes now; null: it is not there. */
  secrets: z.array(z.strictObject({ name: z.enum(setupSecretNames), source: secretSourceSchema.nullable() })).readonly(),
  /** `saved`: in the configuration as it stands in the form. `changed`: in the configuration, and otherwise in the form. */
  kept: z.enum(["no", "saved", "changed"]),
  /** The last save can be taken back. */
  undoable: z.boolean(),
});

/**
 * The first run: what has been entered so far survives an interruption. `why` it is shown: nothing is configured, or the
 * person asked for it.
 */
export const setupViewSchema = z.strictObject({
  step: z.enum(["welcome", "connect"]),
  why: z.enum(["unconfigured", "asked"]),
  systems: z.array(setupSystemSchema).readonly(),
  /** Where the configuration is written. */
  configFile: z.string(),
  /** Why secrets could not be kept beyond this run; null where they can, or where it was not looked yet. */
  vaultHindrance: z.string().nullable(),
  /** Why what was typed is not kept beyond this run; null where it is. */
  draftTrouble: faultSchema.nullable(),
});

export type SetupForm = z.infer<typeof setupFormSchema>;
export type SetupSecret = z.infer<typeof setupSecretSchema>;
export type SetupProblem = z.infer<typeof setupProblemSchema>;
export type SetupFixed = z.infer<typeof fixedFieldSchema>;
export type SetupTrial = z.infer<typeof setupTrialSchema>;
export type SetupStep = z.infer<typeof stepSchema>;
export type SetupSystem = z.infer<typeof setupSystemSchema>;
export type SetupView = z.infer<typeof setupViewSchema>;
