import { assertNever } from "../../shared/assert-never.ts";
import type { HealthOutcome } from "../../shared/health.ts";
import type { ConnectionView } from "../../shared/panel-state.ts";
import { bad, doubtful, good, skipped, spanText } from "./outcome.ts";

/** A connection as it stands; `latencyMs`: the last round trip, null where none is known. */
export interface StandingConnection extends ConnectionView {
  readonly latencyMs: number | null;
}

/**
 * What a connection's state says. No second session is opened to find out: platforms count sessions. `now` in ms since the
 * Unix epoch. Pure.
 */
export function connectionOutcome(connection: StandingConnection, now: number): HealthOutcome {
  const { state } = connection;
  switch (state.kind) {
    case "idle":
      return skipped("it has not been opened");
    case "closed":
      return skipped("it was closed");
    case "validating":
    case "connecting":
      return doubtful(`being opened for ${spanText(now - state.since)}`, "Wait a moment, then check again.");
    case "connected":
      return open(connection, state.since, now);
    case "checking":
      return doubtful(`${openWords(connection, state.connectedSince, now)}; a sign of life is late`, "Wait a moment: if none comes, it is replaced by itself.");
    case "degraded":
      return doubtful(`${openWords(connection, state.connectedSince, now)}; ${causeWords(state)}`, "It is looked at again by itself. If it stays, tell your administrator.");
    case "reconnecting":
    case "rejected":
      return bad(state.fault);
    default:
      return assertNever(state);
  }
}

function open(connection: StandingConnection, since: number, now: number): HealthOutcome {
  const words = openWords(connection, since, now);
  const { missed = 0, recovered = 0 } = connection.gaps ?? {};
  if (missed <= recovered) return good(words);
  return doubtful(`${words}; ${missed - recovered} of its events never came`, "What was said then may be missing in transcripts. If the number grows, report it.");
}

function openWords({ lastHeardAt, latencyMs }: StandingConnection, since: number, now: number): string {
  const heard = lastHeardAt === null ? "" : `, last heard ${spanText(now - lastHeardAt)} ago`;
  const latency = latencyMs === null ? "" : `, latency ${Math.round(latencyMs)} ms`;
  return `open for ${spanText(now - since)}${heard}${latency}`;
}

type Degraded = Extract<ConnectionView["state"], { kind: "degraded" }>;

function causeWords({ cause, detail }: Degraded): string {
  switch (cause) {
    case "pong-late":
      return "a sign of life is late";
    case "channel-unavailable":
      return `the runtime says of its channel: ${detail}`;
    case "probe-unanswered":
      return "the runtime left the last check unanswered";
    default:
      return assertNever(cause);
  }
}
