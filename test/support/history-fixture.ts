import type { HistoryCommands } from "../../electron/host/history-commands.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HistoryHit, HistorySearch, InteractionRecord } from "../../shared/history.ts";
import type { Interaction } from "../../shared/interaction.ts";
import type { Overview, OverviewFigures, OverviewQuery } from "../../shared/overview.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { SuggestionSet } from "../../shared/suggestion.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

type ShownSet = InteractionRecord["sets"][number];

/** A set as it is kept, with suggestions given as their texts. */
export function keptSet(over: Partial<ShownSet> & Pick<SuggestionSet, "id" | "interactionId" | "utteranceId" | "utteranceAt">, ...lines: readonly string[]): ShownSet {
  return {
    order: 1,
    trigger: { kind: "keyword", matches: [{ keyword: "refund", text: "refund" }] },
    origin: "live",
    suggestions: lines.map((text, index) => ({ id: `${over.id}-${over.origin ?? "live"}-${index}`, text, confidence: 0.87, source: "Billing" })),
    withheld: [],
    outcome: lines.length > 0 ? "filled" : "empty",
    policyVersion: "p-1",
    latencyMs: 240,
    upstreamMs: 220,
    at: over.utteranceAt + 300,
    rejudged: false,
    ...over,
  };
}

/** A call in which a fallback stood in until the answer came, one card was copied, and policy withheld another. */
export function billingCall(startedAt: number): InteractionRecord {
  const id = "call-johnson";
  const at = (seconds: number): number => startedAt + seconds * 1_000;
  const asked = "Right. And if I do not get a refund for that I would rather cancel.";
  const place = { id: "set-1", interactionId: id, utteranceId: "u-2", utteranceAt: at(9) };
  const trouble: Fault = { kind: "transport", code: "timeout", detail: "no answer within 800 ms" };
  return {
    interaction: { id, status: "ended", startedAt, endedAt: at(252), agentId: "agent-7", customerName: "David Johnson", channel: "voice", queue: "Billing" },
    utterances: [
      { id: "u-1", speaker: "agent", text: "Good morning, you are through to billing.", at: at(1), score: 0, final: true, marks: [] },
      { id: "u-2", speaker: "customer", text: asked, at: at(9), score: -0.4, final: true, marks: [{ start: asked.indexOf("refund"), end: asked.indexOf("refund") + 6 }] },
      { id: "u-3", speaker: "agent", text: "I will open it for you now.", at: at(20), score: 0, final: true, marks: [] },
      { id: "u-4", speaker: "customer", text: "Thank you. And my card is [card number].", at: at(40), score: 0.3, final: true, marks: [] },
    ],
    sets: [
      keptSet({ ...place, origin: "fallback", fault: trouble, at: at(9.8) }, "I am looking into it for you."),
      keptSet({ ...place, replaces: "fallback", at: at(11), withheld: [{ rule: "phrase", phrase: "guarantee full refund" }] }, "I will open the refund for you now.", "May I check which plan would fit you better?"),
      keptSet({ id: "set-2", interactionId: id, utteranceId: "u-4", utteranceAt: at(40), trigger: { kind: "sentiment", score: -0.52, threshold: -0.4 }, outcome: "emptied", withheld: [{ rule: "confidence", confidence: 0.4, minConfidence: 0.75 }] }),
    ],
    dispositions: [
      { suggestionId: "set-1-fallback-0", disposition: "displayed", undone: false, at: at(10) },
      { suggestionId: "set-1-live-0", disposition: "displayed", undone: false, at: at(11.2) },
      { suggestionId: "set-1-live-0", disposition: "not helpful", undone: false, at: at(12) },
      { suggestionId: "set-1-live-0", disposition: "not helpful", undone: true, at: at(13) },
      { suggestionId: "set-1-live-0", disposition: "copied", undone: false, at: at(16) },
    ],
  };
}

/** Many short calls of a few customers, the latest first; every one says the word `parcel`. */
export function manyCalls(now: number, count: number): readonly InteractionRecord[] {
  return Array.from({ length: count }, (_, index): InteractionRecord => {
    const startedAt = now - (index + 1) * 37 * MINUTE;
    const id = `call-${index}`;
    return {
      interaction: {
        id,
        status: "ended",
        startedAt,
        endedAt: startedAt + 3 * MINUTE,
        agentId: index % 2 === 0 ? "agent-7" : "agent-8",
        customerName: `Customer ${index % 40}`,
        channel: index % 3 === 0 ? "chat" : "voice",
        queue: index % 5 === 0 ? "Orders" : "Billing",
      },
      utterances: [{ id: `${id}-u`, speaker: "customer", text: `Where is my parcel number ${index}?`, at: startedAt + 4_000, score: 0, final: true, marks: [] }],
      sets: [],
      dispositions: [],
    };
  });
}

