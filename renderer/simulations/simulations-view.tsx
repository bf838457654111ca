import "../ui/overview.css";
import "./simulations.css";
import "./case-table.css";
import "./problems.css";
import "./side.css";
import { FlaskConicalOff } from "lucide-react";
import { Banners } from "../panel/banners.tsx";
import { usePanelState } from "../panel-context.tsx";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { Blank } from "../ui/blank.tsx";
import { SuiteView } from "./suite-view.tsx";
import { useFileDrop } from "./use-file-drop.ts";
import { useSuiteUpload } from "./use-suite-upload.ts";
import { useThrottled } from "./use-throttled.ts";
import { viewMoment } from "./view-moment.ts";

/** Figures that change with every case are drawn so often that they can be read. */
const DRAW_EVERY_MS = 250;

/** A supervisor's view of simulations: a suite, the batch that is run with it, and what came of it. */
export function SimulationsView() {
  const live = usePanelState((state) => state.simulations);
  const view = useThrottled(live, DRAW_EVERY_MS, viewMoment(live));
  const suiteUpload = useSuiteUpload();
  const drop = useFileDrop(suiteUpload.send);
  if (view === null) {
    return (
      <main className="sim">
        <Banners />
        <Blank level={1} icon={FlaskConicalOff} title={simulationTexts.off.title}>
          <p>{simulationTexts.off.hint}</p>
        </Blank>
      </main>
    );
  }
  return (
    <main className="sim" {...drop.handlers}>
      <Banners />
      <SuiteView view={view} suiteUpload={suiteUpload} />
      {drop.over ? (
        <div className="drop" aria-hidden="true">
          <b>{simulationTexts.suite.drop}</b>
        </div>
      ) : null}
    </main>
  );
}
