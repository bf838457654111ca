/** A key that addresses of its section follow from. */
interface Derivation {
  readonly base: string;
  /** Each address that follows, from the base's value (table of contract 0). */
  readonly addresses: Readonly<Record<string, (base: string) => string>>;
}

export const derivedAddresses = {
  tunnel: { base: "tenant", addresses: { socketUrl: (tenant: string) => `wss://${tenant}.cognigy.com/runtime` } },
  assist: {
    base: "orgDomain",
    addresses: {
      tokenUrl: (domain: string) => `https://${domain}/api/v1/oauth/token`,
      apiUrl: (domain: string) => `https://${domain}/api/v1`,
      streamUrl: (domain: string) => `wss://${domain}/api/v1/streaming/agentassist`,
    },
  },
  bridge: {
    base: "region",
    addresses: {
      tokenUrl: (region: string) => `https://login.${region}/oauth/token`,
      socketUrl: (region: string) => `wss://api.${region}/api/v2/platformdata/events`,
      apiUrl: (region: string) => `https://api.${region}`,
    },
  },
  integrations: {
    base: "tenantUrl",
    addresses: {
      tokenUrl: (tenantUrl: string) => `${tenantUrl.replace(/\/+$/, "")}/api/v1/auth/oauth/token`,
      apiUrl: (tenantUrl: string) => `${tenantUrl.replace(/\/+$/, "")}/api/v1`,
    },
  },
  simulations: {
    base: "environment",
    addresses: {
      tokenUrl: (environment: string) => `https://${environment}/api/oauth/token`,
      apiUrl: (environment: string) => `https://${environment}/api/bot`,
    },
  },
} as const satisfies Readonly<Record<string, Derivation>>;

const derivations: ReadonlyMap<string, Derivation> = new Map(Object.entries(derivedAddresses));

/** The addresses that follow from the value at `path`: their keys with what each then is; none where it is no such base. */
export function addressesFrom(path: readonly string[], value: unknown): readonly (readonly [key: string, address: string])[] {
  const [section = "", key, ...deeper] = path;
  const derivation = derivations.get(section);
  if (derivation === undefined || derivation.base !== key || deeper.length > 0 || typeof value !== "string") return [];
  return Object.entries(derivation.addresses).map(([name, from]) => [name, from(value)]);
}
