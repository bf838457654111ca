import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Gaps } from "../../shared/gaps.ts";
import { openAssist, type Assist } from "../assist/assist.ts";
import type { UpdatePayload } from "../assist/parse-frame.ts";
import { serveWidgetConfig, type WidgetConfigServer } from "../assist/widget-config.ts";
import { assistSettings, widgetConfig } from "./assist-settings.ts";
import type { Config } from "../config/complete-config.ts";
import { credentials } from "../config/credentials.ts";
import { openDeskNetwork, withNetwork } from "./desk-network.ts";
import type { Notices } from "./notices.ts";
import { createSlot } from "./slot.ts";

type AssistConfig = NonNullable<Config["assist"]>;

export interface AssistDeskOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly readFile: (path: string) => Promise<string>;
  readonly newId: () => string;
  readonly notices: Notices;
  readonly emit: (event: AssistEvent) => void;
  readonly onConnection: (state: ConnectionState) => void;
  /** Where the widget configuration is served unless configured; without it, it is off by default (contract 2.8). */
  readonly defaultWidgetPort?: number;
}

/** Agent assist as the configuration wants it at the moment: on or off, on this platform or that, with these settings. */
export interface AssistDesk extends AsyncDisposable {
  apply(config: Config): Promise<void>;
  /** Takes what was said in an interaction of another system; false where agent assist does not run. */
  hear(payload: UpdatePayload): boolean;
  retryNow(): void;
  lastHeardAt(): number | null;
  /** What the stream's numbering shows to be missing, since it was opened. */
  gaps(): Gaps;
  /** The port of the widget configuration, where it is served. */
  widgetPort(): number | null;
}

/** What a connection is made from; a change of anything else reaches the running engine. */
interface Made {
  readonly platform: Pick<AssistConfig, "tokenUrl" | "apiUrl" | "streamUrl"> | null;
  /** Part of it, so that a secret that is put or replaced opens it anew. */
  readonly pair: ReturnType<typeof credentials>;
  readonly network: Config["network"];
}

/** Follows the configuration with {@link openAssist} and the widget endpoint. */
export function createAssistDesk(options: AssistDeskOptions): AssistDesk {
  const { env, clock, random, notices, emit, onConnection } = options;
  let config: AssistConfig | undefined;

  const open = async ({ platform, pair, network: wanted }: Made): Promise<(Assist & AsyncDisposable) | null> => {
    notices.clear("assist");
    if (platform === null || config === undefined) {
      onConnection({ kind: "idle" });
      return null;
    }
    if (!pair.ok) {
      onConnection({ kind: "rejected", since: clock.now(), fault: pair.error });
      return null;
    }
    const network = await openDeskNetwork(wanted, options);
    if (!network.ok) {
      onConnection({ kind: "rejected", since: clock.now(), fault: network.error });
      return null;
    }
    if (config === undefined) {
      // Switched off while the network was being opened; the change that says so comes next.
      await network.value[Symbol.asyncDispose]();
      return null;
    }
    const assist = openAssist({
      platform: { ...platform, ...pair.value },
      settings: assistSettings(config),
      network: network.value,
      clock,
      random,
      setPrefix: `${options.newId()}-`,
      emit,
      onConnection,
    });
    return withNetwork(assist, network.value);
  };

  const openWidget = async (port: number | undefined): Promise<WidgetConfigServer | null> => {
    notices.clear("widget-config");
    if (port === undefined) return null;
    if (config === undefined) return null;
    let served = config;
    const server = await serveWidgetConfig(port, () => {
      // The last known, for a request that comes while the endpoint is being closed.
      served = config ?? served;
      return widgetConfig(served);
    });
    if (server.ok) return server.value;
    const { detail } = server.error;
    notices.raise({
      id: "widget-config",
      level: "warning",
      say: ({ rules }) => rules.widgetNotServed(detail),
    });
    return null;
  };

  const assist = createSlot(open);
  const widget = createSlot(openWidget);

  return {
    async apply(next) {
      config = next.assist;
      const platform =
        next.assist === undefined
          ? null
          : { tokenUrl: next.assist.tokenUrl, apiUrl: next.assist.apiUrl, streamUrl: next.assist.streamUrl };
      if (next.assist !== undefined) assist.current()?.apply(assistSettings(next.assist));
      await Promise.all([
        assist.make({ platform, pair: credentials(env, "assist"), network: next.network }),
        widget.make(next.assist === undefined ? undefined : (next.assist.widgetConfigPort ?? options.defaultWidgetPort)),
      ]);
    },
    hear(payload) {
      const running = assist.current();
      running?.hear(payload);
      return running !== null;
    },
    retryNow() {
      const running = assist.current();
      // Nothing runs where the network could not be opened: its certificate file may have been mended since.
      if (running === null) void assist.retry();
      else running.retryNow();
    },
    lastHeardAt: () => assist.current()?.lastHeardAt() ?? null,
    gaps: () => assist.current()?.gaps() ?? { missed: 0, recovered: 0 },
    widgetPort: () => widget.current()?.port ?? null,
    async [Symbol.asyncDispose]() {
      await widget[Symbol.asyncDispose]();
      await assist[Symbol.asyncDispose]();
    },
  };
}
