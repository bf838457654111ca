import type { BridgeEvent } from "../../shared/bridge.ts";

/** What somebody said, or what the platform said in its words, in {@link bridgeEvents}: to be found nowhere that is kept. */
export const spoken = /marigold/iu;

const ids = { id: "m1", conversationId: "chat" } as const;

/** One event of each kind, with words of a customer wherever there is room for some. */
export const bridgeEvents = {
  message: { kind: "message", ...ids, sequenceId: 7, speaker: "customer", customerName: "Marigold", text: "my marigold card", at: 1 },
  duplicate: { kind: "duplicate", ...ids },
  gap: { kind: "gap", from: 4, to: 9 },
  "gap-filled": { kind: "gap-filled", count: 2 },
  malformed: { kind: "malformed", reason: "no id", bytes: 12 },
  foreign: { kind: "foreign" },
  delivery: {
    kind: "delivery",
    delivery: { ...ids, origin: "agent", text: "the marigold form", at: 2, state: { kind: "delivered", at: 3 } },
  },
  answered: { kind: "answered", ...ids, hops: { genesys: 40, bot: 120, reply: 60 }, totalMs: 190, level: "normal" },
  withheld: { kind: "withheld", ...ids, rule: { rule: "phrase", phrase: "legal action" }, instead: "agent" },
  "left-to-agent": { kind: "left-to-agent", ...ids },
  "dead-letter": {
    kind: "dead-letter",
    letter: {
      ...ids,
      text: "my marigold card",
      receivedAt: 1,
      diedAt: 2,
      attempts: 5,
      fault: { kind: "transport", code: "server-error", detail: "cannot read: my marigold card", status: 500 },
    },
  },
  uncertain: { kind: "uncertain", ...ids },
  settled: { kind: "settled", ...ids, how: "replayed" },
  answerer: { kind: "answerer", conversationId: "chat", answerer: "agent", why: "asked" },
  level: { kind: "level", hop: "bot", level: "critical", ms: 1_400, aboveMs: 1_000 },
  paused: { kind: "paused", host: "bot.example", until: 9_000, why: "failing" },
  storage: { kind: "storage", detail: "the disk is full" },
} as const satisfies { readonly [K in BridgeEvent["kind"]]: Extract<BridgeEvent, { readonly kind: K }> };
