import { assertNever } from "../../shared/assert-never.ts";
import type { BridgeEvent, DeadLetter } from "../../shared/bridge.ts";
import type { BridgeView } from "../../shared/bridge-view.ts";
import { describeFault } from "../../shared/fault-table.ts";
import { latencyWords, levelWords } from "../../shared/hop-words.ts";
import type { Line } from "./line.ts";

/** Ids are the platform's; a person's line stays one line. */
const MAX_ID = 80;
const LAST_MINUTE_STEPS = 12;

/**
 * The line for something that the bridge tells (design 6), or null where the command line does not show it. A person
 * reads no line per message, only what matters; what anybody wrote is in neither.
 */
export function bridgeLine(event: BridgeEvent): Line | null {
  switch (event.kind) {
    case "message": {
      const { id, conversationId, sequenceId, speaker } = event;
      return { event: "message", fields: { id, conversationId, sequenceId, speaker }, human: null };
    }
    case "duplicate":
      return { event: "duplicate", fields: { id: event.id, conversationId: event.conversationId }, human: null };
    case "gap":
      return {
        event: "gap",
        fields: { from: event.from, to: event.to },
        human: `Gap: ${event.from === event.to ? `event ${event.from}` : `events ${event.from} to ${event.to}`} did not come`,
      };
    case "gap-filled":
      return { event: "gap_filled", fields: { count: event.count }, human: `Gap: ${event.count === 1 ? "one event" : `${event.count} events`} came after all` };
    case "malformed":
      return { event: "malformed", fields: { reason: event.reason, bytes: event.bytes }, human: `A frame of ${event.bytes} bytes was skipped: ${event.reason}` };
    case "answered": {
      const { id, conversationId, hops, level, totalMs } = event;
      return { event: "answered", fields: { id, conversationId, latencyMs: hops.bot, level, hops, totalMs }, human: null };
    }
    case "withheld": {
      const { id, conversationId, rule, instead } = event;
      const next = instead === "agent" ? "the conversation is the agent's" : "the hand-over text is sent";
      const why = rule.rule === "phrase" ? `it contains "${rule.phrase}"` : rule.rule;
      return { event: "withheld", fields: { id, conversationId, ...rule, instead }, human: `Withheld: the bot's answer to ${named(id)}, because ${why}; ${next}` };
    }
    case "left-to-agent":
      return { event: "left_to_agent", fields: { id: event.id, conversationId: event.conversationId }, human: null };
    case "dead-letter":
      return deadLetterLine(event.letter, event.fromBefore === true);
    case "uncertain": {
      const { id, conversationId, fromBefore } = event;
      return {
        event: "uncertain",
        fields: { id, conversationId, ...(fromBefore === undefined ? {} : { fromBefore }) },
        human: `Uncertain: nobody can say whether the reply to ${named(id)} arrived in conversation ${named(conversationId)}; it is not sent again`,
      };
    }
    case "settled":
      return {
        event: "settled",
        fields: { id: event.id, conversationId: event.conversationId, how: event.how },
        human: `Settled: ${named(event.id)} ${SETTLED[event.how]}`,
      };
    case "answerer":
      return { event: "answerer", fields: { conversationId: event.conversationId, answerer: event.answerer, why: event.why }, human: null };
    case "level": {
      const { hop, level, ms } = event;
      return { event: "level", fields: { hop, level, ms }, human: levelWords(event) };
    }
    case "paused": {
      const { host, until, why } = event;
      const fields = until === null ? { host, until } : { host, until: new Date(until).toISOString(), why };
      return { event: "paused", fields, human: pauseWords(event) };
    }
    case "storage": {
      const { detail } = event;
      return { event: "storage", fields: { detail }, human: detail === null ? "Storage: messages can be kept again" : `Storage: messages cannot be kept, and wait: ${detail}` };
    }
    case "delivery":
    case "foreign":
      return null;
    default:
      return assertNever(event);
  }
}

/** The bridge in one line, written anew as it changes: pace, what waits, latency, and what a person has to look at. */
export function statusText(view: BridgeView): string {
  const lastMinute = view.throughput.slice(-LAST_MINUTE_STEPS - 1).reduce((sum, step) => sum + step, 0);
  const bot = view.hops.find((one) => one.hop === "bot");
  const botMs = bot?.recentMs ?? bot?.lastMs ?? null;
  const open = view.queue.waiting + view.queue.working;
  return [
    `${view.answered} answered`,
    `${lastMinute} in the last minute`,
    ...(open === 0 ? [] : [`${open} in hand`]),
    ...(botMs === null ? [] : [`bot ${latencyWords(botMs)}${bot?.level === undefined || bot.level === null || bot.level === "normal" ? "" : ` (${bot.level})`}`]),
    ...openWords(view),
  ].join(", ");
}

/** What waits for a person, in a few words each; empty where nothing does. */
export function openWords({ deadLetters, uncertain }: Pick<BridgeView, "deadLetters" | "uncertain">): readonly string[] {
  return [
    ...(deadLetters.count === 0 ? [] : [counted(deadLetters.count, "dead letter")]),
    ...(uncertain.count === 0 ? [] : [`${uncertain.count} uncertain`]),
  ];
}

/** "1 dead letter", "2 dead letters". */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

const SETTLED = { replayed: "is worked again", discarded: "was discarded", arrived: "had arrived" } as const;

function deadLetterLine({ id, conversationId, attempts, fault }: DeadLetter, fromBefore: boolean): Line {
  const { what, cause } = describeFault(fault);
  return {
    event: "dead_letter",
    fields: { id, conversationId, reason: fault.detail, code: fault.code, attempts, ...(fromBefore ? { fromBefore } : {}) },
    human: `Not answered${fromBefore ? " (from before)" : ""}: ${named(id)} in conversation ${named(conversationId)}. ${what} ${cause}`,
  };
}

function pauseWords({ host, until, why }: Extract<BridgeEvent, { readonly kind: "paused" }>): string {
  if (until === null) return `Requests to ${host} go again`;
  return `Requests to ${host} pause: ${why === "asked" ? "it asked for that" : "it keeps failing"}. What waits for it is kept`;
}

function named(id: string): string {
  const line = id.replaceAll(/\s+/gu, " ");
  return line.length <= MAX_ID ? line : `${line.slice(0, MAX_ID)}…`;
}
