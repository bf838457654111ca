import type { Answerer } from "../../shared/bridge.ts";
import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { Withheld } from "../../shared/suggestion.ts";
import { backoffMs, HTTP_BACKOFF } from "../net/backoff.ts";
import type { BridgeRules } from "./bridge.ts";
import type { Reply, Step } from "./inbox.ts";
import type { SendOutcome } from "./replies.ts";

/** Contract 3.4: so often the bot is asked, or a reply is sent, before a person has to look at it. */
export const MAX_ATTEMPTS = 5;
/** A longer message is not given to the bot; in characters. */
export const MAX_MESSAGE_LENGTH = 100_000;
/** How long after its request a reply may still come to be in the conversation, ms. */
export const SETTLE_MS = 10_000;
/** A conversation is looked at so long after the request at the earliest: a platform that just failed seldom shows it at once. */
const FIRST_LOOK_MS = 1_000;

/**
 * What is to be done for an item, in memory. `tries`: attempts that count, of this stage; `dueAt`: not before then.
 * `ask`: the bot. `send`: a reply that is surely not in the conversation. `read`: a reply that may be in it (`tries`
 * requests were made, the last one at `begunAt`, ms since the Unix epoch); from `settledAt` on its absence is believed.
 * Times are monotonic unless said otherwise.
 */
export type Stage =
  | { readonly kind: "ask"; readonly tries: number; readonly dueAt: number }
  | { readonly kind: "send"; readonly reply: Reply; readonly tries: number; readonly dueAt: number }
  | {
      readonly kind: "read";
      readonly reply: Reply;
      readonly tries: number;
      readonly begunAt: number;
      readonly settledAt: number;
      readonly misses: number;
      readonly dueAt: number;
    };

export type AskStage = Extract<Stage, { readonly kind: "ask" }>;
export type SendStage = Extract<Stage, { readonly kind: "send" }>;
export type ReadStage = Extract<Stage, { readonly kind: "read" }>;

/** What to do next. `leave`: it is the agent's; `rule`: policy would stop the answer to it that is there. `withhold`: policy stops it. `die`: it cannot be worked. */
export type Task =
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "ask"; readonly stage: AskStage }
  | { readonly kind: "send"; readonly stage: SendStage }
  | { readonly kind: "read"; readonly stage: ReadStage }
  | { readonly kind: "leave"; readonly rule: Withheld | null }
  | { readonly kind: "withhold"; readonly stage: SendStage; readonly rule: Withheld }
  | { readonly kind: "die"; readonly fault: Fault };

/** What follows: `keep` is on the disk before anything else is done. `end`: the item leaves the work with this step. */
export type Move =
  | { readonly kind: "go-on"; readonly keep: Step | null; readonly stage: Stage }
  | { readonly kind: "end"; readonly step: Step };

/** When and with what luck something is decided: `wall` in ms since the Unix epoch, `mono` monotonic, `chance` in [0, 1). */
export interface Moment {
  readonly wall: number;
  readonly mono: number;
  readonly chance: number;
  readonly settleMs: number;
}

/** Where the work on an item begins, from what is on the disk; null where there is none (done, held, an agent's, dead, uncertain). */
export function stageOf(step: Step, moment: Moment): Stage | null {
  switch (step.kind) {
    case "received":
      return { kind: "ask", tries: 0, dueAt: 0 };
    case "forwarded":
      return { kind: "send", reply: step.reply, tries: 0, dueAt: 0 };
    case "replying":
      return readStage(step.reply, 1, step.begunAt, moment.mono, moment);
    case "held":
    case "with-agent":
    case "answered":
    case "left":
    case "withdrawn":
    case "dead":
    case "uncertain":
      return null;
    default:
      return assertNever(step);
  }
}

/** What to do next with an item that holds `text`, whoever answers now and whatever policy says now. */
export function nextTask(
  stage: Stage,
  text: string,
  now: { readonly mono: number; readonly answerer: Answerer; readonly judge: BridgeRules["judge"] },
): Task {
  switch (stage.kind) {
    case "ask": {
      if (now.answerer === "agent") return { kind: "leave", rule: null };
      const fault = lengthFault(text);
      if (fault !== null) return { kind: "die", fault };
      return waitOr(stage.dueAt, now.mono, { kind: "ask", stage });
    }
    case "send": {
      const { origin } = stage.reply;
      const rule = origin === "bot" ? now.judge(stage.reply.text) : null;
      if (origin !== "agent" && now.answerer === "agent") return { kind: "leave", rule };
      if (rule !== null) return { kind: "withhold", stage, rule };
      return waitOr(stage.dueAt, now.mono, { kind: "send", stage });
    }
    case "read":
      // Whoever answers now: what may have been said has to be known.
      return waitOr(stage.dueAt, now.mono, { kind: "read", stage });
    default:
      return assertNever(stage);
  }
}

/** After the bot was asked. A pause that the bot asked for costs no attempt. */
export function afterAsk(stage: AskStage, result: Result<string, Fault>, moment: Moment): Move {
  if (result.ok) {
    const reply: Reply = { text: result.value, origin: "bot" };
    return { kind: "go-on", keep: { kind: "forwarded", reply }, stage: { kind: "send", reply, tries: 0, dueAt: 0 } };
  }
  const fault = result.error;
  if (isPause(fault)) return { kind: "go-on", keep: null, stage: { ...stage, dueAt: moment.mono + retryMs(fault, 0, moment) } };
  const tries = stage.tries + 1;
  if (isFinal(fault) || tries >= MAX_ATTEMPTS) return dead(fault, tries, null, moment);
  return { kind: "go-on", keep: null, stage: { kind: "ask", tries, dueAt: moment.mono + retryMs(fault, tries, moment) } };
}

