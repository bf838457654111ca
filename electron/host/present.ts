import { assertNever } from "../../shared/assert-never.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Clock } from "../../shared/clock.ts";
import type { InteractionView } from "../../shared/panel-state.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";
import { latencyNow } from "../../shared/tunnel-latency.ts";
import { spendAttention } from "./attention.ts";
import type { Publisher } from "./publisher.ts";

/**
 * Turns what the assist capability tells into what the panel shows, within the agent's attention budget.
 * Takes events in their order; the returned function does not throw and does not wait.
 */
export function createPresenter(publisher: Publisher, clock: Clock): (event: AssistEvent) => void {
  const viewOf = (interactionId: string): InteractionView | undefined =>
    publisher.state().interactions.find((view) => view.interaction.id === interactionId);

  /** What an earlier connection took would be no truth about this set. */
  const tunnelMs = (): number | null => {
    const { connections, tunnel } = publisher.state();
    return connections.tunnel === undefined ? null : latencyNow(connections.tunnel.state, tunnel);
  };

  const presentSet = (set: SuggestionSet, measuredMs: number | null): void => {
    const view = viewOf(set.interactionId);
    // Taken off the panel meanwhile: nothing of it is shown, so it must not use up attention.
    if (view === undefined) return;
    const known = view.sets.find((one) => one.set.id === set.id);
    const { releasedAt, settings } = publisher.state();
    const attention = spendAttention({ set, replaced: known?.cards ?? {}, releasedAt, now: clock.now(), display: settings.display });
    publisher.publish({ kind: "attention", releasedAt: attention.releasedAt });
    publisher.publish({ kind: "set", set, cards: attention.cards, tunnelMs: measuredMs });
  };

  return (event) => {
    switch (event.kind) {
      case "interaction":
        publisher.publish({ kind: "interaction", interaction: event.interaction });
        return;
      case "utterance":
        publisher.publish({ kind: "utterance", interactionId: event.interactionId, utterance: event.utterance });
        return;
      case "asking": {
        const { interactionId, setId, trigger, since } = event;
        publisher.publish({ kind: "pending", interactionId, pending: { setId, trigger, since } });
        return;
      }
      case "suggestions":
        presentSet(event.set, tunnelMs());
        return;
      case "rejudged": {
        // A set that the panel has let go does not come back for it.
        const known = viewOf(event.set.interactionId)?.sets.find((one) => one.set.id === event.set.id);
        if (known !== undefined) presentSet(event.set, known.tunnelMs);
        return;
      }
      case "superseded":
        // The newer request may have been announced first; it is not the one that was given up.
        if (viewOf(event.interactionId)?.pending?.setId === event.setId) {
          publisher.publish({ kind: "pending", interactionId: event.interactionId, pending: null });
        }
        return;
      case "evaluated":
      case "malformed":
      case "foreign":
        return;
      default:
        assertNever(event);
    }
  };
}
