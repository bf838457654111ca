import { describeFault } from "../texts/fault-words.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";
import { texts } from "../texts.ts";
import { formatAge } from "../ui/format.ts";

/** From the trigger on, after which no answer comes any more (contract 2.3). */
const ANSWER_BUDGET_MS = 5_000;

/**
 * Whether the answer may still take the fallback's place: the request has not failed, and its time is not over. A
 * fallback that shows early says `timeout`, or nothing, while the request goes on. `now` in ms since the Unix epoch.
 */
export function isAnswerAwaited(set: SuggestionSet, now: number): boolean {
  if (set.origin !== "fallback") return false;
  if (set.fault !== undefined && set.fault.code !== "timeout") return false;
  return now - (set.at - set.latencyMs) < ANSWER_BUDGET_MS;
}

/** Why the fallback stands here, in a few words without a full stop. */
export function fallbackReason(set: SuggestionSet): string {
  if (set.fault === undefined || set.fault.code === "timeout") return texts.card.noAnswerIn(formatAge(set.latencyMs));
  const { what } = describeFault(set.fault);
  return what.replace(/\.$/u, "");
}