/** What must be on the disk before the request of `send` is made. */
export function beforeSend(stage: SendStage, begunAt: number): Step {
  return { kind: "replying", reply: stage.reply, begunAt };
}

/** After a reply was sent, by a request that began at `begunAt` (ms since the Unix epoch). */
export function afterSend(stage: SendStage, begunAt: number, outcome: SendOutcome, moment: Moment): Move {
  const { reply } = stage;
  switch (outcome.kind) {
    case "sent":
      return { kind: "end", step: { kind: "answered", replyId: outcome.replyId } };
    case "refused": {
      const { fault } = outcome;
      const keep: Step = { kind: "forwarded", reply };
      if (isPause(fault)) return { kind: "go-on", keep, stage: { ...stage, dueAt: moment.mono + retryMs(fault, 0, moment) } };
      const tries = stage.tries + 1;
      if (isFinal(fault) || tries >= MAX_ATTEMPTS) return dead(fault, tries, reply, moment);
      return { kind: "go-on", keep, stage: { kind: "send", reply, tries, dueAt: moment.mono + retryMs(fault, tries, moment) } };
    }
    case "unknown": {
      const sinceMs = Math.max(0, moment.wall - begunAt);
      return { kind: "go-on", keep: null, stage: readStage(reply, stage.tries + 1, begunAt, moment.mono + Math.max(0, FIRST_LOOK_MS - sinceMs), moment) };
    }
    default:
      return assertNever(outcome);
  }
}

/**
 * After the conversation was read back, by a request that began at `readAt` (monotonic). Absence is believed where the
 * reading began after the reply had had time to arrive; only then may it be sent again.
 */
export function afterRead(stage: ReadStage, readAt: number, result: Result<string | null, Fault>, moment: Moment): Move {
  const { reply, tries } = stage;
  if (!result.ok) {
    const fault = result.error;
    if (isPause(fault)) return { kind: "go-on", keep: null, stage: { ...stage, dueAt: moment.mono + retryMs(fault, 0, moment) } };
    const misses = stage.misses + 1;
    if (isFinal(fault) || misses >= MAX_ATTEMPTS) return { kind: "end", step: { kind: "uncertain", reply, begunAt: stage.begunAt } };
    return { kind: "go-on", keep: null, stage: { ...stage, misses, dueAt: moment.mono + retryMs(fault, misses, moment) } };
  }
  if (result.value !== null) return { kind: "end", step: { kind: "answered", replyId: result.value } };
  if (readAt < stage.settledAt) return { kind: "go-on", keep: null, stage: { ...stage, dueAt: stage.settledAt } };
  if (tries >= MAX_ATTEMPTS) return dead(NEVER_ARRIVED, tries, reply, moment);
  return { kind: "go-on", keep: { kind: "forwarded", reply }, stage: { kind: "send", reply, tries, dueAt: 0 } };
}

/** After policy stopped the bot's answer: it is the agent's, or the configured text goes in its place. */
export function afterWithhold(stopped: BridgeRules["stopped"], rule: Withheld, moment: Pick<Moment, "wall">): Move {
  switch (stopped.kind) {
    case "agent":
      return { kind: "end", step: { kind: "with-agent", rule, since: moment.wall } };
    case "hand-over": {
      const reply: Reply = { text: stopped.text, origin: "hand-over" };
      return { kind: "go-on", keep: { kind: "forwarded", reply }, stage: { kind: "send", reply, tries: 0, dueAt: 0 } };
    }
    default:
      return assertNever(stopped);
  }
}

/** Why a message cannot be given to the bot; null where it can. */
export function lengthFault(text: string): Fault | null {
  if (text.length <= MAX_MESSAGE_LENGTH) return null;
  const detail = `the message has ${text.length} characters; up to ${MAX_MESSAGE_LENGTH} are given to the bot`;
  return { kind: "policy", code: "invalid-input", detail };
}

/** A message that died; see {@link Step}. */
export function dead(fault: Fault, attempts: number, reply: Reply | null, moment: Pick<Moment, "wall">): { readonly kind: "end"; readonly step: Step } {
  return { kind: "end", step: { kind: "dead", fault, diedAt: moment.wall, attempts, reply } };
}

const NEVER_ARRIVED: Fault = {
  kind: "transport",
  code: "server-error",
  detail: `the reply was sent ${MAX_ATTEMPTS} times, failed each time, and is not in the conversation`,
};

/**
 * The time that a reply may still take is counted from now, not from when its request was to begin: it may have waited
 * for a token first, and the clocks of two runs are not one.
 */
function readStage(reply: Reply, tries: number, begunAt: number, dueAt: number, moment: Moment): ReadStage {
  return { kind: "read", reply, tries, begunAt, settledAt: moment.mono + moment.settleMs, misses: 0, dueAt };
}

/** A 429 that says how long: the host's gate keeps the pause, and no attempt is counted. */
function isPause(fault: Fault): boolean {
  return fault.status === 429 && fault.retryAfterMs !== undefined;
}

/** Whether trying again cannot help: every refusal but those of quota and time, and an answer that broke the contract. */
function isFinal(fault: Fault): boolean {
  if (fault.kind === "refused") return fault.code !== "rate-limited";
  return fault.kind !== "transport";
}

function retryMs(fault: Fault, tries: number, moment: Moment): number {
  return Math.max(fault.retryAfterMs ?? 0, backoffMs(tries - 1, HTTP_BACKOFF, moment.chance));
}

function waitOr(dueAt: number, mono: number, task: Task): Task {
  return dueAt > mono ? { kind: "wait", ms: dueAt - mono } : task;
}
