import type { AssistEvent } from "../../shared/assist-event.ts";
import type { BridgeView } from "../../shared/bridge-view.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ConnectionName, ConnectionState } from "../../shared/connection.ts";
import type { TunnelView } from "../../shared/tunnel.ts";
import { createAssistFigures } from "../assist/assist-metrics.ts";
import { bridgeMetrics } from "../bridge/bridge-metrics.ts";
import type { Config } from "../config/complete-config.ts";
import type { FilePort } from "../files/file-port.ts";
import { integrationSamples, type MeasuredIntegration } from "../integrations/integration-metrics.ts";
import { gaugeFamily } from "../net/metric-families.ts";
import { openMetricsText } from "../net/open-metrics.ts";
import { openMetricsFile } from "../telemetry/open-metrics-file.ts";
import { tunnelMetrics } from "../tunnel/tunnel-metrics.ts";
import { tellDiskTrouble } from "./disk-notice.ts";
import type { Notices } from "./notices.ts";
import { createSlot } from "./slot.ts";

export interface OpenMetricsDeskOptions {
  readonly clock: Clock;
  readonly files: FilePort;
  readonly notices: Notices;
  readonly connection: (name: ConnectionName) => ConnectionState;
  /** Null while it is off. */
  readonly bridge: () => BridgeView | null;
  /** Null while it is off. */
  readonly tunnel: () => TunnelView | null;
  /** Null while they are off. */
  readonly integrations: () => readonly MeasuredIntegration[] | null;
}

/** The OpenMetrics file as the configuration wants it at the moment. Close it after what it tells of, so that its last text is the last word. */
export interface OpenMetricsDesk extends AsyncDisposable {
  /** `wanted`: what is off in it is not in the file. */
  apply(wanted: Config): Promise<void>;
  take(event: AssistEvent): void;
  /** The figures of now, as the file would hold them. */
  text(): string;
}

/** Gathers the figures of all systems that are on. Counters count from the program's start, whenever the file was asked for. */
export function createOpenMetricsDesk(options: OpenMetricsDeskOptions): OpenMetricsDesk {
  const { clock, files, notices, connection } = options;
  const assist = createAssistFigures();
  let isAssistOn = false;

  const text = (ended: boolean): string => {
    const bridge = options.bridge();
    const tunnel = options.tunnel();
    const integrations = options.integrations();
    return openMetricsText([
      gaugeFamily("callside_up", "1 while this file is kept up to date; 0 once it was written for the last time.", ended ? 0 : 1),
      ...(isAssistOn ? assist.families(connection("stream")) : []),
      ...(tunnel === null ? [] : tunnelMetrics(tunnel, connection("tunnel"))),
      ...(bridge === null ? [] : bridgeMetrics(bridge, connection("bridge"))),
      ...(integrations === null ? [] : integrationSamples(integrations, clock.now())),
    ]);
  };

  const slot = createSlot(async (file: string | undefined): Promise<AsyncDisposable | null> => {
    // What was said of the one before does not hold any more.
    notices.clear("open-metrics");
    if (file === undefined) return null;
    return openMetricsFile({
      file,
      files,
      clock,
      text,
      onTrouble: (trouble) => {
        // Nothing is lost that the next text does not hold.
        tellDiskTrouble(notices, "open-metrics", { ...trouble, lost: 0 });
      },
    });
  });

  return {
    async apply({ assist: section, telemetry }) {
      isAssistOn = section !== undefined;
      await slot.make(telemetry?.openMetricsFile);
    },
    take(event) {
      if (event.kind === "evaluated") assist.record(event.record);
    },
    text: () => text(false),
    [Symbol.asyncDispose]: () => slot[Symbol.asyncDispose](),
  };
}
