import type { Clock } from "../../shared/clock.ts";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";

/** Waking, unlocking and the network's return come together: within this time they have one cause. */
const SAME_WAKE_MS = 2_000;

export interface WakeOptions {
  readonly clock: Clock;
  readonly state: (name: ConnectionName) => ConnectionState;
  /** Makes a new connection at once, whatever the old one claims. */
  readonly renew: (name: ConnectionName) => void;
}

/** Why the connections are to be made anew. */
export interface Wake {
  /** The machine woke up or was unlocked. Within two seconds of another reason, only what waits for its next attempt is tried again. */
  woken(): void;
  /** The network came back or became another one, so that nothing that was begun before can go on. */
  network(): void;
}

const names = ["stream", "bridge", "tunnel"] as const satisfies readonly ConnectionName[];

/** Makes one waking of several reasons for it. */
export function createWake({ clock, state, renew }: WakeOptions): Wake {
  let last: { readonly wall: number; readonly mono: number } | null = null;
  const look = (): { readonly wall: number; readonly mono: number } => ({ wall: clock.now(), mono: clock.monotonic() });
  /** By both clocks: on some systems the monotonic one sleeps with the machine, and the other may be set back. */
  const isAgain = (): boolean => {
    const now = look();
    return last !== null && Math.abs(now.wall - last.wall) < SAME_WAKE_MS && now.mono - last.mono < SAME_WAKE_MS;
  };
  return {
    woken() {
      const again = isAgain();
      if (!again) last = look();
      for (const name of names) if (!again || state(name).kind === "reconnecting") renew(name);
    },
    network() {
      last = look();
      for (const name of names) renew(name);
    },
  };
}
