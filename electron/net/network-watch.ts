import { networkInterfaces, type NetworkInterfaceInfo } from "node:os";
import type { Clock } from "../../shared/clock.ts";

export interface NetworkWatchOptions {
  /** The addresses by which this machine reaches others at the moment; {@link systemAddresses} unless in a test. */
  readonly addresses: () => readonly string[];
  readonly clock: Clock;
  /** How often they are looked at, in ms; 5,000 unless given. */
  readonly everyMs?: number;
  readonly onReturn: () => void;
}

const EVERY_MS = 5_000;

/** Looks at the network until it is disposed. */
export interface NetworkWatch extends Disposable {
  /** Takes note of the addresses of now without telling of them: whoever asks makes new connections anyway. */
  look(): void;
}

/**
 * Says when the network came back or became another one, so that connections are made anew at once instead of being
 * found dead one by one. The system tells nobody of it, so its addresses are looked at; a look takes a fraction of a
 * millisecond.
 */
export function watchNetwork(options: NetworkWatchOptions): NetworkWatch {
  const { clock } = options;
  const everyMs = options.everyMs ?? EVERY_MS;
  let before = options.addresses();
  const look = (): void => {
    // First, so that the watch goes on whatever comes of this look.
    cancel = clock.after(everyMs, look);
    const now = options.addresses();
    const returned = hasReturned(before, now);
    before = now;
    if (returned) options.onReturn();
  };
  let cancel = clock.after(everyMs, look);
  return {
    look() {
      before = options.addresses();
    },
    [Symbol.dispose]() {
      cancel();
    },
  };
}

/**
 * True where there was no address and now there is, or where of those that there were none is left and others have come
 * (from the dock to Wi-Fi). One that comes or goes beside others (VPN, a container's bridge) is no return. Pure.
 */
export function hasReturned(before: readonly string[], now: readonly string[]): boolean {
  return now.length > 0 && !now.some((address) => before.includes(address));
}

/** The interfaces of this machine by name, as `os.networkInterfaces()` gives them. */
type Interfaces = Readonly<Record<string, readonly Pick<NetworkInterfaceInfo, "address" | "internal">[] | undefined>>;

/** Bridges to containers and virtual machines on this very machine: they stay when the network goes. */
const HOST_ONLY = /^(docker\d*|br-[0-9a-f]{12}|veth[0-9a-f]+|virbr\d+|vmnet\d+|vboxnet\d+|vEthernet \((WSL|Default Switch).*)$/;
/** Addresses that a machine gives itself where nobody gives it one: fe80::/10 and 169.254.0.0/16. */
const LINK_LOCAL = /^(fe[89ab][0-9a-f]:|169\.254\.)/i;

/** The addresses of `interfaces` that reach beyond this machine and its own link. Pure. */
export function usableAddresses(interfaces: Interfaces): readonly string[] {
  return Object.entries(interfaces).flatMap(([name, entries]) =>
    HOST_ONLY.test(name)
      ? []
      : (entries ?? []).flatMap(({ address, internal }) => (internal || LINK_LOCAL.test(address) ? [] : [address])),
  );
}

/** The addresses by which this machine reaches others now; none where the system does not say. */
export function systemAddresses(): readonly string[] {
  try {
    return usableAddresses(networkInterfaces());
  } catch {
    return [];
  }
}
