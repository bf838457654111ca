import { useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import { useActions, usePanel } from "../panel-context.tsx";
import { createPracticeActions, type PracticeActions } from "../practice-actions.ts";

/** What can be done in practice, bound when it is first drawn. */
export function usePracticeActions(): PracticeActions {
  const { give } = useActions();
  const [actions] = useState(() => createPracticeActions(give));
  return actions;
}

/** Begins a call and leads to it; a refusal is said where all are. */
export function useBegin(): (start: Parameters<PracticeActions["start"]>[0]) => Promise<Result<null, Fault>> {
  const actions = usePracticeActions();
  const { report } = useActions();
  const goTo = usePanel((view) => view.goTo);
  return async (start) => {
    const begun = await actions.start(start);
    if (begun.ok) goTo("live");
    else report(begun.error);
    return begun;
  };
}
