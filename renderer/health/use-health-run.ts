import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { Fault } from "../../shared/fault.ts";
import type { HealthView } from "../../shared/health.ts";
import type { Result } from "../../shared/result.ts";
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
  const told = (answer: Result<null, Fault>): void => setRefusal(answer.ok ? null : answer.error);
  const wanted = useEffectEvent(() => {
    const isFirst = !opened.current;
    opened.current = true;
    return isFirst && needsRun(view, clock.now());
  });
  useEffect(() => {
    if (live && wanted()) void actions.check().then((answer) => setRefusal(answer.ok ? null : answer.error));
  }, [live, actions]);
  return { view, refusal, run: () => void actions.check().then(told), stop: () => void actions.stop().then(told) };
}
