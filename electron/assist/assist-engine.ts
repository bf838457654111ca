import { assertNever } from "../../shared/assert-never.ts";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Utterance } from "../../shared/interaction.ts";
import type { Gaps } from "../../shared/gaps.ts";
import type { PolicySettings, TriggerSettings } from "../../shared/settings.ts";
import type { Trigger } from "../../shared/suggestion.ts";
import type { Arrival } from "../net/socket.ts";
import { createAnswerJudge } from "./answer-judge.ts";
import { createAskQueue } from "./ask-queue.ts";
import { createEvaluationRecorder } from "./evaluation-record.ts";
import { followAsked, showCached, type Moment, type MomentPorts } from "./moment.ts";
import { parseFrame, type UpdatePayload } from "./parse-frame.ts";
import type { Ask, SuggestRequest } from "./suggest-api.ts";
import { createCacheKeys, createSuggestionCache, type Answer, type CacheSettings } from "./suggestion-cache.ts";
import { mergeInteraction } from "./interaction-meta.ts";
import { createOwnership } from "./ownership.ts";
import { createSequenceGaps } from "./sequence-gaps.ts";
import { createTalks, rememberShown, type Talk } from "./talks.ts";
import { compileTriggers } from "./trigger.ts";

/** What drives the engine; any of it may change while it runs. */
export interface AssistSettings {
  /** With an agent's id, frames of other agents are dropped before anything else sees them (contract 2.1). */
  readonly agentId: string | null;
  readonly triggers: TriggerSettings;
  readonly policy: PolicySettings;
  /** From the trigger; after it the fallback stands (contract 2.3). */
  readonly requestTimeoutMs: number;
  /** From the trigger; then the fallback shows while the request goes on. */
  readonly fallbackAfterMs: number;
  readonly cache: CacheSettings;
  readonly fallback: readonly { readonly text: string; readonly confidence: number }[];
}

export interface AssistEngine extends AsyncDisposable {
  /** Takes one frame of the stream; `data` is null for a binary one, `at` when it came. Never throws, never waits. */
  take(data: string | null, bytes: number, at?: Arrival): void;
  /**
   * Takes what was said in an interaction that does not come from the stream (contract 3.7), like a frame that has been
   * read: transcript, triggers, suggestions. Whoever carries that interaction knows whose it is, so whose frames are
   * taken is no matter here.
   */
  hear(payload: UpdatePayload): void;
  /** New settings for what comes; sets that stand are judged again where policy changed (contract 2.8). */
  apply(settings: AssistSettings): void;
  /** What the numbering of our own payloads shows to be missing, since the start. */
  gaps(): Gaps;
}

/** How many requests may be under way at once, over all interactions. */
const MAX_CALLS = 64;

/**
 * The path of one utterance (contract 2): frame, transcript, trigger, cache, request, policy, result. Decisions live in
 * the files beside this one; here they are put in a row. `setPrefix` tells the sets, and
 * the utterances to which the platform gives no id, of one run from another's.
 */
