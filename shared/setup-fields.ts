/** The systems that can be connected at the first run, in the order in which they are offered. */
export const setupSystems = ["assist", "tunnel", "bridge", "integrations", "simulations"] as const;

export type SetupSystemName = (typeof setupSystems)[number];

/** A field of a system's form, by its key in the section of the configuration. */
interface SetupField {
  readonly key: string;
  /** `needed`: nothing can be tried without it. `own`: an address that is only given where it is another than usual. */
  readonly use: "needed" | "free" | "own";
  /** What may be chosen; any text where absent. The empty text is no choice. */
  readonly choices?: readonly string[];
}

const ownAddresses = (...keys: readonly string[]): readonly SetupField[] => keys.map((key) => ({ key, use: "own" }));

/** What each form asks for (contract 0, "Credentials", and design 5). Everything else of a section has its default. */
export const setupFields: Readonly<Record<SetupSystemName, readonly SetupField[]>> = {
  assist: [{ key: "orgDomain", use: "needed" }, { key: "agentId", use: "free" }, ...ownAddresses("tokenUrl", "apiUrl", "streamUrl")],
  tunnel: [{ key: "tenant", use: "needed" }, { key: "botId", use: "needed" }, { key: "channel", use: "free" }, ...ownAddresses("tokenUrl", "apiUrl", "socketUrl")],
  bridge: [
    { key: "orgId", use: "needed" },
    { key: "region", use: "free" },
    { key: "dialogUrl", use: "needed" },
    { key: "scope", use: "free", choices: ["organisation", "agent"] },
    { key: "agentId", use: "free" },
    ...ownAddresses("tokenUrl", "apiUrl", "socketUrl"),
  ],
  integrations: [{ key: "tenantUrl", use: "needed" }, ...ownAddresses("tokenUrl", "apiUrl")],
  simulations: [{ key: "environment", use: "free" }, ...ownAddresses("tokenUrl", "apiUrl")],
};

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
