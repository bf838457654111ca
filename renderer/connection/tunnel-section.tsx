import type { ConnectionState } from "../../shared/connection.ts";
import type { TunnelView } from "../../shared/tunnel.ts";
import { sessionSince } from "../../shared/tunnel-latency.ts";
import { useNow, usePanelState } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge, formatDuration, formatTime } from "../ui/format.ts";
import { Fact } from "./facts.tsx";
import { OffHead } from "./off-head.tsx";
import { StateHead } from "./state-head.tsx";
import { TransitionList } from "./transition-list.tsx";
import { TunnelFigures } from "./tunnel-figures.tsx";
import { tunnelState } from "./tunnel-state.ts";
import { tunnelTrouble } from "./tunnel-trouble.ts";

/** Everything that is known of the tunnel; where it is off, how to switch it on. */
export function TunnelSection() {
  const connections = usePanelState((state) => state.connections);
  const tunnel = usePanelState((state) => state.tunnel);
  const state = tunnelState({ connections, tunnel });
  if (state === null) {
    return (
      <section className="link" aria-labelledby="link-tunnel">
        <h3 id="link-tunnel">{texts.connectionSheet.tunnel}</h3>
        <OffHead hint={texts.connectionSheet.tunnelOffHint} />
      </section>
    );
  }
  const trouble = tunnelTrouble(state, tunnel?.transitions ?? []);
  const looksAgain = trouble !== null && trouble.kind !== "refused";
  return (
    <section className="link" aria-labelledby="link-tunnel">
      <h3 id="link-tunnel">{texts.connectionSheet.tunnel}</h3>
      <StateHead
        name="tunnel"
        title={texts.connectionSheet.tunnel}
        state={state}
        retryLabel={looksAgain ? texts.tunnel.lookAgain : texts.tunnel.reconnect}
      />
      <TunnelFigures state={state} tunnel={tunnel} />
      <TunnelFacts state={state} tunnel={tunnel} />
      <h4>{texts.connectionSheet.changes}</h4>
      <TransitionList transitions={tunnel?.transitions ?? []} />
    </section>
  );
}

function TunnelFacts({ state, tunnel }: { readonly state: ConnectionState; readonly tunnel: TunnelView | null }) {
  const { none, ago, connectionSheet: words } = texts;
  const lastBeatAt = tunnel?.lastBeatAt ?? null;
  const since = sessionSince(state);
  const beat = useNow((now) => (lastBeatAt === null ? none : ago(formatAge(now - lastBeatAt))));
  const session = useNow((now) => (since === null ? none : formatDuration(now - since)));
  return (
    <dl className="facts">
      <Fact name={words.lastBeat}>{beat}</Fact>
      <Fact name={words.session}>{session}</Fact>
      <Fact name={words.reconnects}>{tunnel === null ? none : words.counted(tunnel.reconnects, formatTime(tunnel.countedSince))}</Fact>
      <Fact name={words.bot}>{tunnel?.botId ?? none}</Fact>
      <Fact name={words.channel}>{tunnel?.channel ?? none}</Fact>
      <Fact name={words.pushes}>{tunnel?.pushes ?? none}</Fact>
      <Fact name={words.ignored}>{tunnel?.ignored ?? none}</Fact>
    </dl>
  );
}
