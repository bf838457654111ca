import { ofTheLastMinute } from "../../shared/attention.ts";
import type { CardState } from "../../shared/panel-update.ts";
import type { DisplaySettings } from "../../shared/settings.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";

export interface AttentionRequest {
  readonly set: SuggestionSet;
  /** The cards that the set takes the place of: its own fallback, or itself under an older policy. */
  readonly replaced: Readonly<Record<string, CardState>>;
  /** When cards were let onto the panel, ms since the Unix epoch, oldest first. */
  readonly releasedAt: readonly number[];
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
  readonly display: Pick<DisplaySettings, "cardsPerMinute" | "quiet">;
}

export interface Attention {
  readonly cards: Readonly<Record<string, CardState>>;
  /** `releasedAt` of the last minute, with the cards that this set added. */
  readonly releasedAt: readonly number[];
}

/**
 * Decides which cards of a set are shown and which wait to be asked for: at most `cardsPerMinute` new cards in any
 * 60 s over all interactions, none in quiet mode, best first. A card that takes the place of one which the agent has
 * already been shown is not a new one, so it costs nothing; a suggestion that stays keeps what became of its card.
 */
export function spendAttention({ set, replaced, releasedAt, now, display }: AttentionRequest): Attention {
  const recent = [...ofTheLastMinute(releasedAt, now)];
  const staying = new Set(set.suggestions.map((suggestion) => suggestion.id));
  let inPlace = Object.entries(replaced).filter(([id, card]) => !staying.has(id) && card.visibility !== "waiting").length;
  let budget = display.quiet ? 0 : Math.max(0, display.cardsPerMinute - recent.length);
  const cards = new Map<string, CardState>();
  for (const { id } of set.suggestions) {
    const stays = Object.hasOwn(replaced, id) ? replaced[id] : undefined;
    if (stays !== undefined) {
      cards.set(id, stays);
    } else if (inPlace > 0) {
      inPlace -= 1;
      cards.set(id, newCard("shown"));
    } else if (budget > 0) {
      budget -= 1;
      recent.push(now);
      cards.set(id, newCard("shown"));
    } else {
      cards.set(id, newCard("waiting"));
    }
  }
  return { cards: Object.fromEntries(cards), releasedAt: recent };
}

function newCard(visibility: CardState["visibility"]): CardState {
  return { visibility, pinned: false, feedback: null, copied: false, displayed: false };
}
