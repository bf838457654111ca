import type { ConnectionState } from "../../shared/connection.ts";
import type { TunnelView } from "../../shared/tunnel.ts";
import { isBeating, latencyNow } from "../../shared/tunnel-latency.ts";
import { texts } from "../texts.ts";
import { formatLatency } from "../ui/format.ts";
import { BeatChart } from "./beat-chart.tsx";

/** What the tunnel measures, in four figures and a line. Faded where it is of a connection that is no more. */
export function TunnelFigures({ state, tunnel }: { readonly state: ConnectionState; readonly tunnel: TunnelView | null }) {
  const faded = !isBeating(state);
  const { now, handshake } = texts.connectionSheet;
  const { p50, p95 } = texts.strip;
  return (
    <>
      <dl className="figures">
        <Figure name={now} ms={latencyNow(state, tunnel)} faded={false} />
        <Figure name={p50} ms={tunnel?.p50 ?? null} faded={faded} />
        <Figure name={p95} ms={tunnel?.p95 ?? null} faded={faded} />
        <Figure name={handshake} ms={tunnel?.handshakeMs ?? null} faded={faded} />
      </dl>
      <BeatChart beats={tunnel?.beats ?? []} faded={faded} />
    </>
  );
}

function Figure({ name, ms, faded }: { readonly name: string; readonly ms: number | null; readonly faded: boolean }) {
  return (
    <div data-faded={faded}>
      <dt>{name}</dt>
      <dd>
        {ms === null ? texts.none : formatLatency(ms)}
        {ms === null ? null : <small> {texts.connectionSheet.unit}</small>}
      </dd>
    </div>
  );
}
