import type { PracticeScore, PracticeStart, PracticeView } from "../../shared/practice.ts";

/** The same call once more, as it was played. */
export function againOf({ callId, speed, fault }: PracticeScore): PracticeStart {
  return { callId, speed, fault };
}

/** The call after this one, and after the last the first, played alike; null where there is none. */
export function nextOf({ calls }: Pick<PracticeView, "calls">, score: PracticeScore): PracticeStart | null {
  const at = calls.findIndex(({ id }) => id === score.callId);
  const next = calls[(at + 1) % calls.length];
  return next === undefined ? null : { ...againOf(score), callId: next.id };
}

/** The best score of a call: most used of what was there, then the fewest seconds; null where none was used to its end. */
export function bestOf({ scores }: Pick<PracticeView, "scores">, callId: string): PracticeScore | null {
  const played = scores.filter((score) => score.callId === callId && score.end === "finished" && score.used > 0);
  const [best] = played.toSorted((a, b) => b.used / b.moments - a.used / a.moments || (a.secondsToUse ?? 0) - (b.secondsToUse ?? 0));
  return best ?? null;
}

/** What a call is called; null where it is no longer there. */
export function titleOf({ calls }: Pick<PracticeView, "calls">, callId: string): string | null {
  return calls.find(({ id }) => id === callId)?.title ?? null;
}

/** The score of the round before, while nothing plays. */
export function lastScoreOf({ state, scores }: PracticeView): PracticeScore | null {
  return state.kind === "ready" && state.scoreId !== null ? (scores.find(({ id }) => id === state.scoreId) ?? null) : null;
}
