import { z } from "zod";
import { languageSettings } from "./language.ts";

/** When the platform is asked (contract 2.2). A sentiment score below the threshold triggers. */
export const triggerSettingsSchema = z.strictObject({
  keywords: z.array(z.string().trim().min(1).max(200).regex(/[\p{L}\p{N}]/u, "a keyword needs a letter or a digit")).max(20_000),
  sentimentThreshold: z.number().min(-1).max(1),
  enableKeywordTrigger: z.boolean(),
  enableSentimentTrigger: z.boolean(),
  triggerOn: z.enum(["customer", "both"]),
  language: z.enum(["en", "de", "es", "fr", "it", "nl", "pt"]),
});

/** What may be shown (contract 2.5). */
export const policySettingsSchema = z.strictObject({
  prohibitedPhrases: z.array(z.string().trim().min(1).max(500)).max(20_000),
  minConfidence: z.number().min(0).max(1),
  maxSuggestions: z.number().int().min(1).max(20),
});

/** How much is shown, and how. `cardsPerMinute` is the attention budget; in `quiet` cards come only when asked for. */
export const displaySettingsSchema = z.strictObject({
  cardsPerMinute: z.number().int().min(1).max(60),
  quiet: z.boolean(),
  theme: z.enum(["system", "light", "dark"]),
  language: z.enum(languageSettings),
});

export const roleSchema = z.enum(["agent", "supervisor"]);

/**
 * A key of the configuration that cannot be changed here, `assist.minConfidence` or a whole section `assist`. `machine`:
 * set by IT for this machine; `environment`, `flag`: by how the program was started. `reason`: IT's own words, empty where it gave none; or the variable
 * or the flag.
 */
export const lockSchema = z.strictObject({ path: z.string(), by: z.enum(["machine", "environment", "flag"]), reason: z.string() });

/** The part of the configuration that the panel shows; in role `agent` only `display` can be changed. */
export const settingsSchema = z.strictObject({
  /** `practice`: the platform is the sandbox. */
  mode: z.enum(["practice", "live"]),
  role: roleSchema,
  triggers: triggerSettingsSchema,
  policy: policySettingsSchema,
  display: displaySettingsSchema,
  /** What cannot be changed here. */
  locks: z.array(lockSchema).readonly(),
});

/** A change from the panel: whole fields of any of the three groups. */
export const settingsPatchSchema = z.strictObject({
  triggers: triggerSettingsSchema.partial().exactOptional(),
  policy: policySettingsSchema.partial().exactOptional(),
  display: displaySettingsSchema.partial().exactOptional(),
});

export type TriggerSettings = z.infer<typeof triggerSettingsSchema>;
export type PolicySettings = z.infer<typeof policySettingsSchema>;
export type DisplaySettings = z.infer<typeof displaySettingsSchema>;
export type Lock = z.infer<typeof lockSchema>;
export type Role = z.infer<typeof roleSchema>;
export type Settings = z.infer<typeof settingsSchema>;
export type SettingsPatch = z.infer<typeof settingsPatchSchema>;
