import type { ReactNode } from "react";
import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { useNow } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import { formatAge, formatCountdown, formatTime } from "../ui/format.ts";
import { BannerRetry } from "./banner-retry.tsx";
import { FaultWords } from "./fault-words.tsx";

/** Whether the live stream is in a state that its banner tells. */
export function needsBanner(state: ConnectionState): boolean {
  if (state.kind === "connecting") return state.attempt > 0;
  return state.kind === "reconnecting" || state.kind === "rejected" || state.kind === "closed";
}

interface ConnectionBannerProps {
  readonly state: ConnectionState;
  /** The way to help, where it has lasted. */
  readonly help: ReactNode;
}

/** Stands only while the stream is down or refused: what happened, since when, what Callside does, what to do. */
export function ConnectionBanner({ state, help }: ConnectionBannerProps) {
  const lost = useNow((now) => (state.kind === "reconnecting" ? formatAge(now - state.since) : null));
  const countdown = useNow((now) => {
    if (state.kind !== "reconnecting") return null;
    return state.retryAt <= now ? texts.connection.bannerNow : texts.connection.bannerIn(formatCountdown(state.retryAt - now));
  });
  if (!needsBanner(state)) return null;
  switch (state.kind) {
    case "reconnecting":
      return (
        <div className="banner" data-tone="warn">
          <p>
            <b>{texts.connection.bannerReconnecting}</b> {countdown} · {texts.connection.bannerLost(lost ?? texts.none)}
            <br />
            <FaultWords fault={state.fault} /> {help}
          </p>
          <BannerRetry name="stream" label={texts.connection.retry} />
        </div>
      );
    case "connecting":
      return (
        <div className="banner" data-tone="warn">
          <p>
            <b>{texts.connection.connectingAttempt(state.attempt)}</b> {help}
          </p>
        </div>
      );
    case "rejected":
      return (
        <div className="banner" data-tone="bad">
          <p>
            <b>{texts.connection.bannerRejected}</b> {texts.since(formatTime(state.since))}
            <br />
            <FaultWords fault={state.fault} /> {help}
          </p>
          <BannerRetry name="stream" label={texts.connection.retry} />
        </div>
      );
    case "closed":
      return (
        <div className="banner" data-tone="warn">
          <p>
            <b>{texts.connection.bannerClosed}</b> {texts.since(formatTime(state.since))} {help}
          </p>
          <BannerRetry name="stream" label={texts.connection.retry} />
        </div>
      );
    case "idle":
    case "validating":
    case "connected":
    case "checking":
    case "degraded":
      return null;
    default:
      return assertNever(state);
  }
}
