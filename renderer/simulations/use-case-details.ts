import { useEffect, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { CaseDetails, CaseRow } from "../../shared/simulation-view.ts";
import { useActions, useServices } from "../panel-context.tsx";

/** A held arrow key passes many cases; the one it stops at is asked for. */
const ASK_AFTER_MS = 120;

export type DetailsState =
  | { readonly kind: "loading" }
  | { readonly kind: "known"; readonly details: CaseDetails }
  | { readonly kind: "failed"; readonly fault: Fault };

/** What is known of a case, and the line and the batch that it was asked for. */
interface Known {
  readonly testId: string;
  readonly row: CaseRow | undefined;
  readonly batch: string;
  readonly state: DetailsState;
}

/** All about one case; asked for again when its line in the table or the batch becomes another. What is known stays meanwhile. */
export function useCaseDetails(testId: string, row: CaseRow | undefined, batch: string): DetailsState {
  const { simulations } = useActions();
  const { clock } = useServices();
  const [known, setKnown] = useState<Known | null>(null);
  useEffect(() => {
    let wanted = true;
    const ask = async (): Promise<void> => {
      const answer = await simulations.details(testId);
      if (!wanted) return;
      setKnown({ testId, row, batch, state: answer.ok ? { kind: "known", details: answer.value } : { kind: "failed", fault: answer.error } });
    };
    const cancel = clock.after(ASK_AFTER_MS, () => void ask());
    return () => {
      wanted = false;
      cancel();
    };
  }, [testId, row, batch, simulations, clock]);
  return known?.testId === testId ? known.state : { kind: "loading" };
}
