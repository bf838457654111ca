import { useEffect, useEffectEvent, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import { noRuleDraft } from "../../shared/no-rule-draft.ts";
import type { Result } from "../../shared/result.ts";
import type { RuleDraft } from "../../shared/workshop.ts";
import { createDraftSaver } from "../integrations/draft-saver.ts";
import { useActions, usePanel, useServices } from "../panel-context.tsx";

/** The draft that main has; null until it is known. */
export function useKeptDraft(): RuleDraft | null {
  const { give } = useActions();
  const reachable = usePanel(({ host }) => host.kind === "connected");
  const [kept, setKept] = useState<RuleDraft | null>(null);
  const take = useEffectEvent((answer: Result<{ readonly draft: RuleDraft }, Fault>) => {
    // Whoever cannot be reached is asked again; where nothing is kept, the workshop is there all the same.
    if (answer.ok || answer.error.kind !== "transport") setKept((before) => before ?? (answer.ok ? answer.value.draft : noRuleDraft));
  });
  useEffect(() => {
    if (reachable && kept === null) void give("workshop.draft", {}).then(take);
  }, [give, reachable, kept]);
  return kept;
}

/** Gives main every draft at once, as nobody is asked before the page or the program goes; what it did not take, when it can be reached again. */
export function useDraftKeeper(): { readonly keep: (draft: RuleDraft) => void; readonly unkept: Fault | null } {
  const { clock } = useServices();
  const { give } = useActions();
  const reachable = usePanel(({ host }) => host.kind === "connected");
  const [fault, setFault] = useState<Fault | null>(null);
  const [saver] = useState(() =>
    createDraftSaver<RuleDraft>({
      clock,
      delayMs: 0,
      save: (draft) => give("workshop.keep-draft", { draft }),
      // What was said of a failure stands until main has the draft: a notice that went with every new attempt would blink.
      told(state) {
        if (state.kind === "failed") setFault(state.fault);
        if (state.kind === "saved") setFault(null);
      },
    }),
  );
  useEffect(() => {
    if (reachable) void saver.flush();
  }, [reachable, saver]);
  return { keep: saver.changed, unkept: reachable ? fault : null };
}
