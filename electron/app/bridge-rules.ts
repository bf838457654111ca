import { isDeepStrictEqual } from "node:util";
import { compilePolicy, type Policy } from "../assist/policy.ts";
import type { BridgeRules } from "../bridge/bridge.ts";
import { defaultProhibitedPhrases } from "../config/assist-section.ts";
import type { Config } from "../config/complete-config.ts";

/**
 * Makes the rules between bot and customer (contract 3.4) from the sections `bridge` and `assist`: the phrases of both.
 * Without a section `assist` the phrases that hold unless configured, so that a bridge alone is never without rules.
 * The phrases are compiled only when they change.
 */
export function createBridgeRules({ attended }: { readonly attended: boolean }): (bridge: Config["bridge"], assist: Config["assist"]) => BridgeRules {
  let compiled: { readonly phrases: readonly string[]; readonly policy: Policy } | null = null;
  const policyOf = (phrases: readonly string[]): Policy => {
    if (compiled === null || !isDeepStrictEqual(compiled.phrases, phrases)) {
      // Confidence and number are rules for suggestions; a bot's answer has neither.
      compiled = { phrases, policy: compilePolicy({ prohibitedPhrases: [...phrases], minConfidence: 0, maxSuggestions: 1 }) };
    }
    return compiled.policy;
  };
  return (bridge, assist) => {
    const phrases = [...(assist?.prohibitedPhrases ?? defaultProhibitedPhrases), ...(bridge?.prohibitedPhrases ?? [])];
    const { judgeText } = policyOf(phrases);
    return {
      judge: judgeText,
      stopped: attended || bridge === undefined ? { kind: "agent" } : { kind: "hand-over", text: bridge.handOverText },
    };
  };
}
