import { useRef, useLayoutEffect } from "react";
import type { MouseEvent } from "react";
import type { SimulationsView } from "../../shared/simulation-view.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import type { BatchControl } from "./use-batch-control.ts";

const { run: words } = simulationTexts;
const repeats = [1, 2, 3, 5, 10] as const;

interface RunControlsProps {
  readonly view: SimulationsView;
  readonly control: BatchControl;
}

/** Run, run again what failed, how often a failing case is run, and cancel in the place of Run. */
export function RunControls({ view, control }: RunControlsProps) {
  const { work, suite, batch } = view;
  const busy = work.kind !== "idle" || control.asking;
  const notPassed = batch === null ? 0 : batch.counts.total - batch.counts.passed;
  return (
    <>
      <span className="repeat" title={words.repeatHint}>
        <select aria-label={words.repeat} value={control.repeat} disabled={busy} onChange={(event) => control.setRepeat(Number(event.currentTarget.value))}>
          {repeats.map((times) => (
            <option key={times} value={times}>
              {words.repeats(times)}
            </option>
          ))}
        </select>
      </span>
      <button type="button" className="button" title={words.failedHint} disabled={busy || notPassed === 0} onClick={() => control.run("failed")}>
        {words.failed}
      </button>
      <RunOrCancel work={work.kind} canRun={suite !== null && !control.asking} control={control} />
    </>
  );
}

interface RunOrCancelProps {
  readonly work: SimulationsView["work"]["kind"];
  readonly canRun: boolean;
  readonly control: BatchControl;
}

/** One button, so that the focus stays where it is while its meaning changes with the work. */
function RunOrCancel({ work, canRun, control }: RunOrCancelProps) {
  const button = useRef<HTMLButtonElement>(null);
  const hadFocus = useRef(false);
  const disabled = work === "preparing" || work === "cancelling" || (work === "idle" && !canRun);
  // A button that is disabled under the focus loses it; it gets it back when it can be pressed again.
  useLayoutEffect(() => {
    if (!disabled && hadFocus.current && document.activeElement === document.body) button.current?.focus();
  }, [disabled]);
  const press = (event: MouseEvent): void => {
    // The second press of a double click must not cancel what the first has begun.
    if (event.detail > 1) return;
    hadFocus.current = true;
    if (work === "running") control.cancel();
    else control.run("all");
  };
  const label = { idle: words.run, preparing: simulationTexts.suite.checking, running: words.cancel, cancelling: words.cancelling }[work];
  return (
    <button
      ref={button}
      type="button"
      className={work === "idle" ? "button button-main run-button" : "button run-button"}
      title={work === "running" ? words.cancelHint : undefined}
      disabled={disabled}
      onClick={press}
      onBlur={(event) => {
        if (event.relatedTarget !== null) hadFocus.current = false;
      }}
    >
      {label}
    </button>
  );
}
