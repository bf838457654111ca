import { assertNever } from "../../shared/assert-never.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";

/**
 * The same updates with those of one interaction next to each other, each interaction's own in their order.
 * Leads to the same state: an interaction's transcript, sets and cards are no concern of another's. What opens or
 * closes an interaction stays where it stands, as it may let another one go. Many live interactions at once then cost
 * one copy of each transcript per push and not one per utterance.
 */
export function groupUpdates(updates: readonly PanelUpdate[]): readonly PanelUpdate[] {
  if (updates.length < 3) return updates;
  const grouped: PanelUpdate[] = [];
  let stretch = new Map<string, PanelUpdate[]>();
  const close = (): void => {
    for (const group of stretch.values()) for (const update of group) grouped.push(update);
    stretch = new Map();
  };
  for (const update of updates) {
    const interactionId = interactionOf(update);
    if (interactionId === null) {
      close();
      grouped.push(update);
      continue;
    }
    const group = stretch.get(interactionId);
    if (group === undefined) stretch.set(interactionId, [update]);
    else group.push(update);
  }
  close();
  return grouped;
}

/** The interaction whose inside the update changes, or null for what others may depend on. */
function interactionOf(update: PanelUpdate): string | null {
  switch (update.kind) {
    case "utterance":
    case "pending":
    case "card":
    case "bridged":
      return update.interactionId;
    case "set":
      return update.set.interactionId;
    case "settings":
    case "connection":
    case "tunnel":
    case "simulations":
    case "simulation-rows":
    case "simulation-row-changes":
    case "bridge":
    case "integrations":
    case "desktop":
    case "health":
    case "focus":
    case "attention":
    case "practice":
    case "setup":
    case "notice":
    case "notice-cleared":
    case "interaction":
    case "interaction-closed":
      return null;
    default:
      return assertNever(update);
  }
}