const figures: OverviewFigures = { sets: 0, displayed: 0, copied: 0, sent: 0, used: 0, dismissed: 0, helpful: 0, notHelpful: 0, withheld: 0, fallbacks: 0, latencyP50: null, latencyP95: null };

/** An overview of thirty days, those of a weekend empty. */
export function sampleOverview(query: OverviewQuery, over: Partial<Overview> = {}): Overview {
  const end = query.filter.to ?? 0;
  const days = Array.from({ length: 30 }, (_, index): Overview["days"][number] => {
    const day = new Date(end - (30 - index) * DAY + DAY / 2);
    const name = `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`;
    if (day.getDay() % 6 === 0) return { day: name, interactions: 0, ...figures };
    const displayed = 60 + ((index * 17) % 45);
    const used = Math.round(displayed * (0.3 + (index % 4) / 20));
    return { ...figures, day: name, interactions: 20 + (index % 7), sets: displayed - 12, displayed, used, copied: used - 4, sent: 4, dismissed: 9, withheld: 6, fallbacks: 2, latencyP50: 210 + ((index * 31) % 60), latencyP95: 460 + ((index * 53) % 240) };
  });
  const sum = (key: "interactions" | "sets" | "displayed" | "used" | "copied" | "sent" | "dismissed" | "withheld" | "fallbacks"): number => days.reduce((total, day) => total + day[key], 0);
  return {
    query,
    total: {
      ...figures,
      sets: sum("sets"),
      displayed: sum("displayed"),
      used: sum("used"),
      copied: sum("copied"),
      sent: sum("sent"),
      dismissed: sum("dismissed"),
      withheld: sum("withheld"),
      fallbacks: sum("fallbacks"),
      helpful: 41,
      notHelpful: 12,
      latencyP50: 238,
      latencyP95: 612,
    },
    interactions: sum("interactions"),
    utterances: 18_204,
    days,
    triggers: [
      { kind: "keyword", words: "refund", sets: 420, displayed: 810, used: 402, dismissed: 60, notHelpful: 4, withheld: 31, empty: 12 },
      { kind: "keyword", words: "cancel", sets: 260, displayed: 402, used: 131, dismissed: 44, notHelpful: 2, withheld: 12, empty: 8 },
      { kind: "sentiment", words: "", sets: 180, displayed: 240, used: 40, dismissed: 70, notHelpful: 6, withheld: 40, empty: 22 },
      { kind: "keyword", words: "actually", sets: 310, displayed: 290, used: 3, dismissed: 198, notHelpful: 0, withheld: 14, empty: 120 },
      { kind: "keyword", words: "escalate", sets: 2, displayed: 3, used: 0, dismissed: 0, notHelpful: 0, withheld: 1, empty: 0 },
    ],
    withheldBy: [
      { rule: "confidence", words: "", count: 74 },
      { rule: "phrase", words: "guarantee full refund", count: 38 },
      { rule: "phrase", words: "legal action", count: 9 },
    ],
    sentiment: { interactions: 411, start: -0.12, end: 0.18, better: 201, worse: 96, same: 114 },
    leftOut: { agents: 0, interactions: 0 },
    facets: { channels: ["chat", "voice"], queues: ["Billing", "Orders"], agents: ["agent-7", "agent-8"], interactions: sum("interactions"), since: query.filter.from },
    agents: [],
    unread: [],
    tookMs: 41,
    ...over,
  };
}

export type HistoryCall = readonly [name: string, ...input: readonly unknown[]];

/** Main's side of the past, played from memory. */
export interface PlayedHistory {
  readonly commands: HistoryCommands;
  readonly calls: readonly HistoryCall[];
  readonly keep: (...records: readonly InteractionRecord[]) => void;
  /** What is kept, by id. */
  readonly ids: () => readonly string[];
  /** Answers every command of this name with a fault from now on; null: no longer. */
  readonly refuse: (name: string, fault: Fault | null) => void;
  /** Holds the answers of `name` back until the returned function is called. */
  readonly hold: (name: string) => () => void;
  /** How overviews are made from now on. */
  readonly count: (make: (query: OverviewQuery) => Overview) => void;
}

