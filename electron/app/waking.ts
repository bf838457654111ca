import type { Clock } from "../../shared/clock.ts";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import { watchNetwork } from "../net/network-watch.ts";
import { createWake } from "./wake.ts";

interface WakingOptions {
  readonly clock: Clock;
  /** The addresses by which this machine reaches others now; undefined where nobody looks for the network's return. */
  readonly addresses: (() => readonly string[]) | undefined;
  readonly state: (name: ConnectionName) => ConnectionState;
  /** Makes a connection anew. */
  readonly renew: (name: ConnectionName) => void;
  /** The machine woke up, whatever that means for connections. */
  readonly onWoken: () => void;
}

/** Hears of the machine's waking and of the network's return. */
interface Waking {
  readonly wake: () => void;
  /** Ends the look at the network. */
  readonly dispose: () => void;
}

/** Renews connections when the machine wakes (told by `wake`) or the network comes back (looked for here). */
export function watchWaking({ clock, addresses, state, renew, onWoken }: WakingOptions): Waking {
  const waking = createWake({ clock, state, renew });
  const onReturn = (): void => {
    waking.network();
  };
  const network = addresses === undefined ? null : watchNetwork({ addresses, clock, onReturn });
  return {
    wake: () => {
      // Another network since the machine fell asleep is no second reason.
      network?.look();
      waking.woken();
      onWoken();
    },
    dispose: () => {
      network?.[Symbol.dispose]();
    },
  };
}
