import type { HistoryHit } from "../../shared/history.ts";
import type { PastFilter } from "./past-filter.ts";

/** The interaction `by` places further on, counted from before the first where none is active. Null where there is none. */
export function moved(hits: readonly HistoryHit[], activeId: string | null, by: number): string | null {
  const at = hits.findIndex(({ interaction }) => interaction.id === activeId);
  const next = Math.max(0, Math.min(hits.length - 1, at + by));
  return hits[next]?.interaction.id ?? null;
}

/** The line at which an interaction is read: the first that was found in it. */
export function firstFoundLine(hits: readonly HistoryHit[], interactionId: string): string | null {
  const hit = hits.find(({ interaction }) => interaction.id === interactionId);
  return hit?.snippets.find(({ utteranceId }) => utteranceId !== null)?.utteranceId ?? null;
}

/** Whether everything is looked at. */
export function isUnfiltered(text: string, { period, channel, queue, agentId }: PastFilter): boolean {
  return text.trim() === "" && period.kind === "any" && channel === null && queue === null && agentId === null;
}
