import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Interaction, Utterance } from "../../shared/interaction.ts";
import { emptyPanelState, type InteractionView, type PanelState, type SetView } from "../../shared/panel-state.ts";
import type { CardState } from "../../shared/panel-update.ts";
import type { Settings } from "../../shared/settings.ts";
import type { Withheld } from "../../shared/suggestion.ts";
import { fixtureSettings, keywords, suggestionSet, utterance } from "./panel-parts.ts";
import { tunnelMoments } from "./tunnel-fixture.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

function view(interaction: Interaction, utterances: readonly Utterance[], sets: readonly SetView[] = []): InteractionView {
  return { interaction, utterances, dropped: 0, sets, pending: null, bridged: null };
}

function johnson(now: number): Interaction {
  return {
    id: "call-johnson",
    status: "live",
    startedAt: now - 4 * MINUTE - 12 * SECOND,
    customerName: "David Johnson",
    channel: "voice",
    queue: "Billing",
  };
}

function johnsonTalk(now: number): readonly Utterance[] {
  return [
    utterance(now, 238_000, "agent", "Good morning, you are through to billing. How can I help?"),
    utterance(now, 229_000, "customer", "Hi, yes. It is about my October invoice, there is something on it that should not be there.", { score: 0.12 }),
    utterance(now, 210_000, "agent", "Of course. Could you give me the last four digits of the customer number?"),
    utterance(now, 198_000, "customer", "Four, four, one, seven.", { score: 0.1 }),
    utterance(now, 176_000, "customer", "I spoke to a colleague of yours two weeks ago about it already.", { score: -0.06 }),
    utterance(now, 120_000, "customer", "And since then nobody has called me back, so here I am again.", { score: -0.2 }),
    utterance(now, 51_000, "agent", "I am sorry about that. Let me pull up the invoice for October, one moment please."),
    utterance(now, 38_000, "customer", "I was told that the late fee would be taken off. It is still on there, twice actually.", { score: -0.34 }),
    utterance(now, 25_000, "agent", "I see two charges of forty five dollars, on the third and on the ninth."),
    utterance(now, 8_000, "customer", "Right. And if I do not get a refund for that I would rather cancel the whole thing, honestly.", {
      score: -0.46,
      words: ["refund", "cancel"],
    }),
  ];
}

const feeText = "I can reverse the second charge right away. You will see it on your account in three to five working days.";
const planText = "Before you decide, may I check which plan would fit you better now?";
const apologyText = "I understand that this is frustrating. Let us go through it line by line.";

function johnsonSets(now: number, talk: readonly Utterance[]): readonly SetView[] {
  const last = talk.at(-1) ?? utterance(now, 8_000, "customer", "refund");
  const earlier = talk.at(-3) ?? last;
  const withheld: readonly Withheld[] = [{ rule: "phrase", phrase: "guarantee full refund" }];
  return [
    suggestionSet(
      "call-johnson",
      last,
      2,
      [
        [feeText, 0.92, "Billing · Duplicate charges"],
        [planText, 0.81, "Retention · First response"],
      ],
      { trigger: keywords("refund", "cancel"), withheld: [...withheld], at: now - 4_000 },
    ),
    suggestionSet("call-johnson", earlier, 1, [[apologyText, 0.78, "Empathy"]], {
      trigger: { kind: "sentiment", score: -0.52, threshold: -0.4 },
      at: now - 58_000,
      origin: "cached",
    }),
  ];
}

