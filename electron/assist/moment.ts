import type { AssistEvent } from "../../shared/assist-event.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Utterance } from "../../shared/interaction.ts";
import type { Result } from "../../shared/result.ts";
import type { SuggestionSet, Trigger } from "../../shared/suggestion.ts";
import type { AnswerJudge } from "./answer-judge.ts";
import type { AskJob, AskTicket } from "./ask-queue.ts";
import { toMicroseconds } from "./latency.ts";
import type { AskReply } from "./suggest-api.ts";
import type { Answer } from "./suggestion-cache.ts";

/** A triggered utterance: the moment that suggestions are for. `startedMs` is monotonic, from its frame's arrival. */
export interface Moment {
  readonly setId: string;
  readonly interactionId: string;
  readonly utterance: Utterance;
  readonly order: number;
  readonly trigger: Trigger;
  readonly startedMs: number;
}

/** What a moment needs from the engine. */
export interface MomentPorts {
  readonly clock: Clock;
  readonly emit: (event: AssistEvent) => void;
  readonly judge: () => AnswerJudge;
  readonly fallback: () => Answer;
  /** Whether something newer of the interaction is shown already: then this may not be (contract 2.3). */
  readonly isOvertaken: (moment: Moment) => boolean;
  /** Remembers what was shown for which answer, for ordering and for judging again when policy changes. */
  readonly shown: (moment: Moment, set: SuggestionSet, answer: Answer) => void;
  readonly record: (moment: Moment, outcome: MomentOutcome) => void;
}

export type MomentOutcome =
  | { readonly kind: "shown"; readonly set: SuggestionSet }
  | { readonly kind: "superseded" }
  /** The program ended before there was anything to show. */
  | { readonly kind: "abandoned" };

/** Shows the answer of a cache hit: there is nothing to wait for. */
export function showCached(moment: Moment, answer: Answer, ports: MomentPorts): void {
  show(moment, answer, { origin: "cached" }, ports, true);
}

/**
 * Follows a moment whose answer is asked for, to exactly one final outcome (contract 2.3, 2.6):
 * the answer in time; the fallback after `fallbackAfterMs`, replaced in place by the answer if that still comes and
 * nothing newer is shown; the fallback for good on a fault or after `budgetMs`; or superseded by a newer moment.
 * Returns the job for the queue, `start` to be called with its ticket, and `stop`, which ends it where it stands.
 */
export function followAsked(
  moment: Moment,
  limits: { readonly fallbackAfterMs: number; readonly budgetMs: number },
  ports: MomentPorts,
): Pick<AskJob, "answered" | "superseded"> & { start(ticket: AskTicket): void; stop(): void } {
  let state: "waiting" | "fallback" | "ended" = "waiting";
  let standing: SuggestionSet | null = null;
  let cancelTimer = (): void => {};

  const end = (): void => {
    state = "ended";
    cancelTimer();
  };
  const showFallback = (fault: Fault): void => {
    if (state !== "waiting") return;
    if (ports.isOvertaken(moment)) {
      end();
      supersede(moment, ports);
      return;
    }
    state = "fallback";
    standing = show(moment, ports.fallback(), { origin: "fallback", fault }, ports, false);
  };
  const settleOnFallback = (fault: Fault): void => {
    showFallback(fault);
    if (state !== "fallback" || standing === null) return;
    end();
    ports.record(moment, { kind: "shown", set: standing });
  };

  return {
    start(ticket) {
      if (state === "ended") return;
      const elapsed = ports.clock.monotonic() - moment.startedMs;
      cancelTimer = ports.clock.after(limits.fallbackAfterMs - elapsed, () => {
        showFallback(lateFault(limits.fallbackAfterMs));
        ticket.yieldLane();
        if (state === "ended") return;
        // The call ends by its own budget; this is for a job that was never sent.
        cancelTimer = ports.clock.after(limits.budgetMs - limits.fallbackAfterMs, () => {
          ticket.abandon();
          settleOnFallback(lateFault(limits.budgetMs));
        });
      });
    },
    stop() {
      if (state === "ended") return;
      end();
      ports.record(moment, standing === null ? { kind: "abandoned" } : { kind: "shown", set: standing });
    },
    answered(reply: Result<AskReply, Fault>) {
      if (state === "ended") return;
      if (!reply.ok) {
        settleOnFallback(reply.error);
        return;
      }
      if (state === "fallback" && ports.isOvertaken(moment)) {
        // Its fallback stands below something newer; changing it now would only move old things about.
        settleOnFallback(lateFault(limits.fallbackAfterMs));
        return;
      }
      const replaces = state === "fallback";
      end();
      if (ports.isOvertaken(moment)) {
        supersede(moment, ports);
        return;
      }
      show(
        moment,
        { items: reply.value.items },
        { origin: "live", upstreamMs: reply.value.upstreamMs, ...(replaces ? { replaces: "fallback" as const } : {}) },
        ports,
        true,
      );
    },
    superseded() {
      if (state === "ended") return;
      if (state === "fallback" && standing !== null) {
        end();
        ports.record(moment, { kind: "shown", set: standing });
        return;
      }
      end();
      supersede(moment, ports);
    },
  };
}

type Provenance = Pick<SuggestionSet, "origin" | "fault" | "upstreamMs" | "replaces">;

function show(
  moment: Moment,
  answer: Answer,
  provenance: Provenance,
  ports: MomentPorts,
  final: boolean,
): SuggestionSet {
  const judge = ports.judge();
  const judged = judge.judge(answer, moment.setId, provenance.origin === "fallback" ? "phrases" : "all");
  // Written out: copying objects member by member is what a cache hit would spend most of its time on.
  const plain: SuggestionSet = {
    id: moment.setId,
    interactionId: moment.interactionId,
    utteranceId: moment.utterance.id,
    utteranceAt: moment.utterance.at,
    order: moment.order,
    trigger: moment.trigger,
    origin: provenance.origin,
    suggestions: judged.suggestions,
    withheld: judged.withheld,
    outcome: judged.outcome,
    policyVersion: judge.policyVersion,
    latencyMs: toMicroseconds(ports.clock.monotonic() - moment.startedMs),
    at: ports.clock.now(),
  };
  const set = provenance.origin === "cached" ? plain : { ...plain, ...provenance };
  ports.shown(moment, set, answer);
  ports.emit({ kind: "suggestions", set });
  if (final) ports.record(moment, { kind: "shown", set });
  return set;
}

function supersede(moment: Moment, ports: MomentPorts): void {
  ports.emit({ kind: "superseded", interactionId: moment.interactionId, setId: moment.setId });
  ports.record(moment, { kind: "superseded" });
}

function lateFault(afterMs: number): Fault {
  return { kind: "transport", code: "timeout", detail: `the platform did not answer in ${afterMs / 1_000} s` };
}
