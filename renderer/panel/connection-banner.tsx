import { describeFault } from "../../shared/fault-table.ts";
import type { Fault } from "../../shared/fault.ts";
import type { ConnectionView } from "../../shared/panel-state.ts";
import { useActions, useNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge, formatCountdown, formatTime } from "../ui/format.ts";

/** Stands only while the stream is down or refused: what happened, since when, what Callside does, what to do. */
export function ConnectionBanner({ stream }: { readonly stream: ConnectionView | undefined }) {
  const state = stream?.state;
  const lost = useNow((now) => (state?.kind === "reconnecting" ? formatAge(now - state.since) : null));
  const countdown = useNow((now) => {
    if (state?.kind !== "reconnecting") return null;
    return state.retryAt <= now ? texts.connection.bannerNow : texts.connection.bannerIn(formatCountdown(state.retryAt - now));
  });
  if (state?.kind === "reconnecting") {
    return (
      <div className="banner" data-tone="warn">
        <p>
          <b>{texts.connection.bannerReconnecting}</b> {countdown} · {texts.connection.bannerLost(lost ?? texts.none)}
          <br />
          <FaultWords fault={state.fault} />
        </p>
        <RetryButton />
      </div>
    );
  }
  if (state?.kind === "connecting" && state.attempt > 0) {
    return (
      <div className="banner" data-tone="warn">
        <p>
          <b>{texts.connection.connectingAttempt(state.attempt)}</b>
        </p>
      </div>
    );
  }
  if (state?.kind === "rejected") {
    return (
      <div className="banner" data-tone="bad">
        <p>
          <b>{texts.connection.bannerRejected}</b> {texts.since(formatTime(state.since))}
          <br />
          <FaultWords fault={state.fault} />
        </p>
        <RetryButton />
      </div>
    );
  }
  if (state?.kind === "closed") {
    return (
      <div className="banner" data-tone="warn">
        <p>
          <b>{texts.connection.bannerClosed}</b> {texts.since(formatTime(state.since))}
        </p>
        <RetryButton />
      </div>
    );
  }
  return null;
}

function FaultWords({ fault }: { readonly fault: Fault }) {
  const { what, cause, remedy } = describeFault(fault);
  return (
    <span className="banner-detail">
      <span title={cause}>{what}</span> {remedy}
    </span>
  );
}

function RetryButton() {
  const actions = useActions();
  return (
    <button type="button" className="banner-button" onClick={() => actions.retry("stream")}>
      {texts.connection.retry}
    </button>
  );
}
