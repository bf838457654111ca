import type { ReactNode } from "react";
import type { TunnelTrouble } from "../connection/tunnel-trouble.ts";
import { texts } from "../texts.ts";
import { formatTime } from "../ui/format.ts";
import { BannerRetry } from "./banner-retry.tsx";
import { FaultWords } from "./fault-words.tsx";

/** Stands while the tunnel is down and waits for a person: what happened, since when, what to do. */
export function TunnelBanner({ trouble, help }: { readonly trouble: TunnelTrouble; readonly help: ReactNode }) {
  const { kind, fault, since } = trouble;
  return (
    <div className="banner" data-tone={kind === "refused" ? "bad" : "warn"}>
      <p>
        <b>{kind === "refused" ? texts.tunnel.refused : texts.tunnel.needsPerson}</b> {texts.since(formatTime(since))}
        {kind === "asking" ? ` · ${texts.tunnel.lookingAgain}` : null}
        <br />
        <FaultWords fault={fault} /> {help}
      </p>
      <BannerRetry name="tunnel" label={kind === "refused" ? texts.tunnel.reconnect : texts.tunnel.lookAgain} />
    </div>
  );
}
