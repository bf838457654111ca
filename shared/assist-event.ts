import type { Interaction, Utterance } from "./interaction.ts";
import type { SuggestionSet, Trigger } from "./suggestion.ts";

/**
 * The metrics record of one evaluation (contract 2.7). Exactly one per utterance that was evaluated, written when its
 * outcome is final: a fallback that the late answer replaced counts as answered. Latency in milliseconds.
 */
export interface EvaluationRecord {
  readonly timestamp: string;
  readonly interactionId: string;
  readonly triggered: boolean;
  readonly cached: boolean;
  readonly fallback: boolean;
  readonly suggestionCount: number;
  readonly eventType: "AGENT_ASSIST_QUERY";
  readonly latencyMs: number;
  readonly trigger: Trigger["kind"] | null;
  readonly blockedCount: number;
  /** A newer utterance took its place before it could be shown. */
  readonly superseded: boolean;
}

/** What the assist capability tells its subscribers (panel, history, audit, metrics, command line), in order. */
export type AssistEvent =
  /** An interaction was opened, ended, or something more is known of it. */
  | { readonly kind: "interaction"; readonly interaction: Interaction }
  /** Something was said; a known utterance id means that it replaces its interim form. */
  | { readonly kind: "utterance"; readonly interactionId: string; readonly utterance: Utterance }
  /** A trigger fired and the platform is being asked. */
  | {
      readonly kind: "asking";
      readonly interactionId: string;
      readonly setId: string;
      readonly trigger: Trigger;
      readonly since: number;
    }
  /** One per answer, also when it is empty or a fallback; the same set id again replaces the fallback in place. */
  | { readonly kind: "suggestions"; readonly set: SuggestionSet }
  /**
   * Policy changed, and a set that was shown already reads differently under it: the same set id, judged again.
   * A suggestion that stays keeps its id. Not an answer: nothing was asked.
   */
  | { readonly kind: "rejudged"; readonly set: SuggestionSet }
  | { readonly kind: "superseded"; readonly interactionId: string; readonly setId: string }
  /** An utterance's outcome is final; the only event of one that did not trigger. */
  | { readonly kind: "evaluated"; readonly utteranceId: string; readonly record: EvaluationRecord }
  /** A frame that broke the contract: why and how many bytes, nothing of its text. */
  | { readonly kind: "malformed"; readonly reason: string; readonly bytes: number }
  /** A frame of another agent, dropped before anything else saw it. */
  | { readonly kind: "foreign" };

