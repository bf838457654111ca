import { assertNever } from "../../shared/assert-never.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { texts } from "../texts.ts";
import { formatAge, formatCountdown } from "../ui/format.ts";
import { connectionTone, type ConnectionTone, degradedWords } from "./connection-words.ts";

/** From best to worst: the strip's one dot tells of the worst. */
const tones = ["ok", "off", "warn", "bad"] as const satisfies readonly ConnectionTone[];

/** The tone of the strip's dot for the live stream, the tunnel and the bridge (null: off): the worst of them. */
export function stripTone(stream: ConnectionState, ...others: readonly (ConnectionState | null)[]): ConnectionTone {
  return others.reduce<ConnectionTone>((worst, state) => {
    const tone = state === null ? "ok" : connectionTone(state);
    return tones.indexOf(tone) > tones.indexOf(worst) ? tone : worst;
  }, connectionTone(stream));
}

/** The bridge in a word or two beside the others, whose details are a press away. `now` in ms since the Unix epoch. */
export function bridgeWords(state: ConnectionState, now: number): string {
  return texts.strip.bridge(state.kind === "reconnecting" ? texts.strip.reconnecting : shortWords(state, now, texts.strip.off));
}

/**
 * Both connections in one line of a narrow strip: one word where both work, else each by its name, so that neither can
 * be taken for the other. `now` in ms since the Unix epoch.
 */
export function bothWords(stream: ConnectionState, tunnel: ConnectionState, now: number): string {
  if (stream.kind === "connected" && tunnel.kind === "connected") return texts.connection.connected;
  // The stream's countdown is in its banner.
  const live = stream.kind === "reconnecting" ? texts.strip.reconnecting : shortWords(stream, now, texts.strip.off);
  return texts.strip.both(texts.strip.live(live), tunnelWords(tunnel, now));
}

function tunnelWords(state: ConnectionState, now: number): string {
  // Whose channel and runtime is plain without the tunnel's name.
  const degraded = state.kind === "degraded" ? degradedWords(state) : null;
  return degraded ?? texts.strip.tunnel(shortWords(state, now, texts.strip.notConnected));
}

function shortWords(state: ConnectionState, now: number, idle: string): string {
  switch (state.kind) {
    case "connected":
      return texts.strip.connected;
    case "validating":
      return texts.strip.validating;
    case "connecting":
      return texts.strip.connecting;
    case "checking":
    case "degraded":
      return texts.strip.checking(formatAge(now - state.since));
    case "reconnecting":
      return state.retryAt > now ? texts.strip.reconnectingIn(formatCountdown(state.retryAt - now)) : texts.strip.reconnecting;
    case "rejected":
      return texts.strip.refused;
    case "closed":
      return texts.strip.closed;
    case "idle":
      return idle;
    default:
      return assertNever(state);
  }
}
