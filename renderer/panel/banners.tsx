import { X } from "lucide-react";
import { useStore } from "zustand";
import type { Notice } from "../../shared/notice.ts";
import { useActions, usePanel, usePanelState } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatTime } from "../ui/format.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { bridgeState } from "../connection/bridge-state.ts";
import { tunnelState } from "../connection/tunnel-state.ts";
import { tunnelTrouble } from "../connection/tunnel-trouble.ts";
import { BridgeBanner } from "./bridge-banner.tsx";
import { ConnectionBanner, needsBanner } from "./connection-banner.tsx";
import { connectionSince } from "./connection-words.ts";
import { HostBanner } from "./host-banner.tsx";
import { TroubleHelp, useTroubleSince } from "./trouble-help.tsx";
import { TunnelBanner } from "./tunnel-banner.tsx";

interface BannersProps {
  /** False where the view itself says what is wrong with the bridge. */
  readonly bridge?: boolean;
  /** The ids of notices whose matter the view itself shows. */
  readonly told?: ReadonlySet<string>;
}

/** What the agent has to know now: the connection first, then notices, then what did not work. Empty when all is well. */
export function Banners({ bridge = true, told }: BannersProps) {
  const notices = usePanelState((state) => state.notices);
  const host = usePanel((view) => view.host);
  const actions = useActions();
  const problem = useStore(actions.problem, (store) => store.problem);
  return (
    <section className="banners" aria-label={texts.notices.label}>
      {host.kind === "lost" ? <HostBanner since={host.since} /> : <LinkBanner withBridge={bridge} />}
      {notices.map((notice) => (told?.has(notice.id) === true ? null : <NoticeBanner key={notice.id} notice={notice} />))}
      {problem === null ? null : (
        <div className="banner" data-tone="warn" role="alert">
          <p>
            <b>{problem.what}</b> {problem.remedy}
          </p>
          <IconButton icon={X} label={texts.dismiss} onClick={actions.clearProblem} />
        </div>
      )}
    </section>
  );
}

/** One of the connections at most, and the stream first: without it nothing else matters to the call. */
function LinkBanner({ withBridge }: { readonly withBridge: boolean }) {
  const stream = usePanelState((state) => state.connections.stream?.state);
  const connections = usePanelState((state) => state.connections);
  const tunnel = usePanelState((state) => state.tunnel);
  const streamSince = useTroubleSince(stream !== undefined && needsBanner(stream) ? connectionSince(stream) : null);
  const trouble = tunnelTrouble(tunnelState({ connections, tunnel }), tunnel?.transitions ?? []);
  if (stream !== undefined && streamSince !== null) return <ConnectionBanner state={stream} help={<TroubleHelp since={streamSince} />} />;
  if (trouble !== null) return <TunnelBanner trouble={trouble} help={<TroubleHelp since={trouble.since} />} />;
  const bridge = withBridge ? bridgeState({ connections }) : null;
  // That another one is at work is a notice, which says more.
  return bridge?.kind === "rejected" && bridge.fault.code !== "in-use" ? <BridgeBanner state={bridge} help={<TroubleHelp since={bridge.since} />} /> : null;
}

function NoticeBanner({ notice }: { readonly notice: Notice }) {
  const actions = useActions();
  return (
    <div className="banner" data-tone={notice.level === "error" ? "bad" : "warn"}>
      <p>
        <b>{notice.what}</b> <span className="banner-since">{texts.since(formatTime(notice.since))}</span>
        <br />
        {notice.effect} {notice.remedy}
      </p>
      <IconButton icon={X} label={texts.dismiss} onClick={() => actions.dismissNotice(notice.id)} />
    </div>
  );
}
