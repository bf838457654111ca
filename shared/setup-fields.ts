/** The systems that can be connected at the first run, in the order in which they are offered. */
export const setupSystems = ["assist", "tunnel", "bridge", "integrations", "simulations"] as const;

export type SetupSystemName = (typeof setupSystems)[number];

/** What a field takes. The configuration's schema decides; this is what a person is told of it. */
export type SetupTakes = "host" | "tenant" | "botId" | "text" | "https" | "wss";

/** A field of a system's form, by its key in the section of the configuration. */
interface SetupField {
  readonly key: string;
  readonly takes: SetupTakes;
  /** `needed`: nothing can be tried without it. `own`: an address that is only given where it is another than usual. */
  readonly use: "needed" | "free" | "own";
  /** What may be chosen; any text where absent. The empty text is no choice. */
  readonly choices?: readonly string[];
}

const socketKeys: ReadonlySet<string> = new Set(["streamUrl", "socketUrl"]);

const ownAddresses = (...keys: readonly string[]): readonly SetupField[] => keys.map((key) => ({ key, takes: socketKeys.has(key) ? "wss" : "https", use: "own" }));

/** What each form asks for (contract 0, "Credentials", and design 5). Everything else of a section has its default. */
export const setupFields: Readonly<Record<SetupSystemName, readonly SetupField[]>> = {
  assist: [{ key: "orgDomain", takes: "host", use: "needed" }, { key: "agentId", takes: "text", use: "free" }, ...ownAddresses("tokenUrl", "apiUrl", "streamUrl")],
  tunnel: [{ key: "tenant", takes: "tenant", use: "needed" }, { key: "botId", takes: "botId", use: "needed" }, { key: "channel", takes: "text", use: "free" }, ...ownAddresses("tokenUrl", "apiUrl", "socketUrl")],
  bridge: [
    { key: "orgId", takes: "text", use: "needed" },
    { key: "region", takes: "host", use: "free" },
    { key: "dialogUrl", takes: "https", use: "needed" },
    { key: "scope", takes: "text", use: "free", choices: ["organisation", "agent"] },
    { key: "agentId", takes: "text", use: "free" },
    ...ownAddresses("tokenUrl", "apiUrl", "socketUrl"),
  ],
  integrations: [{ key: "tenantUrl", takes: "https", use: "needed" }, ...ownAddresses("tokenUrl", "apiUrl")],
  simulations: [{ key: "environment", takes: "host", use: "free" }, ...ownAddresses("tokenUrl", "apiUrl")],
};

/** The field that a system's addresses follow from. */
export const setupBases = { assist: "orgDomain", tunnel: "tenant", bridge: "region", integrations: "tenantUrl", simulations: "environment" } as const satisfies Readonly<Record<SetupSystemName, string>>;

const cognigyPair = ["COGNIGY_CLIENT_ID", "COGNIGY_CLIENT_SECRET"] as const;

/** The secrets of each system, by the names that the environment would have them by: one pair serves all Cognigy systems (contract 0). */
export const setupSecrets = {
  assist: cognigyPair,
  tunnel: cognigyPair,
  bridge: ["GENESYS_CLIENT_ID", "GENESYS_CLIENT_SECRET", "COGNIGY_API_KEY"],
  integrations: cognigyPair,
  simulations: cognigyPair,
} as const satisfies Readonly<Record<SetupSystemName, readonly string[]>>;

export const setupSecretNames = ["COGNIGY_CLIENT_ID", "COGNIGY_CLIENT_SECRET", "GENESYS_CLIENT_ID", "GENESYS_CLIENT_SECRET", "COGNIGY_API_KEY"] as const;

/** What is tried, in this order: each stands on the one before. */
export const setupSteps = ["name", "reach", "certificate", "token", "scope", "connection"] as const;
