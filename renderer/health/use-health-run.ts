import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { HealthView } from "../../shared/health.ts";
import type { HealthActions } from "../health-actions.ts";
import { usePanel, usePanelState, useServices } from "../panel-context.tsx";
import { needsRun } from "./health-answer.ts";

interface HealthRun {
  readonly view: HealthView;
  /** Why the last wish (run or stop) was refused. */
  readonly refusal: Fault | null;
  readonly run: () => void;
  readonly stop: () => void;
}

/** The run that is shown. Opening the page begins one, unless the last one is young; that is known once main is heard. */
export function useHealthRun(actions: HealthActions): HealthRun {
  const { clock } = useServices();
  const live = usePanel(({ mirror }) => mirror.kind === "live");
  const view = usePanelState((state) => state.health);
  const [refusal, setRefusal] = useState<Fault | null>(null);
  const opened = useRef(false);
  const ask = async (what: "check" | "stop"): Promise<void> => {
    const answer = await actions[what]();
    setRefusal(answer.ok ? null : answer.error);
  };
  const open = useEffectEvent(() => {
    if (opened.current) return;
    opened.current = true;
    if (needsRun(view, clock.now())) void ask("check");
  });
  useEffect(() => {
    if (live) open();
  }, [live]);
  return { view, refusal, run: () => void ask("check"), stop: () => void ask("stop") };
}
