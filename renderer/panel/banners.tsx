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
import { HostBanner } from "./host-banner.tsx";
import { TunnelBanner } from "./tunnel-banner.tsx";

/** What the agent has to know now: the connection first, then notices, then what did not work. Empty when all is well. */
export function Banners() {
  const notices = usePanelState((state) => state.notices);
  const host = usePanel((view) => view.host);
  const actions = useActions();
  const problem = useStore(actions.problem, (store) => store.problem);
  return (
    <section className="banners" aria-label={texts.notices.label}>
      {host.kind === "lost" ? <HostBanner since={host.since} /> : <LinkBanner />}
      {notices.map((notice) => (
        <NoticeBanner key={notice.id} notice={notice} />
      ))}
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
function LinkBanner() {
  const stream = usePanelState((state) => state.connections.stream?.state);
  const connections = usePanelState((state) => state.connections);
  const tunnel = usePanelState((state) => state.tunnel);
  if (stream !== undefined && needsBanner(stream)) return <ConnectionBanner state={stream} />;
  const trouble = tunnelTrouble(tunnelState({ connections, tunnel }), tunnel?.transitions ?? []);
  if (trouble !== null) return <TunnelBanner trouble={trouble} />;
  const bridge = bridgeState({ connections });
  // That another one is at work is a notice, which says more.
  return bridge?.kind === "rejected" && bridge.fault.code !== "in-use" ? <BridgeBanner state={bridge} /> : null;
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
