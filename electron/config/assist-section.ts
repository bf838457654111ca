import { z } from "zod";
import { policySettingsSchema, triggerSettingsSchema } from "../../shared/settings.ts";
import { hostField, httpAddress, socketAddress } from "./address.ts";
import { needsBase } from "./needs.ts";
import { publicKeyField } from "./public-key.ts";

const trigger = triggerSettingsSchema.shape;
const policy = policySettingsSchema.shape;

/** What policy stops unless configured (contract 2.5). */
const defaultProhibitedPhrases = ["guarantee full refund", "legal action", "sue the company"] as const;

const cacheSchema = z.strictObject({
  maxEntries: z.number().int().min(0).max(100_000).default(500).describe("How many answers are kept; 0 switches the cache off."),
  ttlSeconds: z.number().min(0).max(86_400).default(120).describe("How long an answer is kept, in seconds."),
  scope: z
    .enum(["interaction", "tenant"])
    .default("interaction")
    .describe("interaction: an answer is used again only within its own interaction. tenant: across interactions, by transcript and contextKeys."),
  contextKeys: z
    .array(z.string().min(1).max(200))
    .max(100)
    .default([])
    .describe("With scope tenant: the keys of an interaction's context that must be equal for an answer to be used again."),
});

const fallbackSchema = z.strictObject({
  text: z.string().trim().min(1).max(2_000).describe("What the agent can say."),
  confidence: z.number().min(0).max(1).describe("How it is ranked among the fallbacks, between 0 and 1."),
});

const phraseListSchema = z.strictObject({
  url: httpAddress.describe("Where the list is; its signature is at the same address with .sig behind it."),
  publicKey: publicKeyField.describe("The Ed25519 key that the list is signed with, its public half."),
});

const fields = z.strictObject({
  orgDomain: hostField.exactOptional().describe("The whole domain of the organisation, such as your-org.cognigy.ai. The three addresses follow from it."),
  agentId: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .exactOptional()
    .describe("The id of the agent at this desk: only their interactions are taken. Without it, all are."),
  tokenUrl: httpAddress.exactOptional().describe("The token endpoint, if it is not https://{orgDomain}/api/v1/oauth/token."),
  apiUrl: httpAddress.exactOptional().describe("The base of the API, if it is not https://{orgDomain}/api/v1."),
  streamUrl: socketAddress.exactOptional().describe("The event stream, if it is not wss://{orgDomain}/api/v1/streaming/agentassist."),
  keywords: trigger.keywords
    .default(["refund", "cancel", "complaint", "escalate"])
    .describe("Words and phrases that ask for suggestions. A word stands for its forms too; =word for that word only."),
  sentimentThreshold: trigger.sentimentThreshold.default(-0.4).describe("Ask for suggestions below this sentiment score, between -1 and 1."),
  enableKeywordTrigger: trigger.enableKeywordTrigger.default(true).describe("Whether keywords ask for suggestions."),
  enableSentimentTrigger: trigger.enableSentimentTrigger.default(true).describe("Whether falling sentiment asks for suggestions."),
  minConfidence: policy.minConfidence.default(0.75).describe("Suggestions below this confidence are withheld, between 0 and 1."),
  maxSuggestions: policy.maxSuggestions.default(3).describe("The most suggestions that are shown at once."),
  prohibitedPhrases: policy.prohibitedPhrases
    .default([...defaultProhibitedPhrases])
    .describe("A suggestion that contains one of these is withheld, however it is spelt or spaced."),
  refreshIntervalMs: z.number().int().min(100).max(3_600_000).default(2_000).describe("How often a widget that polls should ask, in milliseconds."),
  requestTimeoutMs: z
    .number()
    .int()
    .min(100)
    .max(60_000)
    .default(5_000)
    .describe("How long a suggestion may take from its trigger, retries included, in milliseconds."),
  fallbackAfterMs: z
    .number()
    .int()
    .min(0)
    .max(60_000)
    .default(2_000)
    .describe("When the fallback is shown while the request goes on, in milliseconds after the trigger."),
  triggerOn: trigger.triggerOn.default("customer").describe("Whose words ask for suggestions, where the speaker is known."),
  language: trigger.language.default("en").describe("The language by whose rules word forms are found."),
  cache: cacheSchema.prefault({}).describe("Answers that are used again instead of asking the platform twice."),
  fallback: z
    .array(fallbackSchema)
    .min(1)
    .max(20)
    .default([
      { text: "I understand your concern. Let me connect you with a specialist.", confidence: 0.85 },
      { text: "Would you like me to explain our resolution options?", confidence: 0.8 },
    ])
    .describe("What is shown when the platform gives no answer in time."),
  widgetConfigPort: z
    .number()
    .int()
    .min(0)
    .max(65_535)
    .exactOptional()
    .describe("Serve the widget configuration on this port of this machine only (0: a free one). The desktop serves none without it."),
  phraseList: phraseListSchema.exactOptional().describe("A signed list of further prohibited phrases, which is read every hour and added to prohibitedPhrases."),
});

/** The section `assist` (design 5, defaults of contract 2). */
export const assistSection = needsBase(fields, "orgDomain", ["tokenUrl", "apiUrl", "streamUrl"]).describe("Agent assist: live interactions in, suggestions out.");

/** The values that the panel shows of this section, where the section is off: their defaults. */
export const shownFields = fields.pick({
  keywords: true,
  sentimentThreshold: true,
  enableKeywordTrigger: true,
  enableSentimentTrigger: true,
  triggerOn: true,
  language: true,
  prohibitedPhrases: true,
  minConfidence: true,
  maxSuggestions: true,
});

const phraseFields = fields.pick({ prohibitedPhrases: true, phraseList: true });

/** What no text may hold, and where more of that is. */
export type PhraseRules = Pick<z.output<typeof fields>, "prohibitedPhrases" | "phraseList">;

/** What no text may hold where the section is off: `given` of it, which is good by itself, and the defaults. */
export function phrasesBeside(given: unknown): PhraseRules {
  return phraseFields.parse(given);
}
