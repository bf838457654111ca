import { useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { SimulationsView } from "../../shared/simulation-view.ts";
import { useActions, useNow } from "../panel-context.tsx";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { formatMoment } from "../ui/format.ts";
import { FaultNote } from "../ui/note.tsx";
import { MenuButton } from "./menu-button.tsx";

const { baseline: words } = simulationTexts;

/** Which batch others are held against, and the choice of it. */
export function BaselineMenu({ view, busy }: { readonly view: SimulationsView; readonly busy: boolean }) {
  const { simulations } = useActions();
  const [refusal, setRefusal] = useState<Fault | null>(null);
  const { baseline, batch } = view;
  const time = useNow((now) => (baseline === null ? "" : formatMoment(baseline.startedAt, now)));
  const isThis = baseline !== null && batch?.batchId === baseline.batchId;
  const pin = async (pinned: boolean): Promise<void> => {
    const answer = await simulations.pin(pinned);
    setRefusal(answer.ok ? null : answer.error);
  };
  return (
    <MenuButton label={words.button} disabled={batch === null && baseline === null}>
      <p>{baseline === null ? words.none : isThis ? words.isThis : words.pinned(time)}</p>
      <div className="menu-actions">
        {batch === null || isThis ? null : (
          <button type="button" className="button" disabled={busy} onClick={() => void pin(true)}>
            {baseline === null ? words.pin : words.replace}
          </button>
        )}
        {baseline === null ? null : (
          <button type="button" className="button" disabled={busy} onClick={() => void pin(false)}>
            {words.unpin}
          </button>
        )}
      </div>
      {refusal === null ? null : <FaultNote title={simulationTexts.run.refused} fault={refusal} />}
    </MenuButton>
  );
}