function others(now: number): readonly InteractionView[] {
  const ask = utterance(now, 14_000, "customer", "I want to cancel the second line on my contract.", { words: ["cancel"], score: -0.2 });
  const alvarez: Interaction = {
    id: "chat-alvarez",
    status: "live",
    startedAt: now - 7 * MINUTE,
    customerName: "Maria Alvarez",
    channel: "chat",
    queue: "Contracts",
  };
  const osei: Interaction = {
    id: "call-osei",
    status: "ended",
    startedAt: now - 22 * MINUTE,
    endedAt: now - 3 * MINUTE,
    customerName: "Kwame Osei",
    channel: "voice",
    queue: "Billing",
  };
  const thanks = utterance(now, 3 * MINUTE + 9_000, "customer", "Great, that is all I needed. Thank you very much.", { score: 0.6 });
  const set = suggestionSet("chat-alvarez", ask, 1, [
    ["I can take the second line off for the end of the month. Shall I go ahead?", 0.88, "Contracts · Second line"],
    ["Would pausing the line for three months help you instead?", 0.79, "Retention · Pause"],
  ], { trigger: keywords("cancel") });
  return [view(alvarez, [ask], [set]), view(osei, [thanks])];
}

function connected(now: number): PanelState["connections"] {
  return { stream: { state: { kind: "connected", since: now - 26 * MINUTE }, lastHeardAt: now - 1_000 } };
}

function withStream(state: PanelState, stream: ConnectionState, lastHeardAt: number | null): PanelState {
  return { ...state, connections: { stream: { state: stream, lastHeardAt } } };
}

/** The live panel with a tunnel beside the stream, which has missed three events and got two of them back. */
function withTunnel(now: number, moment: keyof typeof tunnelMoments): PanelState {
  const { state, tunnel } = tunnelMoments[moment](now);
  const { stream } = connected(now);
  return {
    ...live(now),
    connections: {
      ...(stream === undefined ? {} : { stream: { ...stream, gaps: { missed: 3, recovered: 2 } } }),
      tunnel: { state, lastHeardAt: tunnel.lastBeatAt },
    },
    tunnel,
  };
}

function withSettings(state: PanelState, change: Partial<Settings>): PanelState {
  return { ...state, settings: { ...state.settings, ...change } };
}

const dropFault: Fault = { kind: "transport", code: "socket-abnormal", detail: "closed without a goodbye", closeCode: 1006 };
const timeoutFault: Fault = { kind: "transport", code: "timeout", detail: "no answer in 2 s" };
const scopeFault: Fault = { kind: "refused", code: "missing-scope", detail: "streaming:subscribe", status: 403 };

function live(now: number): PanelState {
  const talk = johnsonTalk(now);
  return {
    ...emptyPanelState(fixtureSettings),
    connections: connected(now),
    interactions: [view(johnson(now), talk, johnsonSets(now, talk)), ...others(now)],
  };
}

/** One interaction with the given sets, connected. */
function single(now: number, sets: (talk: readonly Utterance[], last: Utterance) => readonly SetView[]): PanelState {
  const talk = johnsonTalk(now);
  const last = talk.at(-1) ?? utterance(now, 8_000, "customer", "refund");
  return {
    ...emptyPanelState(fixtureSettings),
    connections: connected(now),
    interactions: [view(johnson(now), talk, sets(talk, last))],
  };
}

