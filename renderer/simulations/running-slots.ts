/** So many of the cases under way are named. */
export const NAMED_CASES = 5;

/** The cases under way as they are shown: each keeps its place while it runs; a place that is free is null. */
export type RunningSlots = readonly (string | null)[];

/** Puts the cases under way into places: who was there stays, the others take what is free. */
export function fillSlots(slots: RunningSlots, running: readonly string[], count: number = NAMED_CASES): RunningSlots {
  const kept = Array.from({ length: count }, (_, index) => {
    const before = slots[index] ?? null;
    return before !== null && running.includes(before) ? before : null;
  });
  const waiting = running.filter((id) => !kept.includes(id));
  return kept.map((id) => id ?? waiting.shift() ?? null);
}
