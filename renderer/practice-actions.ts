import type { Fault } from "../shared/fault.ts";
import type { PracticeMoment, PracticeStart } from "../shared/practice.ts";
import type { Result } from "../shared/result.ts";
import type { Bridge } from "./bridge.ts";

/** What can be done in practice. Every answer comes back to the caller, who says a refusal where it was asked for. */
export interface PracticeActions {
  readonly start: (start: PracticeStart) => Promise<Result<null, Fault>>;
  readonly stop: () => Promise<Result<null, Fault>>;
  readonly free: () => Promise<Result<null, Fault>>;
  readonly moments: (scoreId: string) => Promise<Result<readonly PracticeMoment[], Fault>>;
}

/** Binds the actions to main. */
export function createPracticeActions(give: Bridge["call"]): PracticeActions {
  return {
    start: (start) => give("practice.start", start),
    stop: () => give("practice.stop", {}),
    free: () => give("practice.free", {}),
    async moments(scoreId) {
      const answer = await give("practice.moments", { scoreId });
      return answer.ok ? { ok: true, value: answer.value.moments } : answer;
    },
  };
}