export function createAssistEngine(options: {
  readonly settings: AssistSettings;
  readonly ask: Ask;
  readonly clock: Clock;
  readonly emit: (event: AssistEvent) => void;
  readonly setPrefix: string;
}): AssistEngine {
  const { clock, emit } = options;
  const gaps = createSequenceGaps();
  const talks = createTalks(() => gaps.follow(), options.setPrefix);
  const recorder = createEvaluationRecorder(clock);
  const cacheKey = createCacheKeys();
  const following = new Set<{ stop(): void }>();
  let settings = options.settings;
  let trigger = compileTriggers(settings.triggers);
  let judge = createAnswerJudge(settings.policy);
  let cache = createSuggestionCache(settings.cache, clock);
  let fallback = fallbackAnswer(settings);
  let ownership = createOwnership(settings.agentId);
  let setCount = 0;

  const queue = createAskQueue({
    ask: options.ask,
    limit: MAX_CALLS,
    monotonic: () => clock.monotonic(),
    received: (key, reply) => {
      cache.set(key, { items: reply.items });
    },
  });

  const ports: MomentPorts = {
    clock,
    emit,
    judge: () => judge,
    fallback: () => fallback,
    isOvertaken: (moment) => (talks.find(moment.interactionId)?.shownOrder ?? 0) > moment.order,
    shown(moment, set, answer) {
      const talk = talks.find(moment.interactionId);
      if (talk !== undefined) rememberShown(talk, { set, answer });
    },
    record(moment, outcome) {
      emit({ kind: "evaluated", utteranceId: moment.utterance.id, record: recorder.moment(moment, outcome) });
    },
  };

  const answerMoment = (moment: Moment, request: SuggestRequest): void => {
    const key = cacheKey(request, settings.cache);
    const known = cache.get(key);
    if (known !== undefined) {
      showCached(moment, known, ports);
      return;
    }
    emit({
      kind: "asking",
      interactionId: moment.interactionId,
      setId: moment.setId,
      trigger: moment.trigger,
      since: clock.now(),
    });
    const follower = followAsked(
      moment,
      { fallbackAfterMs: settings.fallbackAfterMs, budgetMs: settings.requestTimeoutMs },
      {
        ...ports,
        record(one, outcome) {
          following.delete(follower);
          ports.record(one, outcome);
        },
      },
    );
    following.add(follower);
    const deadlineMs = moment.startedMs + settings.requestTimeoutMs;
    follower.start(
      queue.submit({
        interactionId: moment.interactionId,
        key,
        request,
        deadlineMs,
        answered: follower.answered,
        superseded: follower.superseded,
      }),
    );
  };

  const evaluate = (
    talk: Talk,
    utterance: Utterance,
    fired: Trigger | null,
    order: number,
    payload: UpdatePayload,
    startedMs: number,
    now: number,
  ): void => {
    const interactionId = talk.interaction.id;
    if (fired === null) {
      emit({ kind: "evaluated", utteranceId: utterance.id, record: recorder.untriggered(interactionId, startedMs, now) });
      return;
    }
    setCount += 1;
    answerMoment(
      { setId: `${options.setPrefix}${setCount}`, interactionId, utterance, order, trigger: fired, startedMs },
      { interactionId, transcript: payload.transcript, sentimentScore: payload.sentimentScore, context: payload.context },
    );
  };

  const followInteraction = (payload: UpdatePayload, now: number): Talk => {
    const known = talks.find(payload.interactionId);
    const interaction = mergeInteraction(known?.interaction, payload, now);
    if (known !== undefined && interaction === known.interaction) return known;
    const talk = known ?? talks.open(interaction);
    talk.interaction = interaction;
    emit({ kind: "interaction", interaction });
    return talk;
  };

  /** Tells every standing set that reads differently under the policy that now holds. */
  const rejudge = (talk: Talk): void => {
    for (const [index, { set, answer }] of talk.shown.entries()) {
      const judged = judge.judge(answer, set.id, set.origin === "fallback" ? "phrases" : "all");
      const same = JSON.stringify([set.suggestions, set.withheld]) === JSON.stringify([judged.suggestions, judged.withheld]);
      const next = { ...set, ...judged, policyVersion: judge.policyVersion };
      talk.shown[index] = { set: next, answer };
      if (!same) emit({ kind: "rejudged", set: next });
    }
  };

  const takeFrame = (payload: UpdatePayload, startedMs: number, now: number): void => {
    if (ownership.isForeign(payload)) {
      talks.find(payload.interactionId)?.numbers.restart();
      emit({ kind: "foreign" });
      return;
    }
    takeUpdate(payload, startedMs, now);
  };

  const takeUpdate = (payload: UpdatePayload, startedMs: number, now: number): void => {
    const talk = followInteraction(payload, now);
    if (payload.sequence !== undefined) talk.numbers.take(payload.sequence);
    const step = talk.transcript.take(payload, now);
    if (step.kind === "duplicate" || step.kind === "silence") return;
    const fired = trigger(step.utterance);
    const utterance =
      fired?.kind === "keyword"
        ? { ...step.utterance, marks: fired.matches.map((match) => match.span) }
        : step.utterance;
    if (step.kind === "utterance") emit({ kind: "utterance", interactionId: payload.interactionId, utterance });
    if (utterance.final) evaluate(talk, utterance, fired, step.order, payload, startedMs, now);
  };

  return {
    take(data, bytes, at = { wall: clock.now(), mono: clock.monotonic() }) {
      const frame = data === null ? BINARY : parseFrame(data, bytes);
      switch (frame.kind) {
        case "update":
          takeFrame(frame.payload, at.mono, at.wall);
          return;
        case "malformed":
          emit({ kind: "malformed", reason: frame.reason, bytes });
          return;
        case "other":
          return;
        default:
          assertNever(frame);
      }
    },
    hear(payload) {
      takeUpdate(payload, clock.monotonic(), clock.now());
    },
    apply(next) {
      const previous = settings;
      settings = next;
      trigger = compileTriggers(next.triggers);
      fallback = fallbackAnswer(next);
      if (previous.agentId !== next.agentId) ownership = createOwnership(next.agentId);
      if (JSON.stringify(previous.cache) !== JSON.stringify(next.cache)) {
        cache = createSuggestionCache(next.cache, clock);
      }
      const before = judge.policyVersion;
      judge = createAnswerJudge(next.policy);
      if (judge.policyVersion === before) return;
      for (const talk of talks.all()) rejudge(talk);
    },
    gaps: () => gaps.totals(),
    async [Symbol.asyncDispose]() {
      for (const one of following) one.stop();
      following.clear();
      await queue[Symbol.asyncDispose]();
    },
  };
}

const BINARY = { kind: "malformed", reason: "binary" } as const;

function fallbackAnswer(settings: AssistSettings): Answer {
  return { items: settings.fallback.map((one) => ({ ...one, source: "Fallback" })) };
}
