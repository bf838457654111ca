import type { SimulationsView } from "../../shared/simulation-view.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { BaselineMenu } from "./baseline-menu.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { RunControls } from "./run-controls.tsx";
import { SuiteButton } from "./suite-button.tsx";
import type { BatchControl } from "./use-batch-control.ts";
import type { SuiteUpload } from "./use-suite-upload.ts";

const { suite: words } = simulationTexts;

interface SuiteHeaderProps {
  readonly view: SimulationsView;
  readonly control: BatchControl;
  readonly suiteUpload: SuiteUpload;
}

/** The suite's name, what its last batch is worth, and everything that can be done with it. */
export function SuiteHeader({ view, control, suiteUpload }: SuiteHeaderProps) {
  const { suite, batch, work } = view;
  const idle = work.kind === "idle";
  return (
    <header className="suite-head">
      <div className="suite-name">
        <h1 className="ellipsis" title={suite?.name}>
          {suite?.name ?? simulationTexts.title}
        </h1>
        {batch === null || !idle ? null : (
          <span className="tag toned verdict" data-tone={batch.governance === "COMPLIANT" ? "ok" : "bad"} title={simulationTexts.governanceHint}>
            {simulationTexts.governance[batch.governance]}
          </span>
        )}
        {suite === null ? null : (
          <p className="meta ellipsis">
            {[suite.file, simulationTexts.cases(suite.cases), simulationTexts.expectedFlows(suite.expectedFlows)].join(" · ")}
          </p>
        )}
      </div>
      {suite === null ? null : (
        <div className="suite-actions">
          <SuiteButton label={words.chooseAnother} onFiles={suiteUpload.send} />
          <BaselineMenu view={view} busy={!idle} />
          <ExportMenu batchId={idle ? (batch?.batchId ?? null) : null} />
          <RunControls view={view} control={control} />
        </div>
      )}
    </header>
  );
}