/** A panel state by what it shows, for pictures and for looking; `now` in ms since the Unix epoch. */
export const panelFixtures = {
  live,
  empty: (now) => ({ ...emptyPanelState(fixtureSettings), connections: connected(now) }),
  off: () => withSettings(emptyPanelState(fixtureSettings), { mode: "live" }),
  disconnected: (now) =>
    withStream(
      live(now),
      { kind: "reconnecting", since: now - 11_000, attempt: 3, retryAt: now + 24_000, fault: dropFault },
      now - 41_000,
    ),
  rejected: (now) =>
    withStream(
      { ...emptyPanelState({ ...fixtureSettings, mode: "live" }) },
      { kind: "rejected", since: now - 3 * MINUTE, fault: scopeFault },
      null,
    ),
  checking: (now) =>
    withStream(live(now), { kind: "checking", since: now - 24_000, connectedSince: now - 26 * MINUTE }, now - 24_000),
  fallback: (now) => {
    const complaint = utterance(now, 4_500, "customer", "Then I want to make a complaint about this.", { words: ["complaint"], score: -0.55 });
    const state = single(now, () => [
      suggestionSet(
        "call-johnson",
        complaint,
        1,
        [
          ["I understand your concern. Let me connect you with a specialist.", 0.85, ""],
          ["Would you like me to explain our resolution options?", 0.8, ""],
        ],
        { origin: "fallback", fault: timeoutFault, latencyMs: 2_000, at: now - 500, trigger: keywords("complaint") },
      ),
    ]);
    const interactions = state.interactions.map((one) => ({ ...one, utterances: [...one.utterances, complaint] }));
    return { ...state, interactions };
  },
  asking: (now) => {
    const state = single(now, () => []);
    const interactions = state.interactions.map((one) => ({
      ...one,
      pending: { setId: "set-asking", trigger: keywords("refund", "cancel"), since: now - 400 },
    }));
    return { ...state, interactions };
  },
  stale: (now) => {
    const talk = [
      ...johnsonTalk(now - 30_000),
      utterance(now, 20_000, "customer", "Anyway. My sister has the same plan and she pays less than I do.", { score: -0.3 }),
      utterance(now, 9_000, "customer", "So what can you do about the monthly price?", { score: -0.1 }),
      utterance(now, 1_000, "customer", "Because I have been with you for", { final: false }),
    ];
    const state = live(now);
    const sets = johnsonSets(now - 30_000, johnsonTalk(now - 30_000));
    return { ...state, interactions: [view(johnson(now), talk, sets), ...others(now)] };
  },
  nothingFound: (now) => single(now, (_, last) => [suggestionSet("call-johnson", last, 1, [], { outcome: "empty" })]),
  emptied: (now) =>
    single(now, (_, last) => [
      suggestionSet("call-johnson", last, 1, [], {
        outcome: "emptied",
        withheld: [
          { rule: "phrase", phrase: "guarantee full refund" },
          { rule: "confidence", confidence: 0.61, minConfidence: 0.75 },
        ],
      }),
    ]),
  waiting: (now) => {
    const state = live(now);
    const interactions = state.interactions.map((one) => ({
      ...one,
      sets: one.sets.map(({ cards, ...shown }, index) => ({
        ...shown,
        cards: Object.fromEntries(
          Object.entries(cards).map(([id, card]): [string, CardState] => [id, { ...card, visibility: index === 0 ? "waiting" : "shown" }]),
        ),
      })),
    }));
    return withSettings({ ...state, interactions }, { display: { cardsPerMinute: 4, quiet: true, theme: "system", language: "system" } });
  },
  ended: (now) => {
    const [, , osei] = live(now).interactions;
    return { ...live(now), interactions: osei === undefined ? [] : [osei] };
  },
  judged: (now) =>
    single(now, (talk, last) => [
      suggestionSet(
        "call-johnson",
        last,
        2,
        [
          [feeText, 0.92, "Billing · Duplicate charges"],
          [planText, 0.81, "Retention · First response"],
        ],
        { cards: [{ feedback: "helpful", copied: true }, { feedback: "not helpful" }], at: now - 20_000 },
      ),
      suggestionSet("call-johnson", talk.at(-3) ?? last, 1, [[apologyText, 0.78, "Empathy"]], {
        cards: [{ pinned: true }],
        at: now - 90_000,
        trigger: { kind: "sentiment", score: -0.52, threshold: -0.4 },
      }),
    ]),
  notices: (now) => ({
    ...live(now),
    notices: [
      {
        id: "configuration",
        level: "warning",
        what: "The configuration has a mistake.",
        effect: "assist.minConfidence is 7; the last good settings stay in force.",
        remedy: "Set it between 0 and 1.",
        since: now - 40_000,
      },
      {
        id: "disk",
        level: "error",
        what: "The disk is full.",
        effect: "The audit waits in memory; nothing is lost while Callside runs.",
        remedy: "Free some space.",
        since: now - 9_000,
      },
    ],
  }),
  many: (now) => {
    const state = live(now);
    const names = ["Ann Li", "Bartholomew Featherstonehaugh-Cholmondeley", "Chidi", "Dora Maar", "Émile Zola", "Fatima al-Fihri"];
    const more = names.map((customerName, index) =>
      view(
        { id: `more-${index}`, status: "live", startedAt: now - index * MINUTE - 20_000, customerName, channel: index % 2 === 0 ? "voice" : "email" },
        [],
      ),
    );
    return { ...state, interactions: [...state.interactions, ...more] };
  },
  gaps: (now) => {
    const long = Array.from({ length: 2_000 }, (_, index) =>
      utterance(now, (2_000 - index) * 3_000, index % 3 === 0 ? "agent" : "customer", `Line ${index} of a long talk <b>with markup</b> & more words to it.`, {
        sequence: index < 1_996 ? index : index + 4,
        score: Math.sin(index / 40),
      }),
    );
    const state = live(now);
    const interaction = { ...johnson(now), startedAt: now - 6_200_000 };
    return { ...state, interactions: [{ ...view(interaction, long), dropped: 350 }] };
  },
  german: (now) => {
    const talk = [
      utterance(now, 31_000, "agent", "Guten Tag, Sie sprechen mit der Kundenbetreuung. Was kann ich für Sie tun?"),
      utterance(now, 6_000, "customer", "Ich möchte die Rechtsschutzversicherungsgesellschaftenbeitragserstattung stornieren, und zwar sofort.", {
        words: ["Rechtsschutzversicherungsgesellschaftenbeitragserstattung", "stornieren"],
        score: -0.5,
      }),
    ];
    const last = talk.at(-1) ?? utterance(now, 0, "customer", "");
    const interaction: Interaction = {
      id: "german",
      status: "live",
      startedAt: now - 70_000,
      customerName: "Maximiliane von Hohenlohe-Schillingsfürst-Oberwaldstetten",
      channel: "voice",
      queue: "Vertragsangelegenheiten und Beitragsrückerstattungen",
    };
    const set = suggestionSet(
      "german",
      last,
      1,
      [
        [
          "Die Beitragserstattung für Ihre Rechtsschutzversicherungsgesellschaftenmitgliedschaft kann ich sofort stornieren.",
          0.94,
          "Versicherungsbedingungen · Beitragsrückerstattungsverfahren",
        ],
      ],
      { trigger: keywords("Rechtsschutzversicherungsgesellschaftenbeitragserstattung", "stornieren", "sofort") },
    );
    const state = live(now);
    return { ...state, interactions: [view(interaction, talk, [set])] };
  },
  agentRole: (now) => withSettings(live(now), { role: "agent" }),
  tunnelConnected: (now) => withTunnel(now, "connected"),
  tunnelFirstBeat: (now) => withTunnel(now, "firstBeat"),
  tunnelChecking: (now) => withTunnel(now, "checking"),
  tunnelReconnecting: (now) => withTunnel(now, "reconnecting"),
  tunnelValidating: (now) => withTunnel(now, "validating"),
  tunnelRejected: (now) => withTunnel(now, "rejected"),
  tunnelChannelUnavailable: (now) => withTunnel(now, "channelUnavailable"),
  tunnelProbeUnanswered: (now) => withTunnel(now, "probeUnanswered"),
  tunnelBotInactive: (now) => withTunnel(now, "botInactive"),
  /** Both are down: the stream's banner is the one that shows. */
  bothDown: (now) => {
    const state = withTunnel(now, "botInactive");
    const stream: ConnectionState = { kind: "reconnecting", since: now - 11_000, attempt: 3, retryAt: now + 24_000, fault: dropFault };
    return { ...state, connections: { ...state.connections, stream: { state: stream, lastHeardAt: now - 41_000 } } };
  },
} as const satisfies Readonly<Record<string, (now: number) => PanelState>>;

export type FixtureName = keyof typeof panelFixtures;
