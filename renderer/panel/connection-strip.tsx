import type { ConnectionView } from "../../shared/panel-state.ts";
import { useNow, usePanel, usePanelState, useWallNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge, formatTime } from "../ui/format.ts";
import { connectionSince, connectionTone, connectionWords } from "./connection-words.ts";

/** The truth about the connections: the state in words, since when, the last event; a dash where nothing is known. */
export function ConnectionStrip() {
  const host = usePanel((view) => view.host);
  const connections = usePanelState((state) => state.connections);
  if (host.kind === "lost") return <LostStrip since={host.since} />;
  const { stream, tunnel, bridge } = connections;
  return (
    <footer className="strip" aria-label={texts.connection.label}>
      <StreamWords stream={stream} />
      <span className="strip-right">
        <LastEvent lastHeardAt={stream?.lastHeardAt ?? null} />
        <span className="strip-tunnel">
          {tunnel === undefined ? texts.connection.tunnelOff : <Other view={tunnel} words={texts.connection.tunnel} />}
        </span>
        {bridge === undefined ? null : <Other view={bridge} words={texts.connection.bridge} />}
      </span>
    </footer>
  );
}

function StreamWords({ stream }: { readonly stream: ConnectionView | undefined }) {
  const state = stream?.state ?? { kind: "idle" };
  const words = useNow((now) => connectionWords(state, now));
  const since = connectionSince(state);
  const lasting = useNow((now) => (since === null ? null : formatAge(now - since)));
  return (
    <>
      <span className="dot" data-tone={connectionTone(state)} aria-hidden="true" />
      <span className="ellipsis" data-connection={state.kind}>
        {words}
        {since === null || lasting === null || state.kind === "checking" ? null : (
          <span className="strip-since" title={texts.since(formatTime(since))}>
            {" "}
            {state.kind === "connected" ? texts.since(formatTime(since)) : texts.connection.lasting(lasting)}
          </span>
        )}
      </span>
    </>
  );
}

function LastEvent({ lastHeardAt }: { readonly lastHeardAt: number | null }) {
  const age = useNow((now) => (lastHeardAt === null ? null : formatAge(now - lastHeardAt)));
  return <span>{texts.connection.lastEvent(age ?? texts.none)}</span>;
}

function Other({ view, words }: { readonly view: ConnectionView; readonly words: (state: string) => string }) {
  const text = useNow((now) => words(connectionWords(view.state, now)));
  return <span>{text}</span>;
}

function LostStrip({ since }: { readonly since: number }) {
  const age = useWallNow((now) => formatAge(now - since));
  return (
    <footer className="strip" aria-label={texts.connection.label}>
      <span className="dot" data-tone="bad" aria-hidden="true" />
      <span data-connection="lost">
        {texts.connection.notRunning}
        <span className="strip-since"> {texts.since(formatTime(since))}</span>
      </span>
      <span className="strip-right">
        <span>{texts.connection.lastEvent(age)}</span>
        <span className="strip-tunnel">{texts.none}</span>
      </span>
    </footer>
  );
}
