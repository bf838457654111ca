import type { ReactNode } from "react";
import type { ConnectionState } from "../../shared/connection.ts";
import { texts } from "../texts.ts";
import { formatTime } from "../ui/format.ts";
import { BannerRetry } from "./banner-retry.tsx";
import { FaultWords } from "./fault-words.tsx";

/** Stands while the bridge is refused and waits for a person: what happened, since when, what to do. */
export function BridgeBanner({ state, help }: { readonly state: Extract<ConnectionState, { kind: "rejected" }>; readonly help: ReactNode }) {
  return (
    <div className="banner" data-tone="bad">
      <p>
        <b>{texts.bridgeLink.refused}</b> {texts.since(formatTime(state.since))}
        <br />
        <FaultWords fault={state.fault} /> {help}
      </p>
      <BannerRetry name="bridge" label={texts.tunnel.reconnect} />
    </div>
  );
}
