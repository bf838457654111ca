import { isDeepStrictEqual } from "node:util";
import { compilePolicy, type Policy } from "../assist/policy.ts";
import type { BridgeRules } from "../bridge/bridge.ts";
import type { Config } from "../config/complete-config.ts";

/**
 * Makes the rules between bot and customer (contract 3.4): the phrases that hold for every text, whether agent assist is on
 * or not, and those of the section `bridge`. The phrases are compiled only when they change.
 */
export function createBridgeRules({ attended }: { readonly attended: boolean }): (bridge: Config["bridge"], prohibited: readonly string[]) => BridgeRules {
  let compiled: { readonly phrases: readonly string[]; readonly policy: Policy } | null = null;
  const policyOf = (phrases: readonly string[]): Policy => {
    if (compiled === null || !isDeepStrictEqual(compiled.phrases, phrases)) {
      // Confidence and number are rules for suggestions; a bot's answer has neither.
      compiled = { phrases, policy: compilePolicy({ prohibitedPhrases: [...phrases], minConfidence: 0, maxSuggestions: 1 }) };
    }
    return compiled.policy;
  };
  return (bridge, prohibited) => {
    const phrases = [...prohibited, ...(bridge?.prohibitedPhrases ?? [])];
    const policy = policyOf(phrases);
    return {
      judge: (text) => policy.judgeText(text),
      stopped: attended || bridge === undefined ? { kind: "agent" } : { kind: "hand-over", text: bridge.handOverText },
    };
  };
}
