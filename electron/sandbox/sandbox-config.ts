import { GENESYS_ORG, GENESYS_PATH } from "./genesys-platform.ts";
import { TENANT_PATH } from "./integration-platform.ts";
import { PRACTICE_BOT } from "./tenant-bots.ts";
import { HOOKS_PATH } from "./webhook-receiver.ts";

/** The agent whose calls and chats these are. */
export const PRACTICE_AGENT = "practice-agent";
export const DIALOG_PATH = "/cognigy/api/v2/dialogs/start";
/** The usual trigger words, and those that the German and Spanish practice calls need. */
const PRACTICE_KEYWORDS = ["refund", "cancel", "complaint", "escalate", "erstatten", "Erstattung", "kündigen", "kündige", "Kündigung", "beschweren", "Beschwerde", "reembolso", "queja", "reclamación"];

/** Simulations here take a second or so, and the slow flow three; a real platform takes longer. */
const POLL_SECONDS = 0.2;
const MAX_POLLS = 50;

/**
 * What a `callside.config.json` needs to use the sandbox. The order service's authority is not in it: whoever writes the
 * file writes that too, and names it in `network.caFile`.
 */
export interface SandboxConfig {
  readonly assist: {
    readonly orgDomain: string;
    readonly agentId: string;
    readonly tokenUrl: string;
    readonly apiUrl: string;
    readonly streamUrl: string;
    readonly keywords?: readonly string[];
  };
  readonly tunnel: {
    readonly tenant: string;
    readonly botId: string;
    readonly tokenUrl: string;
    readonly apiUrl: string;
    readonly socketUrl: string;
  };
  readonly simulations: {
    readonly tokenUrl: string;
    readonly apiUrl: string;
    readonly pollSeconds: number;
    readonly maxPolls: number;
    readonly projectId: string;
  };
  readonly bridge: {
    readonly orgId: string;
    readonly tokenUrl: string;
    readonly socketUrl: string;
    readonly apiUrl: string;
    readonly dialogUrl: string;
    readonly scope: "agent";
    readonly agentId: string;
    readonly prohibitedPhrases: readonly string[];
  };
  readonly integrations: {
    readonly tenantUrl: string;
    readonly tokenUrl: string;
    readonly apiUrl: string;
    readonly webhookUrl: string;
    readonly allowHosts: readonly string[];
  };
  readonly panel: { readonly role: "agent" };
}

/** The environment variables that go with the configuration: practice credentials, made anew at each start. */
export interface SandboxEnv {
  readonly COGNIGY_CLIENT_ID: string;
  readonly COGNIGY_CLIENT_SECRET: string;
  readonly GENESYS_CLIENT_ID: string;
  readonly GENESYS_CLIENT_SECRET: string;
  readonly COGNIGY_API_KEY: string;
  readonly EXTERNAL_API_KEY: string;
}

/** Where the platforms of a sandbox answer, and whether its calls are the practice calls. */
interface SandboxPaths {
  readonly streamPath: string;
  readonly practiceCalls: boolean;
  readonly runtimeSocketPath: string;
  readonly simulateTokenPath: string;
  readonly simulatePath: string;
  readonly genesysTokenPath: string;
  readonly eventsPath: string;
  readonly tenantTokenPath: string;
  /** Host and port. */
  readonly orderHost: string;
}

/** The configuration for a sandbox at `address` (host and port). */
export function sandboxConfig(address: string, paths: SandboxPaths): SandboxConfig {
  return {
    assist: {
      orgDomain: "practice.callside.example",
      agentId: PRACTICE_AGENT,
      tokenUrl: `http://${address}/api/v1/oauth/token`,
      apiUrl: `http://${address}/api/v1`,
      streamUrl: `ws://${address}${paths.streamPath}`,
      ...(paths.practiceCalls ? { keywords: PRACTICE_KEYWORDS } : {}),
    },
    tunnel: {
      tenant: "practice",
      botId: PRACTICE_BOT,
      tokenUrl: `http://${address}/oauth/token`,
      apiUrl: `http://${address}/api/v1`,
      socketUrl: `ws://${address}${paths.runtimeSocketPath}`,
    },
    simulations: {
      tokenUrl: `http://${address}${paths.simulateTokenPath}`,
      apiUrl: `http://${address}${paths.simulatePath}`,
      pollSeconds: POLL_SECONDS,
      maxPolls: MAX_POLLS,
      projectId: "practice",
    },
    bridge: {
      orgId: GENESYS_ORG,
      tokenUrl: `http://${address}${paths.genesysTokenPath}`,
      socketUrl: `ws://${address}${paths.eventsPath}`,
      apiUrl: `http://${address}${GENESYS_PATH}`,
      dialogUrl: `http://${address}${DIALOG_PATH}`,
      scope: "agent",
      agentId: PRACTICE_AGENT,
      prohibitedPhrases: ["guaranteed approval"],
    },
    integrations: {
      tenantUrl: `http://${address}${TENANT_PATH}`,
      tokenUrl: `http://${address}${paths.tenantTokenPath}`,
      apiUrl: `http://${address}${TENANT_PATH}/api/v1`,
      webhookUrl: `http://${address}${HOOKS_PATH}`,
      allowHosts: [paths.orderHost],
    },
    panel: { role: "agent" },
  };
}
