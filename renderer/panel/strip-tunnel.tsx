import type { ConnectionState } from "../../shared/connection.ts";
import type { TunnelView } from "../../shared/tunnel.ts";
import { isBeating, latencyNow } from "../../shared/tunnel-latency.ts";
import { useNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge, formatLatency } from "../ui/format.ts";
import { BeatSpark } from "./beat-spark.tsx";

const noBeats: readonly number[] = [];

/** What the tunnel measures: its beats as a line, the round trip now, its spread, and how old the last beat is. */
export function StripTunnel({ state, tunnel }: { readonly state: ConnectionState; readonly tunnel: TunnelView | null }) {
  const lastBeatAt = tunnel?.lastBeatAt ?? null;
  const beat = useNow((now) => (lastBeatAt === null ? texts.strip.noBeat : texts.strip.beat(formatAge(now - lastBeatAt))));
  const latency = latencyNow(state, tunnel);
  const faded = !isBeating(state);
  return (
    <>
      <span className="strip-beats">
        <BeatSpark beats={tunnel?.beats ?? noBeats} faded={faded} />
        <span className="strip-now">{latency === null ? texts.none : texts.latency(formatLatency(latency))}</span>
      </span>
      <span className="strip-p50" data-faded={faded}>
        {texts.strip.p50} {figure(tunnel?.p50)}
      </span>
      <span className="strip-p95" data-faded={faded}>
        {texts.strip.p95} {figure(tunnel?.p95)}
      </span>
      <span className="strip-beat">{beat}</span>
    </>
  );
}

function figure(ms: number | null | undefined): string {
  return ms === null || ms === undefined ? texts.none : formatLatency(ms);
}
