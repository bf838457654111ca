import type { Focus } from "../shared/desktop.ts";
import type { PanelState } from "../shared/panel-state.ts";

/**
 * What something outside of the panel has asked for between two states of it, or null. What a page finds when it is
 * loaded was asked of the page before it.
 */
export function newFocus(before: PanelState | null, after: PanelState | null): Focus["target"] | null {
  const focus = after?.focus ?? null;
  if (before === null || focus === null) return null;
  return focus.number > (before.focus?.number ?? -1) ? focus.target : null;
}
