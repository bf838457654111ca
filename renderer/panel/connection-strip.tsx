import type { ReactNode } from "react";
import type { ConnectionState } from "../../shared/connection.ts";
import { bridgeState } from "../connection/bridge-state.ts";
import { tunnelState } from "../connection/tunnel-state.ts";
import { useNow, usePanel, usePanelState, useWallNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge, formatTime } from "../ui/format.ts";
import { StripStream } from "./strip-stream.tsx";
import { StripTunnel } from "./strip-tunnel.tsx";
import { bothWords, bridgeWords, stripTone } from "./strip-words.ts";

const idle: ConnectionState = { kind: "idle" };

/** The truth about the connections in one line, and the way to all that is known of them. */
export function ConnectionStrip() {
  const host = usePanel((view) => view.host);
  return host.kind === "lost" ? <LostStrip since={host.since} /> : <LiveStrip />;
}

function LiveStrip() {
  const connections = usePanelState((state) => state.connections);
  const tunnelView = usePanelState((state) => state.tunnel);
  const tunnel = tunnelState({ connections, tunnel: tunnelView });
  const bridge = bridgeState({ connections });
  const { stream } = connections;
  const streamState = stream?.state ?? idle;
  const lastEvent = <LastEvent lastHeardAt={stream?.lastHeardAt ?? null} />;
  const bridgePart = bridge === null ? null : <BridgePart state={bridge} />;
  if (bridge !== null && tunnel === null && streamState.kind === "idle") {
    return (
      <Strip tone={stripTone(bridge)} mode="alone">
        {bridgePart}
        <span className="strip-right">
          <LastEvent lastHeardAt={connections.bridge?.lastHeardAt ?? null} />
        </span>
      </Strip>
    );
  }
  const tone = stripTone(streamState, tunnel, bridge);
  if (tunnel === null) {
    return (
      <Strip tone={tone} mode="alone">
        <StripStream state={streamState} />
        <span className="strip-right">
          {lastEvent}
          {bridgePart ?? <span className="strip-off">{texts.connection.tunnelOff}</span>}
        </span>
      </Strip>
    );
  }
  const agree = streamState.kind === "connected" && tunnel.kind === "connected";
  return (
    <Strip tone={tone} mode={agree ? "agree" : "differ"}>
      <BothWords stream={streamState} tunnel={tunnel} />
      <span className="strip-right">
        <StripTunnel state={tunnel} tunnel={tunnelView} />
        <span className="strip-last">{lastEvent}</span>
        {bridgePart}
      </span>
    </Strip>
  );
}

interface StripProps {
  readonly tone: string;
  /** `alone`: no tunnel. `agree`: one word for both. `differ`: both named, which takes the room of some figures. */
  readonly mode: "alone" | "agree" | "differ";
  readonly children: ReactNode;
}

function Strip({ tone, mode, children }: StripProps) {
  const showSheet = usePanel((view) => view.showSheet);
  return (
    <footer className="strip" aria-label={texts.connection.label}>
      <button
        type="button"
        className="strip-button"
        data-mode={mode}
        aria-haspopup="dialog"
        aria-keyshortcuts="c"
        title={`${texts.strip.details} (c)`}
        onClick={() => showSheet("connections")}
      >
        <span className="dot" data-tone={tone} aria-hidden="true" />
        {children}
      </button>
    </footer>
  );
}

function BothWords({ stream, tunnel }: { readonly stream: ConnectionState; readonly tunnel: ConnectionState }) {
  const words = useNow((now) => bothWords(stream, tunnel, now));
  const since = stream.kind === "connected" && tunnel.kind === "connected" ? formatTime(Math.max(stream.since, tunnel.since)) : null;
  return (
    <span className="ellipsis strip-words" data-connection={stream.kind} data-tunnel={tunnel.kind}>
      {words}
      {since === null ? null : <span className="strip-since"> {texts.since(since)}</span>}
    </span>
  );
}

function LastEvent({ lastHeardAt }: { readonly lastHeardAt: number | null }) {
  const age = useNow((now) => (lastHeardAt === null ? null : formatAge(now - lastHeardAt)));
  return <span>{texts.connection.lastEvent(age ?? texts.none)}</span>;
}

function BridgePart({ state }: { readonly state: ConnectionState }) {
  const text = useNow((now) => bridgeWords(state, now));
  return (
    <span className="strip-bridge" data-bridge={state.kind} data-well={state.kind === "connected"}>
      {text}
    </span>
  );
}

function LostStrip({ since }: { readonly since: number }) {
  const age = useWallNow((now) => formatAge(now - since));
  return (
    <Strip tone="bad" mode="alone">
      <span data-connection="lost">
        {texts.connection.notRunning}
        <span className="strip-since"> {texts.since(formatTime(since))}</span>
      </span>
      <span className="strip-right">
        <span>{texts.connection.lastEvent(age)}</span>
        <span className="strip-off">{texts.none}</span>
      </span>
    </Strip>
  );
}
