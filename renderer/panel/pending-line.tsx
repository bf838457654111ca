import { useEffect, useState } from "react";
import type { PendingSet } from "../../shared/panel-state.ts";
import { usePanelState, useServices } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatElapsed } from "../ui/format.ts";
import { TriggerWords } from "./trigger-words.tsx";

const STEP_MS = 100;

interface PendingLineProps {
  readonly pending: PendingSet;
  /** The request that runs now; another or none means that this one has been answered. */
  readonly running: PendingSet | null;
}

/** A request under way, where its cards will stand: why, and for how long already. */
export function PendingLine({ pending, running }: PendingLineProps) {
  const triggerOn = usePanelState((state) => state.settings.triggers.triggerOn);
  return (
    <div className="pending">
      <TriggerWords trigger={pending.trigger} speaker={triggerOn === "customer" ? "customer" : "unknown"} />
      {running?.setId === pending.setId ? <AskingTime since={pending.since} /> : <span>{texts.suggestions.answered}</span>}
    </div>
  );
}

/** "Asking the platform… 0.4 s", counting. `since` in ms since the Unix epoch. */
export function AskingTime({ since }: { readonly since: number }) {
  const { clock } = useServices();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    let cancel = (): void => {};
    const step = (): void => {
      setNow(clock.now());
      cancel = clock.after(STEP_MS, step);
    };
    step();
    return () => cancel();
  }, [clock]);
  return <span className="asking">{texts.suggestions.asking(formatElapsed(now - since))}</span>;
}
