import type { BridgeView } from "../../shared/bridge-view.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { BridgeFigures } from "./bridge-figures.tsx";
import { BridgeHead } from "./bridge-head.tsx";
import { BridgeNotes } from "./bridge-notes.tsx";
import { LatencySection } from "./latency-section.tsx";
import { MatterArea } from "./matter-area.tsx";
import { ThroughputChart } from "./throughput-chart.tsx";

interface BridgeOverviewProps {
  readonly view: BridgeView;
  readonly state: ConnectionState;
}

/** The bridge at work. What comes and goes stands in the head or at the bottom, so that nothing moves under the pointer. */
export function BridgeOverview({ view, state }: BridgeOverviewProps) {
  return (
    <div className="overview-body">
      <BridgeHead view={view} state={state} />
      <BridgeNotes view={view} state={state} />
      <BridgeFigures view={view} />
      <div className="overview-pair">
        <LatencySection view={view} />
        <ThroughputChart view={view} />
      </div>
      <MatterArea view={view} />
    </div>
  );
}
