import type { SuggestionSet } from "../../shared/suggestion.ts";
import { useNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { fallbackReason, isAnswerAwaited } from "./fallback-words.ts";

interface FallbackWordsProps {
  readonly set: SuggestionSet;
  /** The answer has come, but the list stands still. */
  readonly replaced: boolean;
}

/** Why a fallback stands here, and whether something better is on its way. */
export function FallbackWords({ set, replaced }: FallbackWordsProps) {
  const awaited = useNow((now) => isAnswerAwaited(set, now));
  const promise = awaited ? texts.card.fallbackReplaced : texts.card.fallbackFinal;
  return (
    <p className="card-fallback">
      {fallbackReason(set)}. {replaced ? texts.suggestions.answered : promise}
    </p>
  );
}
