import { assertNever } from "../../shared/assert-never.ts";
import type { CardPatch, CardState } from "../../shared/panel-update.ts";
import type { Disposition } from "../../shared/suggestion.ts";

/**
 * What a disposition does to its card.
 * `already`: the card says so already, nothing new happened. `unseen`: it happened and the card looks the same.
 */
export type CardChange =
  | { readonly kind: "changed"; readonly patch: CardPatch }
  | { readonly kind: "unseen" }
  | { readonly kind: "already" }
  | { readonly kind: "cannot-undo" };

/** The change of a card upon a disposition, or upon taking one back. Pure. */
export function cardPatchFor(card: CardState, disposition: Disposition, undone: boolean): CardChange {
  switch (disposition) {
    case "dismissed":
      return dismissal(card, undone);
    case "helpful":
    case "not helpful":
      return judgement(card, disposition, undone);
    case "copied":
      if (undone) return card.copied ? { kind: "changed", patch: { copied: false } } : { kind: "already" };
      // Copied twice is used twice, so the second time counts too.
      return card.copied ? { kind: "unseen" } : { kind: "changed", patch: { copied: true } };
    case "displayed":
      if (undone) return { kind: "cannot-undo" };
      return card.displayed ? { kind: "already" } : { kind: "changed", patch: { displayed: true } };
    case "clicked":
    case "sent":
      return undone ? { kind: "cannot-undo" } : { kind: "unseen" };
    default:
      return assertNever(disposition);
  }
}

function dismissal(card: CardState, undone: boolean): CardChange {
  if ((card.visibility === "dismissed") !== undone) return { kind: "already" };
  return { kind: "changed", patch: { visibility: undone ? "shown" : "dismissed" } };
}

function judgement(card: CardState, feedback: "helpful" | "not helpful", undone: boolean): CardChange {
  if ((card.feedback === feedback) !== undone) return { kind: "already" };
  return { kind: "changed", patch: { feedback: undone ? null : feedback } };
}
