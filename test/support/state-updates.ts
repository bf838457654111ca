import type { ConnectionName } from "../../shared/connection.ts";
import type { PanelState } from "../../shared/panel-state.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";

/** The updates that lead from an empty panel to a state (what was dropped from transcripts apart). */
export function updatesTo(state: PanelState): readonly PanelUpdate[] {
  const updates: PanelUpdate[] = [{ kind: "settings", settings: state.settings }];
  for (const name of ["stream", "tunnel", "bridge"] as const satisfies readonly ConnectionName[]) {
    const view = state.connections[name];
    if (view !== undefined) updates.push({ kind: "connection", name, ...view });
  }
  if (state.tunnel !== null) updates.push({ kind: "tunnel", tunnel: state.tunnel });
  if (state.bridge !== null) updates.push({ kind: "bridge", view: state.bridge });
  if (state.desktop !== null) updates.push({ kind: "desktop", view: state.desktop });
  if (state.health.state !== "never") updates.push({ kind: "health", view: state.health });
  if (state.practice !== null) updates.push({ kind: "practice", view: state.practice });
  if (state.setup !== null) updates.push({ kind: "setup", view: state.setup });
  updates.push({ kind: "attention", releasedAt: state.releasedAt });
  if (state.focus !== null) updates.push({ kind: "focus", focus: state.focus });
  for (const notice of state.notices) updates.push({ kind: "notice", notice });
  for (const { interaction, utterances, sets, pending, bridged } of state.interactions) {
    updates.push({ kind: "interaction", interaction });
    for (const utterance of utterances) updates.push({ kind: "utterance", interactionId: interaction.id, utterance });
    for (const shown of sets.toReversed()) updates.push({ kind: "set", ...shown });
    if (bridged !== null) updates.push({ kind: "bridged", interactionId: interaction.id, conversation: bridged });
    if (pending !== null) updates.push({ kind: "pending", interactionId: interaction.id, pending });
  }
  return updates;
}
