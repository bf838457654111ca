import { openAssist, type Assist } from "../../electron/assist/assist.ts";
import type { AssistSettings } from "../../electron/assist/assist-engine.ts";
import { openNetwork } from "../../electron/net/network.ts";
import { systemClock } from "../../electron/net/system-clock.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Source } from "./source.ts";

/** The settings of contract 2. */
export const benchSettings: AssistSettings = {
  agentId: "agent-1",
  triggers: {
    keywords: ["refund", "cancel", "complaint", "escalate"],
    sentimentThreshold: -0.4,
    enableKeywordTrigger: true,
    enableSentimentTrigger: true,
    triggerOn: "customer",
    language: "en",
  },
  policy: {
    prohibitedPhrases: ["guarantee full refund", "legal action", "sue the company"],
    minConfidence: 0.75,
    maxSuggestions: 3,
  },
  requestTimeoutMs: 5_000,
  fallbackAfterMs: 2_000,
  cache: { maxEntries: 500, ttlSeconds: 120, scope: "interaction", contextKeys: [] },
  fallback: [{ text: "Let me connect you with a specialist.", confidence: 0.85 }],
};

/** Agent assist as the program runs it, on a source; every event goes to `emit`. */
export async function runAssist(source: Source, emit: (event: AssistEvent) => void, settings = benchSettings): Promise<Assist> {
  const network = await openNetwork({ readFile: () => Promise.reject(new Error("no file is read")) });
  if (!network.ok) throw new Error(network.error.detail);
  return openAssist({
    platform: source.platform,
    settings,
    network: network.value,
    clock: systemClock,
    random: Math.random,
    setPrefix: "bench-",
    emit,
    onConnection: (state) => {
      if (state.kind === "rejected") throw new Error(state.fault.detail);
    },
  });
}
