import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import { MAX_BEATS, type Transition, type TunnelView } from "../../shared/tunnel.ts";

const MINUTE = 60_000;

/** A tunnel at one moment: its state, and what the panel is told besides. */
interface TunnelMoment {
  readonly state: ConnectionState;
  readonly tunnel: TunnelView;
}

export const scopeFault: Fault = { kind: "refused", code: "forbidden", detail: "scope runtime:execute", status: 403 };
export const inactiveFault: Fault = { kind: "refused", code: "bot-inactive", detail: 'the bot\'s status is "paused"' };
export const brokenFault: Fault = { kind: "transport", code: "socket-abnormal", detail: "closed without a goodbye", closeCode: 1006 };
export const silentFault: Fault = { kind: "transport", code: "socket-silent", detail: "nothing heard within 10000 ms of a ping" };

/** A minute's share of jitter, a slow stretch, and one beat that stands out. */
const beats: readonly number[] = Array.from({ length: MAX_BEATS }, (_, index) => {
  const slow = index > 20 && index < 27 ? 14 : 0;
  return 40 + slow + 4 * Math.sin(index * 1.7) + (index === 41 ? 52 : 0) + (index % 3);
});

function percentile(share: number): number | null {
  return beats.toSorted((a, b) => a - b)[Math.ceil(share * beats.length) - 1] ?? null;
}

function change(at: number, state: ConnectionState, reason: string | null = null): Transition {
  return { at, state, reason };
}

/** A tunnel of 60 beats, 8 s after the last, that had been lost twice since midnight. */
export function tunnelOf(now: number, state: ConnectionState, extra: Partial<TunnelView> = {}): TunnelView {
  const dropAt = now - 26 * MINUTE;
  const earlier: readonly Transition[] = [
    change(dropAt + 3_900, { kind: "connected", since: dropAt + 3_900 }),
    change(dropAt + 3_100, { kind: "connecting", since: dropAt + 3_100, attempt: 2 }),
    change(dropAt + 2_800, { kind: "validating", since: dropAt + 2_800, attempt: 2 }),
    change(dropAt + 1_200, { kind: "reconnecting", since: dropAt, attempt: 2, retryAt: dropAt + 2_800, fault: brokenFault }),
    change(dropAt + 900, { kind: "validating", since: dropAt + 900, attempt: 1 }),
    change(dropAt, { kind: "reconnecting", since: dropAt, attempt: 1, retryAt: dropAt + 900, fault: silentFault }),
    change(dropAt - 8_000, { kind: "degraded", since: dropAt - 8_000, connectedSince: now - 90 * MINUTE, cause: "pong-late", detail: "" }),
    change(now - 90 * MINUTE, { kind: "connected", since: now - 90 * MINUTE }),
    change(now - 90 * MINUTE - 700, { kind: "validating", since: now - 90 * MINUTE - 700, attempt: 0 }, "the computer woke up"),
  ];
  const at = state.kind === "idle" ? now : state.since;
  return {
    botId: "65f0c2a1e8b34d0012ab77c9",
    channel: "webchat",
    handshakeMs: 312,
    latencyMs: beats.at(-1) ?? null,
    p50: percentile(0.5),
    p95: percentile(0.95),
    beats,
    lastBeatAt: now - 8_000,
    reconnects: 2,
    countedSince: now - (now % (24 * 60 * MINUTE)),
    pushes: 14,
    ignored: 0,
    transitions: state.kind === "connected" ? earlier : [change(at, state), ...earlier],
    ...extra,
  };
}

function moment(now: number, state: ConnectionState, extra: Partial<TunnelView> = {}): TunnelMoment {
  return { state, tunnel: tunnelOf(now, state, extra) };
}

function sessionStart(now: number): number {
  return now - 26 * MINUTE + 3_900;
}

/** The moments of a tunnel's life that look different in the panel; `now` in ms since the Unix epoch. */
export const tunnelMoments = {
  connected: (now) => moment(now, { kind: "connected", since: sessionStart(now) }),
  firstBeat: (now) => {
    const since = now - 4_000;
    const transitions: readonly Transition[] = [
      change(since, { kind: "connected", since }),
      change(since - 400, { kind: "connecting", since: since - 400, attempt: 0 }),
      change(since - 900, { kind: "validating", since: since - 900, attempt: 0 }),
    ];
    return moment(
      now,
      { kind: "connected", since },
      { beats: [], latencyMs: null, p50: null, p95: null, lastBeatAt: null, reconnects: 0, pushes: 0, transitions },
    );
  },
  checking: (now) =>
    moment(
      now,
      { kind: "degraded", since: now - 4_000, connectedSince: sessionStart(now), cause: "pong-late", detail: "" },
      { lastBeatAt: now - 36_000 },
    ),
  reconnecting: (now) =>
    moment(
      now,
      { kind: "reconnecting", since: now - 12_000, attempt: 2, retryAt: now + 14_000, fault: silentFault },
      { lastBeatAt: now - 58_000 },
    ),
  validating: (now) => moment(now, { kind: "validating", since: now - 400, attempt: 3 }, { lastBeatAt: now - 72_000 }),
  rejected: (now) =>
    moment(now, { kind: "rejected", since: now - 3 * MINUTE, fault: scopeFault }, { lastBeatAt: now - 3 * MINUTE - 20_000 }),
  channelUnavailable: (now) =>
    moment(now, {
      kind: "degraded",
      since: now - 40_000,
      connectedSince: sessionStart(now),
      cause: "channel-unavailable",
      detail: "maintenance",
    }),
  probeUnanswered: (now) =>
    moment(now, { kind: "degraded", since: now - 20_000, connectedSince: sessionStart(now), cause: "probe-unanswered", detail: "" }),
  botInactive: (now) =>
    moment(
      now,
      { kind: "reconnecting", since: now - 7 * MINUTE, attempt: 7, retryAt: now + 41_000, fault: inactiveFault },
      { lastBeatAt: now - 7 * MINUTE },
    ),
} as const satisfies Readonly<Record<string, (now: number) => TunnelMoment>>;
