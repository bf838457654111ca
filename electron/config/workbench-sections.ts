import { z } from "zod";
import { hostField, httpAddress } from "./address.ts";
import { needsBase } from "./needs.ts";

/** A name that the vault knows secrets by. */
const secretName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/)
  .meta({ patternErrorMessage: "the name of a secret: letters, digits and _, not beginning with a digit, at most 100" });

/** The section `integrations` (design 5, defaults of contract 0 and 4). */
export const integrationsSection = needsBase(
  z.strictObject({
    tenantUrl: httpAddress.exactOptional().describe("The tenant's address; the two below follow from it."),
    tokenUrl: httpAddress.exactOptional().describe("The token endpoint, if it is not {tenantUrl}/api/v1/auth/oauth/token."),
    apiUrl: httpAddress.exactOptional().describe("The base of the API, if it is not {tenantUrl}/api/v1."),
    webhookUrl: httpAddress.exactOptional().describe("Told after every execution."),
    webhookSecret: secretName.exactOptional().describe("The name of the secret that signs what the webhook is told, in the key store or the environment; never the secret itself."),
    allowHosts: z
      .array(hostField)
      .max(1_000)
      .default([])
      .describe("Hosts that an integration may reach although they are private, or by a redirect."),
  }),
  "tenantUrl",
  ["tokenUrl", "apiUrl"],
).describe("REST integrations: register and try them.");

/** The section `simulations` (design 5, defaults of contract 0 and 5). */
export const simulationsSection = z
  .strictObject({
    environment: hostField.default("api.cognigy.com").describe("The platform's host; the two addresses follow from it."),
    tokenUrl: httpAddress.exactOptional().describe("The token endpoint, if it is not https://{environment}/api/oauth/token."),
    apiUrl: httpAddress.exactOptional().describe("The base of the API, if it is not https://{environment}/api/bot."),
    concurrency: z.number().int().min(1).max(100).default(5).describe("How many cases run at the same time."),
    pollSeconds: z.number().positive().max(600).default(2).describe("How often a running simulation is asked for its result."),
    maxPolls: z.number().int().min(1).max(10_000).default(30).describe("How often at most."),
    webhookUrl: httpAddress.exactOptional().describe("Told the result of every batch."),
    projectId: z.string().trim().min(1).max(200).exactOptional().describe("The project that results are reported under."),
    passThreshold: z.number().min(0).max(1).default(0.95).describe("The success rate from which a batch is compliant, between 0 and 1."),
  })
  .describe("Bot simulations.");
