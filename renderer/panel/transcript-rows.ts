import type { Utterance } from "../../shared/interaction.ts";

/** A row of the transcript. `gap`: the platform's numbers say that lines are missing here. */
export type TranscriptRow =
  | { readonly kind: "dropped"; readonly id: "dropped"; readonly count: number }
  | { readonly kind: "gap"; readonly id: string; readonly count: number }
  | { readonly kind: "utterance"; readonly id: string; readonly utterance: Utterance; readonly named: boolean };

/**
 * Lays out utterances as rows. `dropped`: how many older ones were let go. A speaker is named when it changes, not on
 * every line.
 */
export function transcriptRows(utterances: readonly Utterance[], dropped: number): readonly TranscriptRow[] {
  const rows: TranscriptRow[] = dropped > 0 ? [{ kind: "dropped", id: "dropped", count: dropped }] : [];
  let previous: Utterance | undefined;
  for (const utterance of utterances) {
    const missing = missingBetween(previous, utterance);
    if (missing > 0) rows.push({ kind: "gap", id: `gap ${utterance.id}`, count: missing });
    const named = missing > 0 || previous?.speaker !== utterance.speaker;
    rows.push({ kind: "utterance", id: utterance.id, utterance, named });
    previous = utterance;
  }
  return rows;
}

function missingBetween(previous: Utterance | undefined, next: Utterance): number {
  if (previous?.sequence === undefined || next.sequence === undefined) return 0;
  return Math.max(0, next.sequence - previous.sequence - 1);
}
