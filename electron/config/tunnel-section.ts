import { z } from "zod";
import { httpAddress, tenantField, socketAddress } from "./address.ts";
import { needsBase } from "./needs.ts";

const secretName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,99}$/)
  .meta({ patternErrorMessage: "the name of a secret: letters, digits, _ . and -, not beginning with a digit" });

/** Any id, but no step in a path: it becomes part of an address, and no escaping keeps `..` from leading elsewhere. */
const botId = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .regex(/^(?!\.{1,2}$)/)
  .meta({ patternErrorMessage: "the id of a bot, other than . and .." });

const webhookSchema = z.union([
  httpAddress,
  z.strictObject({
    url: httpAddress.describe("Where events are sent."),
    secret: secretName.describe("The name of the signing secret in the key store or the environment; never the secret itself."),
  }),
]);

/** The section `tunnel` (design 5, defaults of contract 0 and 1). */
export const tunnelSection = needsBase(
  z.strictObject({
    tenant: tenantField.exactOptional().describe("The tenant; the socket address follows from it."),
    botId: botId.describe("The bot whose runtime is used."),
    channel: z.string().trim().min(1).max(100).default("webchat").describe("The channel that the bot must have."),
    protocolVersion: z.string().trim().min(1).max(20).default("2.0").describe("The runtime protocol that is asked for."),
    protocolVersions: z
      .array(z.string().trim().min(1).max(20))
      .min(1)
      .max(50)
      .default(["1.0", "2.0", "2.1"])
      .describe("The runtime protocols that the tenant speaks."),
    maxConcurrent: z.number().int().min(1).max(1_000_000).default(50).describe("No tunnel is opened while the bot has this many sessions."),
    tokenUrl: httpAddress.default("https://api.cognigy.com/oauth/token").describe("The token endpoint."),
    apiUrl: httpAddress.default("https://api.cognigy.com/api/v1").describe("The base of the API."),
    socketUrl: socketAddress.exactOptional().describe("The runtime's socket, if it is not wss://{tenant}.cognigy.com/runtime."),
    heartbeatSeconds: z.number().positive().max(3_600).default(30).describe("How often the connection is pinged."),
    pongTimeoutSeconds: z.number().positive().max(600).default(10).describe("Nothing heard for this long after a ping: the connection is dead."),
    checkSeconds: z.number().positive().max(86_400).default(60).describe("How often the runtime is checked."),
    webhooks: z.array(webhookSchema).max(50).default([]).describe("Where the tunnel's events are sent: an address, or an address with the name of its signing secret."),
  }),
  "tenant",
  ["socketUrl"],
).describe("The tunnel to the bot's runtime.");
