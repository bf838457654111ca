import type { AssistSettings } from "../assist/assist-engine.ts";
import type { WidgetConfig } from "../assist/widget-config.ts";
import type { Config } from "../config/complete-config.ts";

type AssistConfig = NonNullable<Config["assist"]>;

/** What drives the engine, from the configuration. */
export function assistSettings(config: AssistConfig): AssistSettings {
  return {
    agentId: config.agentId ?? null,
    triggers: {
      keywords: [...config.keywords],
      sentimentThreshold: config.sentimentThreshold,
      enableKeywordTrigger: config.enableKeywordTrigger,
      enableSentimentTrigger: config.enableSentimentTrigger,
      triggerOn: config.triggerOn,
      language: config.language,
    },
    policy: {
      prohibitedPhrases: [...config.prohibitedPhrases],
      minConfidence: config.minConfidence,
      maxSuggestions: config.maxSuggestions,
    },
    requestTimeoutMs: config.requestTimeoutMs,
    fallbackAfterMs: config.fallbackAfterMs,
    cache: config.cache,
    fallback: config.fallback,
  };
}

/** The same values as widgets read them (contract 2.8). */
export function widgetConfig(config: AssistConfig): WidgetConfig {
  const { maxSuggestions, minConfidence, enableSentimentTrigger, enableKeywordTrigger, refreshIntervalMs, prohibitedPhrases } = config;
  return { maxSuggestions, minConfidence, enableSentimentTrigger, enableKeywordTrigger, refreshIntervalMs, prohibitedPhrases };
}