export function playHistory(): PlayedHistory {
  const calls: HistoryCall[] = [];
  const store = new Map<string, InteractionRecord>();
  const refusals = new Map<string, Fault>();
  const holds = new Map<string, Promise<void>>();
  let make = (query: OverviewQuery): Overview => sampleOverview(query);

  const answer = async <T>(call: HistoryCall, give: () => Result<T, Fault>): Promise<Result<T, Fault>> => {
    calls.push(call);
    // What is asked is answered as things stood then, however late the answer comes.
    const refusal = refusals.get(call[0]);
    const given = refusal === undefined ? give() : err(refusal);
    await holds.get(call[0]);
    return given;
  };
  const values = (key: "channel" | "queue" | "agentId"): readonly string[] => [...new Set([...store.values()].flatMap(({ interaction }) => interaction[key] ?? []))].toSorted();
  const ofCustomer = (name: string): readonly Interaction[] => [...store.values()].map(({ interaction }) => interaction).filter(({ customerName }) => customerName === name);
  const gone = (): Result<never, Fault> => err({ kind: "policy", code: "not-found-here", detail: "nothing is kept of this conversation" });

  return {
    calls,
    keep: (...records) => {
      for (const record of records) store.set(record.interaction.id, record);
    },
    ids: () => [...store.keys()],
    refuse(name, fault) {
      if (fault === null) refusals.delete(name);
      else refusals.set(name, fault);
    },
    hold(name) {
      const held = Promise.withResolvers<void>();
      holds.set(name, held.promise);
      return () => {
        holds.delete(name);
        held.resolve();
      };
    },
    count: (next) => void (make = next),
    commands: {
      facets: () =>
        answer(["facets"], () => ok({ channels: values("channel"), queues: values("queue"), agents: values("agentId"), interactions: store.size, since: [...store.values()].reduce<number | null>((since, { interaction }) => Math.min(since ?? Infinity, interaction.startedAt), null) })),
      search: (search) => answer(["search", search], () => ok(searched([...store.values()], search))),
      open: (id) =>
        answer(["open", id], () => {
          const record = store.get(id);
          return record === undefined ? gone() : ok(record);
        }),
      forget: (id) => answer(["forget", id], () => (store.delete(id) ? ok(null) : gone())),
      forgetCustomer: (name, dry) =>
        answer([dry ? "count" : "forget customer", name], () => {
          const ended = ofCustomer(name).filter(({ status }) => status === "ended");
          if (!dry) for (const { id } of ended) store.delete(id);
          return ok({ interactions: ended.length, live: ofCustomer(name).flatMap(({ id, status, startedAt }) => (status === "live" ? [{ id, startedAt }] : [])) });
        }),
      overview: (query) => answer(["overview", query], () => ok(make(query))),
      exportOverview: (query) => answer(["export", query], () => ok("/home/sam/Reports/2026-03-04-093000-overview-desk.csv")),
      rehearse: async () => err({ kind: "policy", code: "not-found-here", detail: "" }),
    },
  };
}

function searched(records: readonly InteractionRecord[], { text, filter, limit, after }: HistorySearch): { readonly hits: readonly HistoryHit[]; readonly next: string | null; readonly tookMs: number } {
  const wanted = text.toLowerCase();
  const found = records
    .filter(({ interaction: { startedAt, channel, queue, agentId } }) => {
      const inPeriod = startedAt >= (filter.from ?? -Infinity) && startedAt < (filter.to ?? Infinity);
      return inPeriod && [[filter.channel, channel], [filter.queue, queue], [filter.agentId, agentId]].every(([asked, has]) => asked === null || asked === has);
    })
    .filter(({ interaction, utterances }) => `${interaction.customerName} ${utterances.map((one) => one.text).join(" ")}`.toLowerCase().includes(wanted))
    .toSorted((a, b) => b.interaction.startedAt - a.interaction.startedAt);
  const from = Number(after ?? 0);
  const hits = found.slice(from, from + limit).map(({ interaction, utterances, sets }): HistoryHit => {
    const snippets = wanted === "" ? [] : utterances.flatMap((one) => {
      const start = one.text.toLowerCase().indexOf(wanted);
      return start < 0 ? [] : [{ utteranceId: one.id, speaker: one.speaker, text: one.text, marks: [{ start, end: start + wanted.length }] }];
    });
    return { interaction, utterances: utterances.length, sets: sets.length, snippets: snippets.slice(0, 3) };
  });
  return { hits, next: from + limit < found.length ? String(from + limit) : null, tookMs: 3 };
}
