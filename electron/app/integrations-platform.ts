import type { Clock } from "../../shared/clock.ts";
import type { ExecutionRecord } from "../../shared/execution-record.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Config } from "../config/complete-config.ts";
import { credentials } from "../config/credentials.ts";
import { createIntegrations, type Integrations, type IntegrationsOptions } from "../integrations/integrations.ts";
import { INTEGRATION_SCOPES } from "../integrations/registry-api.ts";
import { createHttp } from "../net/http.ts";
import { createTokens } from "../net/oauth.ts";
import type { WebhookTrouble } from "../net/webhook.ts";
import { openDeskNetwork } from "./desk-network.ts";

/** What of the configuration integrations are made from. */
export interface IntegrationsMade {
  /** Null where the section is absent and integrations are wanted all the same: nothing is allowed beyond the rules then. */
  readonly section: Config["integrations"] | null;
  readonly network: Config["network"];
  readonly otlpUrl: string | undefined;
}

export interface IntegrationsPlatformOptions {
  readonly made: IntegrationsMade;
  /** The value that `integrations.webhookSecret` names; null where there is none. */
  readonly webhookSecret: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly readFile: (path: string) => Promise<string>;
  readonly resolve?: IntegrationsOptions["resolve"];
  readonly vault: IntegrationsOptions["vault"];
  readonly onRecord: (record: ExecutionRecord) => void;
  readonly onWebhookTrouble: (trouble: WebhookTrouble) => void;
  readonly onPause: () => void;
}

const NO_SECTION: Fault = { kind: "policy", code: "not-found-here", detail: "no platform is known: the configuration has no section integrations" };

/**
 * Opens network, tokens and integrations. The fault names the certificate file. Missing credentials are no fault here:
 * only to register needs them, and tells them then.
 */
export async function openIntegrationsPlatform(options: IntegrationsPlatformOptions): Promise<Result<Integrations, Fault>> {
  const { made, env, clock, random } = options;
  // Services of anybody's are asked over it too: their clocks say nothing of ours.
  const opened = await openDeskNetwork(made.network, { env, readFile: options.readFile });
  if (!opened.ok) return opened;
  const network = opened.value;
  const { fetch } = network;
  const section = made.section ?? undefined;
  const pair = section === undefined ? err(NO_SECTION) : credentials(env, "integrations");
  const tokens = section !== undefined && pair.ok ? createTokens({ tokenUrl: section.tokenUrl, ...pair.value, scopes: INTEGRATION_SCOPES, clock, random, fetch }) : null;
  const platform: IntegrationsOptions["platform"] =
    section === undefined || tokens === null ? (pair.ok ? err(NO_SECTION) : pair) : ok({ send: createHttp({ clock, random, fetch, tokens }), apiUrl: section.apiUrl });
  const webhookUrl = section?.webhookUrl;
  // Unsigned where it should be signed, the receiver could not tell it from anybody's: then nothing is sent.
  const isUnsigned = section?.webhookSecret !== undefined && options.webhookSecret === null;
  const integrations = createIntegrations({
    platform,
    allowHosts: section?.allowHosts ?? [],
    ...(webhookUrl === undefined || isUnsigned ? {} : { webhook: { url: webhookUrl, ...(options.webhookSecret === null ? {} : { secret: options.webhookSecret }) } }),
    ...(made.otlpUrl === undefined ? {} : { otlpUrl: made.otlpUrl }),
    vault: options.vault,
    network,
    clock,
    random,
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
    onRecord: options.onRecord,
    onWebhookTrouble: options.onWebhookTrouble,
    onPause: options.onPause,
  });
  return ok({
    ...integrations,
    async [Symbol.asyncDispose]() {
      await integrations[Symbol.asyncDispose]();
      await tokens?.[Symbol.asyncDispose]();
      await network[Symbol.asyncDispose]();
    },
  });
}
