import "../ui/overview.css";
import "./bridge-view.css";
import "./latency.css";
import "./matters.css";
import { ArrowLeftRight, Hourglass, Unplug } from "lucide-react";
import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { describeFault } from "../texts/fault-words.ts";
import { useReconnect } from "../connection/use-reconnect.ts";
import { Banners } from "../panel/banners.tsx";
import { usePanelState } from "../panel-context.tsx";
import { bridgeViewTexts } from "../texts/bridge-view-texts.ts";
import { Blank } from "../ui/blank.tsx";
import { BridgeOverview } from "./bridge-overview.tsx";
import { toldHere } from "./told-here.ts";

const { off, opening, closed, retry } = bridgeViewTexts;
const idle: ConnectionState = { kind: "idle" };

/** A supervisor's view of the bridge: how it does, which way is slow, and what waits for a decision. */
export function BridgePage() {
  const view = usePanelState((state) => state.bridge);
  const state = usePanelState(({ connections }) => connections.bridge?.state ?? idle);
  return (
    <main className="overview">
      <Banners bridge={false} told={toldHere} />
      {view === null ? <NoBridge state={state} /> : <BridgeOverview view={view} state={state} />}
    </main>
  );
}

/** Where there is nothing to show: that it is off and how to turn it on, why it was refused, or that it is about to open. */
function NoBridge({ state }: { readonly state: ConnectionState }) {
  switch (state.kind) {
    case "idle":
      return (
        <Blank level={1} icon={ArrowLeftRight} title={off.title}>
          <p>{off.hint}</p>
          <p>{off.how}</p>
        </Blank>
      );
    case "rejected":
      return <Refused state={state} />;
    case "closed":
      return (
        <Blank level={1} icon={Unplug} title={closed.title}>
          <p>{closed.hint}</p>
        </Blank>
      );
    case "validating":
    case "connecting":
    case "connected":
    case "checking":
    case "degraded":
    case "reconnecting":
      return (
        <Blank level={1} icon={Hourglass} title={opening.title}>
          <p>{opening.hint}</p>
        </Blank>
      );
    default:
      return assertNever(state);
  }
}

function Refused({ state }: { readonly state: Extract<ConnectionState, { kind: "rejected" }> }) {
  const { what, cause, remedy } = describeFault(state.fault);
  const { reconnect, words } = useReconnect("bridge", state);
  return (
    <Blank level={1} icon={Unplug} title={what} role="alert">
      <p>{cause}</p>
      <p>{remedy}</p>
      <button type="button" className="button button-main" onClick={reconnect}>
        {retry}
      </button>
      <output>{words}</output>
    </Blank>
  );
}
