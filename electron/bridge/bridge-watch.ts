import { assertNever } from "../../shared/assert-never.ts";
import { MAX_DEAD_LETTERS, type BridgedConversation, type BridgeView } from "../../shared/bridge-view.ts";
import { hopNames, type BridgeEvent, type DeadLetter, type Delivery, type HopLatencies, type HopName } from "../../shared/bridge.ts";
import type { Clock } from "../../shared/clock.ts";
import type { BridgeLoad } from "./bridge.ts";
import { createClockLead } from "./clock-lead.ts";
import { createConversationTable } from "./conversation-table.ts";
import { watchHop, type HopLatency, type LevelChange } from "./hop-latency.ts";
import { createOpenMatters } from "./open-matters.ts";
import { createThroughput } from "./throughput.ts";

/** Gathers what the panel and the health endpoint show of a bridge. */
export interface BridgeWatch {
  event(event: BridgeEvent): void;
  view(load: BridgeLoad, resumePoint: number | null): BridgeView;
  /** Null where no event named it, or where it was quiet for long and had to make room. */
  conversation(id: string): BridgedConversation | null;
  /** The ids of the conversations that changed since this was asked last. */
  changed(): readonly string[];
}

export interface BridgeWatchOptions {
  readonly scope: BridgeView["scope"];
  /** The thresholds of contract 3.4, in ms. */
  readonly elevatedMs: number;
  readonly criticalMs: number;
  readonly clock: Clock;
  /** A hop's level changed; told once for each change, during {@link BridgeWatch.event}. */
  readonly onLevel: (change: LevelChange) => void;
}

/** Watches one bridge from its opening, by its events (contract 3.4). Its memory is bounded, whatever passes through. */
export function watchBridge({ scope, elevatedMs, criticalMs, clock, onLevel }: BridgeWatchOptions): BridgeWatch {
  const since = clock.now();
  const thresholds = { elevatedMs, criticalMs };
  const hops: Readonly<Record<HopName, HopLatency>> = {
    genesys: watchHop("genesys", thresholds),
    bot: watchHop("bot", thresholds),
    reply: watchHop("reply", thresholds),
  };
  const clockLead = createClockLead(clock);
  const throughput = createThroughput(clock);
  const conversations = createConversationTable(clock);
  const letters = createOpenMatters<DeadLetter>((letter) => letter.diedAt);
  const uncertain = createOpenMatters<Delivery>((delivery) => delivery.at);
  const paused = new Map<string, BridgeView["paused"][number]>();
  const counts = { received: 0, answered: 0, leftToAgent: 0, withheld: 0, duplicates: 0, malformed: 0, missed: 0, recovered: 0 };
  let storage: string | null = null;

  const measure = (latencies: HopLatencies): void => {
    for (const hop of hopNames) {
      const ms = latencies[hop];
      if (ms === null) continue;
      // Times of two clocks: a negative one says by how much they differ, and nothing of the way between them.
      if (hop === "genesys") clockLead.record(-ms);
      const change = hops[hop].record(ms);
      if (change !== null) onLevel(change);
    }
  };

  /** Whatever a person was to do about it, nobody has to any more. */
  const settle = (id: string): void => {
    letters.remove(id);
    uncertain.remove(id);
  };

  return {
    event(event) {
      switch (event.kind) {
        case "message":
          if (event.speaker === "customer") counts.received += 1;
          if (event.aheadMs !== undefined && event.aheadMs !== null) clockLead.record(event.aheadMs);
          conversations.event(event);
          return;
        case "duplicate":
          counts.duplicates += 1;
          return;
        case "gap":
          counts.missed = added(counts.missed, event.to - event.from + 1);
          return;
        case "gap-filled":
          counts.recovered = added(counts.recovered, event.count);
          return;
        case "malformed":
          counts.malformed += 1;
          return;
        case "delivery":
          if (event.delivery.state.kind === "uncertain") uncertain.add(event.delivery.id, event.delivery);
          else uncertain.remove(event.delivery.id);
          conversations.event(event);
          return;
        case "answered":
          counts.answered += 1;
          throughput.count();
          settle(event.id);
          measure(event.hops);
          conversations.event(event);
          return;
        case "withheld":
          counts.withheld += 1;
          conversations.event(event);
          return;
        case "left-to-agent":
          counts.leftToAgent += 1;
          settle(event.id);
          conversations.event(event);
          return;
        case "dead-letter":
          uncertain.remove(event.letter.id);
          letters.add(event.letter.id, event.letter);
          conversations.event(event);
          return;
        case "uncertain":
          letters.remove(event.id);
          uncertain.addUnknown(event.id);
          conversations.event(event);
          return;
        case "settled":
          settle(event.id);
          conversations.event(event);
          return;
        case "answerer":
          conversations.event(event);
          return;
        case "paused":
          if (event.until === null) paused.delete(event.host);
          else paused.set(event.host, { host: event.host, until: event.until, why: event.why ?? "failing" });
          return;
        case "storage":
          storage = event.detail;
          return;
        case "foreign":
        case "level":
          return;
        default:
          assertNever(event);
      }
    },
    view(load, resumePoint) {
      const now = clock.now();
      const { missed, recovered, ...others } = counts;
      return {
        since,
        scope,
        elevatedMs,
        criticalMs,
        throughput: throughput.steps(),
        ...others,
        gaps: { missed, recovered },
        queue: { waiting: load.waiting, working: load.working, oldestAt: load.oldestAt },
        hops: hopNames.map((hop) => hops[hop].view()),
        clockAheadMs: clockLead.ms(),
        resumePoint,
        // A pause that was asked for is over with its time; a host that fails is tried then, and stays failing until that went well.
        paused: [...paused.values()].filter(({ until, why }) => why === "failing" || until > now),
        storage,
        deadLetters: { count: letters.count(), list: letters.newest(MAX_DEAD_LETTERS) },
        uncertain: { count: uncertain.count(), list: uncertain.newest(MAX_DEAD_LETTERS) },
      };
    },
    conversation: (id) => conversations.find(id),
    changed: () => conversations.changed(),
  };
}

/** Numbers of the platform may leap by any amount; counts stay numbers that can be counted. */
function added(sum: number, more: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, sum + Math.max(0, more));
}
