import type { Clock } from "../../shared/clock.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { RuntimePush, TunnelEvent, TunnelView } from "../../shared/tunnel.ts";
import type { Config } from "../config/complete-config.ts";
import { credentials } from "../config/credentials.ts";
import { openTunnel, type Tunnel, type TunnelTiming } from "../tunnel/tunnel.ts";
import { watchTunnel, type TunnelWatch } from "../tunnel/tunnel-view.ts";
import { openDeskNetwork, withNetwork } from "./desk-network.ts";
import { createSlot } from "./slot.ts";

type TunnelConfig = NonNullable<Config["tunnel"]>;

export interface TunnelDeskOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly readFile: (path: string) => Promise<string>;
  readonly onConnection: (state: ConnectionState) => void;
  readonly onEvent: (event: TunnelEvent) => void;
  readonly onPush: (push: RuntimePush) => void;
  readonly onIgnored: (reason: string, bytes: number) => void;
}

/** The runtime tunnel as the configuration wants it at the moment: on or off, to this bot or that. */
export interface TunnelDesk extends AsyncDisposable {
  apply(config: Config): Promise<void>;
  reconnect(reason: string): void;
  /** Runs the runtime check now. */
  check(): void;
  lastHeardAt(): number | null;
  /** What the panel shows; null while the tunnel is off. */
  view(): TunnelView | null;
}

/** What a tunnel is made from. */
interface Made {
  readonly section: Omit<TunnelConfig, "webhooks" | "tenant"> | null;
  /** Part of it, so that a secret that is put or replaced opens it anew. */
  readonly pair: ReturnType<typeof credentials>;
  readonly network: Config["network"];
}

/** Follows the configuration with {@link openTunnel}. */
export function createTunnelDesk(options: TunnelDeskOptions): TunnelDesk {
  const { env, clock, random, onConnection } = options;
  let watch: TunnelWatch | null = null;

  const open = async ({ section, pair, network: wanted }: Made): Promise<Tunnel | null> => {
    watch = section === null ? null : watchTunnel({ botId: section.botId, channel: section.channel, clock });
    const tellState = (state: ConnectionState, reason: string | null): void => {
      watch?.state(state, reason);
      onConnection(state);
    };
    if (section === null) {
      onConnection({ kind: "idle" });
      return null;
    }
    if (!pair.ok) {
      tellState({ kind: "rejected", since: clock.now(), fault: pair.error }, null);
      return null;
    }
    const network = await openDeskNetwork(wanted, options);
    if (!network.ok) {
      tellState({ kind: "rejected", since: clock.now(), fault: network.error }, null);
      return null;
    }
    const tunnel = openTunnel({
      platform: { ...section, ...pair.value },
      timing: timingOf(section),
      network: network.value,
      clock,
      random,
      onState: tellState,
      onEvent: (event) => {
        watch?.event(event);
        options.onEvent(event);
      },
      onPush: (push) => {
        watch?.pushed();
        options.onPush(push);
      },
      onIgnored: (reason, bytes) => {
        watch?.ignored();
        options.onIgnored(reason, bytes);
      },
    });
    return withNetwork(tunnel, network.value);
  };

  const tunnel = createSlot(open);

  return {
    apply: ({ tunnel: section, network }) => tunnel.make({ section: section === undefined ? null : madeFrom(section), pair: credentials(env, "tunnel"), network }),
    reconnect(reason) {
      const running = tunnel.current();
      // Nothing runs where the network could not be opened: its certificate file may have been mended since.
      if (running === null) void tunnel.retry();
      else running.reconnect(reason);
    },
    check: () => tunnel.current()?.check(),
    lastHeardAt: () => tunnel.current()?.lastHeardAt() ?? null,
    view: () => watch?.view() ?? null,
    [Symbol.asyncDispose]: () => tunnel[Symbol.asyncDispose](),
  };
}

/** Webhooks are not part of it, and the tenant only where the socket's address follows from it. */
function madeFrom({ webhooks: _webhooks, tenant: _tenant, ...section }: TunnelConfig): Made["section"] {
  return section;
}

function timingOf({ heartbeatSeconds, pongTimeoutSeconds, checkSeconds }: NonNullable<Made["section"]>): TunnelTiming {
  return { heartbeatMs: heartbeatSeconds * 1_000, pongTimeoutMs: pongTimeoutSeconds * 1_000, checkMs: checkSeconds * 1_000 };
}
