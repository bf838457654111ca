import { assertNever } from "../../shared/assert-never.ts";

/** How a value of the configuration is told. `address`: scheme and host. `count`: of a list. `set`: whether there is one. */
type Telling = "plain" | "address" | "addresses" | "count" | "set";

/**
 * What of the configuration may be told, and how: what is not named here is left out. Phrases and keywords are the
 * company's own words, and an agent's id is a person's, so of those only how many there are.
 */
const TOLD: Readonly<Record<string, Readonly<Record<string, Telling>>>> = {
  tunnel: {
    tenant: "plain",
    botId: "plain",
    channel: "plain",
    protocolVersion: "plain",
    protocolVersions: "plain",
    maxConcurrent: "plain",
    tokenUrl: "address",
    apiUrl: "address",
    socketUrl: "address",
    heartbeatSeconds: "plain",
    pongTimeoutSeconds: "plain",
    checkSeconds: "plain",
    webhooks: "addresses",
  },
  assist: {
    orgDomain: "plain",
    agentId: "set",
    tokenUrl: "address",
    apiUrl: "address",
    streamUrl: "address",
    keywords: "count",
    sentimentThreshold: "plain",
    enableKeywordTrigger: "plain",
    enableSentimentTrigger: "plain",
    minConfidence: "plain",
    maxSuggestions: "plain",
    prohibitedPhrases: "count",
    refreshIntervalMs: "plain",
    requestTimeoutMs: "plain",
    fallbackAfterMs: "plain",
    triggerOn: "plain",
    language: "plain",
    fallback: "count",
    widgetConfigPort: "plain",
    phraseList: "set",
  },
  bridge: {
    region: "plain",
    orgId: "set",
    tokenUrl: "address",
    socketUrl: "address",
    apiUrl: "address",
    dialogUrl: "address",
    scope: "plain",
    agentId: "set",
    stateDirectory: "set",
    concurrency: "plain",
    heartbeatSeconds: "plain",
    prohibitedPhrases: "count",
    handOverText: "set",
    healthPort: "plain",
    elevatedMs: "plain",
    criticalMs: "plain",
  },
  integrations: { tenantUrl: "address", tokenUrl: "address", apiUrl: "address", webhookUrl: "address", webhookSecret: "set", allowHosts: "count" },
  simulations: {
    environment: "plain",
    tokenUrl: "address",
    apiUrl: "address",
    concurrency: "plain",
    pollSeconds: "plain",
    maxPolls: "plain",
    webhookUrl: "address",
    projectId: "set",
    passThreshold: "plain",
  },
  audit: { directory: "plain" },
  history: { retentionDays: "plain", mask: "plain" },
  telemetry: { metricsFile: "plain", openMetricsFile: "plain", otlpUrl: "address" },
  network: { caFile: "plain", proxy: "address", noProxy: "count" },
  panel: { role: "plain", cardsPerMinute: "plain", quiet: "plain", theme: "plain", language: "plain" },
  desktop: { dock: "plain", alwaysOnTop: "plain", keepRunning: "plain", startAtLogin: "plain", notifications: "plain" },
};

type Told = string | number | boolean | null | readonly string[];

/** A value of the configuration as it is told: by section and key. A section that is off is null. */
export type ConfigSummary = Readonly<Record<string, Readonly<Record<string, Told>> | null>>;

/** The configuration that holds, as far as a stranger may read it; see {@link TOLD}. Takes the complete configuration. */
export function summariseConfig(config: Readonly<Record<string, unknown>>): ConfigSummary {
  return Object.fromEntries(
    Object.entries(TOLD).map(([name, keys]) => {
      const section = config[name];
      if (typeof section !== "object" || section === null) return [name, null];
      const values = new Map<string, unknown>(Object.entries(section));
      return [name, Object.fromEntries(Object.entries(keys).flatMap(([key, telling]) => {
        const value = tell(values.get(key), telling);
        return value === undefined ? [] : [[key, value]];
      }))];
    }),
  );
}

function tell(value: unknown, telling: Telling): Told | undefined {
  if (value === undefined) return undefined;
  switch (telling) {
    case "plain":
      return plain(value);
    case "address":
      return originOf(value);
    case "addresses":
      return Array.isArray(value) ? value.map((one) => originOf(isRecord(one) ? one["url"] : one)) : undefined;
    case "count":
      return Array.isArray(value) ? value.length : undefined;
    case "set":
      return "is set";
    default:
      return assertNever(telling);
  }
}

function plain(value: unknown): Told | undefined {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : undefined;
}

/** Scheme and host: a path may hold a key (webhooks do), a name and password stand before the host. */
function originOf(value: unknown): string {
  const url = typeof value === "string" ? URL.parse(value) : null;
  return url === null ? "[no address]" : `${url.protocol}//${url.host}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
