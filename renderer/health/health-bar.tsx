import { useState } from "react";
import type { HealthView } from "../../shared/health.ts";
import { useActions } from "../panel-context.tsx";
import { healthTexts } from "../texts/health-texts.ts";
import { formatTimeWithSeconds } from "../ui/format.ts";
import { progressOf } from "./health-answer.ts";
import { healthAsText } from "./health-as-text.ts";

interface HealthBarProps {
  readonly view: HealthView;
  readonly onRun: () => void;
  readonly onStop: () => void;
}

/** How far a run has come or when it was, and what can be done with it. Run and stop are one button, so that the focus stays. */
export function HealthBar({ view, onRun, onStop }: HealthBarProps) {
  const { done, total } = progressOf(view);
  const running = view.state === "running";
  return (
    <div className="health-bar">
      {running ? (
        <>
          <progress className="health-progress" aria-label={healthTexts.progressLabel} max={Math.max(total, 1)} value={done} />
          {total === 0 ? null : <span className="health-count">{healthTexts.progress(done, total)}</span>}
        </>
      ) : (
        <span className="health-count">{view.since === null ? null : healthTexts.checkedAt(formatTimeWithSeconds(view.since))}</span>
      )}
      <button type="button" className="button" onClick={running ? onStop : onRun}>
        {running ? healthTexts.stop : healthTexts.runAgain}
      </button>
      <CopyText key={`${view.since ?? 0}`} view={view} />
    </div>
  );
}

/** Says "Copied" until another run begins. */
function CopyText({ view }: { readonly view: HealthView }) {
  const { copyText } = useActions();
  const [copied, setCopied] = useState<"not yet" | "copied" | "refused">("not yet");
  const copy = async (): Promise<void> => setCopied((await copyText(healthAsText(view))) ? "copied" : "refused");
  return (
    <>
      <button type="button" className="button" disabled={view.lines.length === 0} onClick={() => void copy()}>
        {healthTexts.copyText}
      </button>
      <output className="health-copied" data-refused={copied === "refused"}>
        {copied === "copied" ? healthTexts.copied : copied === "refused" ? healthTexts.copyFailed : null}
      </output>
    </>
  );
}
