import { expect, test } from "vitest";
import { configJsonSchema } from "../../electron/config/json-schema.ts";

interface Node {
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly default?: unknown;
}

/** The keys of design 5, by section. */
const keys: Readonly<Record<string, string>> = {
  tunnel:
    "tenant botId channel protocolVersion protocolVersions maxConcurrent tokenUrl apiUrl socketUrl heartbeatSeconds pongTimeoutSeconds checkSeconds webhooks",
  assist:
    "orgDomain agentId tokenUrl apiUrl streamUrl keywords sentimentThreshold enableKeywordTrigger enableSentimentTrigger minConfidence maxSuggestions prohibitedPhrases refreshIntervalMs requestTimeoutMs fallbackAfterMs triggerOn language cache fallback widgetConfigPort phraseList",
  bridge: "region orgId tokenUrl socketUrl apiUrl dialogUrl scope agentId stateDirectory concurrency heartbeatSeconds prohibitedPhrases handOverText healthPort elevatedMs criticalMs",
  integrations: "tenantUrl tokenUrl apiUrl webhookUrl webhookSecret allowHosts",
  simulations: "environment tokenUrl apiUrl concurrency pollSeconds maxPolls webhookUrl projectId passThreshold",
  audit: "directory",
  history: "retentionDays mask export teamFolder",
  telemetry: "metricsFile openMetricsFile otlpUrl",
  network: "caFile proxy noProxy",
  panel: "role cardsPerMinute quiet theme language",
  desktop: "dock alwaysOnTop keepRunning startAtLogin notifications shortcuts",
  updates: "url publicKey checkHours channel",
};

test("the schema has exactly the agreed sections and keys, closed, each with a description", () => {
  const schema = configJsonSchema() as Node;
  expect(Object.keys(schema.properties ?? {}).toSorted()).toStrictEqual(["$schema", ...Object.keys(keys)].toSorted());
  for (const [section, names] of Object.entries(keys)) {
    const node = schema.properties?.[section];
    expect(node?.additionalProperties, section).toBe(false);
    expect(node?.description, section).toBeTruthy();
    expect(Object.keys(node?.properties ?? {}), section).toStrictEqual(names.split(" "));
    for (const [key, value] of Object.entries(node?.properties ?? {})) expect(value.description, `${section}.${key}`).toBeTruthy();
  }
  expect(schema.properties?.["assist"]?.required ?? []).toStrictEqual([]);
  expect(schema.properties?.["tunnel"]?.required).toStrictEqual(["botId"]);
});

test("it is plain JSON of draft 2020-12 with defaults, so that an editor can use it", () => {
  const schema = configJsonSchema();
  expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  expect(JSON.parse(JSON.stringify(schema))).toStrictEqual(schema);
  expect((schema as Node).properties?.["assist"]?.properties?.["minConfidence"]).toMatchObject({ type: "number", minimum: 0, maximum: 1, default: 0.75 });
});
