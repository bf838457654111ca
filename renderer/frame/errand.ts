import { assertNever } from "../../shared/assert-never.ts";
import type { Place } from "./places.ts";

/**
 * What one view asks another to show when it leads there. `interaction`: a past one, at one of its utterances where one
 * is named. `try-without`: the rules without a trigger, a keyword by its configured words.
 */
export type Errand =
  | { readonly kind: "interaction"; readonly interactionId: string; readonly utteranceId: string | null }
  | { readonly kind: "try-without"; readonly trigger: "keyword" | "sentiment"; readonly words: string };

/** The view that an errand is for. */
export function placeOfErrand(errand: Errand): Place {
  switch (errand.kind) {
    case "interaction":
      return "history";
    case "try-without":
      return "workshop";
    default:
      return assertNever(errand);
  }
}
