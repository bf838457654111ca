import { useEffect, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { PracticeMoment } from "../../shared/practice.ts";
import { usePracticeActions } from "./use-practice-actions.ts";

/** What is known of a score's moments. */
export type Moments = { readonly kind: "asking" } | { readonly kind: "known"; readonly moments: readonly PracticeMoment[] } | { readonly kind: "failed"; readonly fault: Fault };

/** Asks for what a score consists of; the answer to an earlier question is not taken. */
export function useMoments(scoreId: string): Moments {
  const actions = usePracticeActions();
  const [answer, setAnswer] = useState<Moments>({ kind: "asking" });
  useEffect(() => {
    const left = new AbortController();
    void (async () => {
      const moments = await actions.moments(scoreId);
      if (left.signal.aborted) return;
      setAnswer(moments.ok ? { kind: "known", moments: moments.value } : { kind: "failed", fault: moments.error });
    })();
    return () => left.abort();
  }, [actions, scoreId]);
  return answer;
}
