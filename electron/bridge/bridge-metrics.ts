import { hopBounds } from "../../shared/bridge-bounds.ts";
import type { BridgeView } from "../../shared/bridge-view.ts";
import { levelSchema } from "../../shared/bridge.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import { connectionFamily, counterFamily as counter, gaugeFamily as gauge, toSeconds } from "../net/metric-families.ts";
import type { MetricFamily } from "../net/open-metrics.ts";
import { isOpen } from "./readiness.ts";

const levels = levelSchema.options;
const bounds = hopBounds.map(toSeconds);

/**
 * The bridge as metric families (contract 3.4): counters since its start, latencies per hop, what waits. Labels are of
 * a few fixed words: no id, no host and nothing that a person wrote becomes one.
 */
export function bridgeMetrics(view: BridgeView, connection: ConnectionState): readonly MetricFamily[] {
  const { queue, hops, gaps } = view;
  return [
    { kind: "info", name: "callside_bridge", help: "Which conversations this bridge answers.", labels: { scope: view.scope } },
    gauge("callside_bridge_start_time_seconds", "When the bridge was started, in Unix time.", toSeconds(view.since), "seconds"),
    gauge("callside_bridge_connected", "1 while the event socket is open.", isOpen(connection) ? 1 : 0),
    connectionFamily("callside_bridge_connection", "The state of the event socket.", connection),
    counter("callside_bridge_messages_received", "Messages of customers that were taken.", view.received),
    counter("callside_bridge_messages_answered", "Messages of customers that were answered.", view.answered),
    counter("callside_bridge_messages_left_to_agent", "Messages of customers that an agent has to answer.", view.leftToAgent),
    counter("callside_bridge_answers_withheld", "Answers of the bot that policy stopped.", view.withheld),
    counter("callside_bridge_duplicates", "Events that had come before and were dropped.", view.duplicates),
    counter("callside_bridge_malformed_frames", "Frames that break the contract and were skipped.", view.malformed),
    counter("callside_bridge_missed_events", "Events that the numbering shows to be missing.", gaps.missed),
    counter("callside_bridge_recovered_events", "Missing events that came after all.", gaps.recovered),
    {
      kind: "histogram",
      name: "callside_bridge_hop_latency_seconds",
      unit: "seconds",
      help: "How long a message took on each hop: from Genesys, to the bot and back, the reply to Genesys.",
      samples: hops.map(({ hop, bars, sumMs }) => ({ labels: { hop }, bounds, counts: bars, sum: toSeconds(sumMs) })),
    },
    {
      kind: "stateset",
      name: "callside_bridge_hop_level",
      help: "How the last messages on each hop are judged; absent while there are too few.",
      states: levels,
      samples: hops.flatMap(({ hop, level }) => (level === null ? [] : [{ labels: { hop }, state: level }])),
    },
    {
      kind: "gauge",
      name: "callside_bridge_queue_messages",
      help: "Messages that were taken and are neither answered nor given up.",
      samples: [
        { labels: { state: "waiting" }, value: queue.waiting },
        { labels: { state: "working" }, value: queue.working },
      ],
    },
    gauge("callside_bridge_queue_oldest_timestamp_seconds", "When the oldest of them was taken, in Unix time; absent where there is none.", secondsOf(queue.oldestAt), "seconds"),
    gauge("callside_bridge_dead_letters", "Messages that could not be answered and wait for a person.", view.deadLetters.count),
    gauge("callside_bridge_uncertain_replies", "Replies of which nobody knows whether they arrived.", view.uncertain.count),
    gauge("callside_bridge_paused_hosts", "Hosts that get no requests for now.", view.paused.length),
    gauge("callside_bridge_storage_writable", "1 while messages can be kept.", view.storage === null ? 1 : 0),
    gauge("callside_bridge_clock_ahead_seconds", "By how much at least the clock of Genesys is ahead; absent where it is not known to be.", secondsOf(view.clockAheadMs), "seconds"),
  ];
}

function secondsOf(ms: number | null): number | null {
  return ms === null ? null : toSeconds(ms);
}
