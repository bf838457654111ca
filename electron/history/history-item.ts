import { assertNever } from "../../shared/assert-never.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Interaction, Utterance } from "../../shared/interaction.ts";
import type { Disposition, SuggestionSet } from "../../shared/suggestion.ts";

/** What an agent did with a suggestion; `undone` takes it back. `at` in ms since the Unix epoch. */
export interface DispositionRecord {
  readonly interactionId: string;
  readonly suggestionId: string;
  readonly disposition: Disposition;
  readonly undone: boolean;
  readonly at: number;
}

/** Something that the history keeps, on its way to the database. */
export type HistoryItem =
  | { readonly kind: "interaction"; readonly interaction: Interaction }
  | { readonly kind: "utterance"; readonly interactionId: string; readonly utterance: Utterance }
  /** `rejudged`: policy changed, and the set was judged again while it was shown. */
  | { readonly kind: "set"; readonly set: SuggestionSet; readonly rejudged: boolean }
  | { readonly kind: "disposition"; readonly record: DispositionRecord };

/** What of an assist event the history keeps; null for the rest. What the recogniser may still change is not kept. */
export function historyItemOf(event: AssistEvent): HistoryItem | null {
  switch (event.kind) {
    case "interaction":
      return event;
    case "utterance":
      return event.utterance.final ? event : null;
    case "suggestions":
      return { kind: "set", set: event.set, rejudged: false };
    case "rejudged":
      return { kind: "set", set: event.set, rejudged: true };
    case "asking":
    case "superseded":
    case "evaluated":
    case "malformed":
    case "foreign":
      return null;
    default:
      return assertNever(event);
  }
}

/** The interaction that an item is of. */
export function interactionOf(item: HistoryItem): string {
  switch (item.kind) {
    case "interaction":
      return item.interaction.id;
    case "utterance":
      return item.interactionId;
    case "set":
      return item.set.interactionId;
    case "disposition":
      return item.record.interactionId;
    default:
      return assertNever(item);
  }
}
