import { z } from "zod";
import { policySettingsSchema } from "../../shared/settings.ts";
import { hostField, httpAddress, socketAddress } from "./address.ts";
import { isRecord } from "./needs.ts";

/** The section `bridge` (design 5, defaults of contract 0 and 3). */
export const bridgeSection = z
  .strictObject({
    region: hostField.default("mypurecloud.com").describe("The Genesys Cloud region's domain."),
    orgId: z.string().trim().min(1).max(200).describe("The Genesys organisation."),
    tokenUrl: httpAddress.exactOptional().describe("The token endpoint, if it is not https://login.{region}/oauth/token."),
    socketUrl: socketAddress.exactOptional().describe("The event socket, if it is not wss://api.{region}/api/v2/platformdata/events."),
    apiUrl: httpAddress.exactOptional().describe("The base of the API, if it is not https://api.{region}."),
    dialogUrl: httpAddress.describe("The whole address that a customer's message is forwarded to."),
    scope: z
      .enum(["organisation", "agent"])
      .exactOptional()
      .describe("On a desktop: organisation answers every conversation, agent only those of agentId. Without it a desktop runs no bridge."),
    agentId: z.string().trim().min(1).max(200).exactOptional().describe("With scope agent: whose conversations are answered."),
    stateDirectory: z.string().min(1).max(4_096).exactOptional().describe("Where messages and the resume point are kept; relative to this file."),
    concurrency: z.number().int().min(1).max(1_000).default(32).describe("How many conversations are worked at the same time."),
    heartbeatSeconds: z.number().positive().max(3_600).default(20).describe("How often the socket is pinged."),
    prohibitedPhrases: policySettingsSchema.shape.prohibitedPhrases
      .default([])
      .describe("Phrases that no answer of the bot may bring to a customer, beside those of assist.prohibitedPhrases."),
    handOverText: z
      .string()
      .trim()
      .min(1)
      .max(1_000)
      .default("Thank you. A colleague will answer you here in a moment.")
      .describe("What the customer gets where policy stops the bot's answer and no agent is at a panel."),
    healthPort: z.number().int().min(0).max(65_535).exactOptional().describe("Serve the bridge's health on this port of this machine only (0: a free one)."),
    elevatedMs: z.number().positive().max(600_000).default(500).describe("Latency to the bot above this is elevated, in milliseconds."),
    criticalMs: z.number().positive().max(600_000).default(1_000).describe("Latency to the bot above this is critical, in milliseconds."),
  })
  .refine((section) => section.scope !== "agent" || "agentId" in section, {
    when: (payload) => isRecord(payload.value),
    path: ["agentId"],
    error: "the id of the agent whose conversations are answered, because scope is agent",
  })
  .describe("The bridge between Genesys Cloud conversations and the bot.");
