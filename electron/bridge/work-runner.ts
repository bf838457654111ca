import { assertNever } from "../../shared/assert-never.ts";
import type { Answerer, BridgeEvent } from "../../shared/bridge.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { HostGate } from "../net/host-gate.ts";
import { ok } from "../../shared/result.ts";
import type { BridgeRules } from "./bridge.ts";
import type { AskBot } from "./dialog-api.ts";
import type { Inbox, Step } from "./inbox.ts";
import type { Turn } from "./lanes.ts";
import type { OwnReplies, Sending, Uncertain } from "./own-replies.ts";
import type { Address, Replies } from "./replies.ts";
import { questionKey, replyKey } from "./request-key.ts";
import type { StorageWatch } from "./storage-watch.ts";
import { afterAsk, afterRead, afterSend, afterWithhold, type AskStage, beforeSend, dead, type Moment, type Move, nextTask, type ReadStage, type SendStage, type Task } from "./work-item.ts";
import type { Job } from "./work-job.ts";
import { createWorkTelling } from "./work-telling.ts";

/** The customer sees that an answer is being written when the bot takes longer than this. */
export const TYPING_AFTER_MS = 1_000;

export interface RunnerPorts {
  readonly inbox: Pick<Inbox, "step">;
  readonly storage: StorageWatch;
  readonly ask: AskBot;
  readonly replies: Replies;
  readonly gates: { readonly bot: HostGate; readonly reply: HostGate };
  /** Requests to the platform pause, so none is made that nobody needs. */
  readonly platformPauses: () => boolean;
  readonly own: OwnReplies;
  readonly rules: () => BridgeRules;
  readonly answererOf: (conversationId: string) => Answerer;
  /** Gives the conversation to the agent; false where the signal ended it. */
  readonly giveToAgent: (conversationId: string, signal: AbortSignal) => Promise<boolean>;
  /** The uncertain reply is in the conversation after all. */
  readonly arrived: (uncertain: Uncertain, messageId: string) => void;
  readonly tell: (event: BridgeEvent) => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly settleMs: number;
  readonly thresholds: { readonly elevatedMs: number; readonly criticalMs: number };
  readonly ended: (job: Job) => void;
}

const DONE: Turn = { kind: "done" };
/** The signal ended it; what is on the disk says how it goes on. */
const STOP: Turn = { kind: "wait", ms: 0 };
/** The conversation is being handed back: who has it is known in a moment, and wakes the lane. */
const HANDED: Turn = { kind: "wait", ms: 1_000 };

/**
 * Works an item until it is done or has to wait (contract 3.4 to 3.6): does what `work-item.ts` decides, keeps each step
 * before what follows it, and tells what has been kept.
 */
export function createWorkRunner(ports: RunnerPorts): (job: Job, signal: AbortSignal) => Promise<Turn> {
  const { inbox, storage, replies, gates, own, clock, tell } = ports;
  const telling = createWorkTelling(ports);

  const moment = (): Moment => ({ wall: clock.now(), mono: clock.monotonic(), chance: ports.random(), settleMs: ports.settleMs });
  const keep = (job: Job, step: Step, signal: AbortSignal): Promise<boolean> => storage.persist(() => inbox.step(job.item.id, step), signal);
  const decide = (job: Job): Task => {
    const answerer = job.insisted ? "bot" : ports.answererOf(job.item.conversationId);
    // Its own event has come: there is nothing to wait for.
    const isSeen = job.stage.kind === "read" && job.sending !== null && job.sending.seen !== null;
    return nextTask(isSeen ? { ...job.stage, dueAt: 0 } : job.stage, job.item.text, { mono: clock.monotonic(), answerer, judge: ports.rules().judge });
  };

  /** A reply that waits is told to wait, once. */
  const waits = (job: Job, ms: number): Turn => {
    if (job.stage.kind === "send" && !job.queued) {
      job.queued = true;
      telling.delivery(job, job.stage.reply, { kind: "queued" });
    }
    return { kind: "wait", ms };
  };

  /** Null: go on at once. */
  const follow = async (job: Job, move: Move, signal: AbortSignal): Promise<Turn | null> => {
    if (move.kind === "end") return end(job, move.step, signal);
    if (move.keep !== null && !(await keep(job, move.keep, signal))) return STOP;
    if (job.stage.kind === "ask" && move.stage.kind === "send") job.madeAt = clock.now();
    job.stage = move.stage;
    return null;
  };

  const end = async (job: Job, step: Step, signal: AbortSignal): Promise<Turn> => {
    if (!(await keep(job, step, signal))) return STOP;
    if (step.kind === "uncertain") own.uncertain({ id: job.item.id, conversationId: job.item.conversationId, reply: step.reply });
    if (job.sending !== null) own.sent(job.sending);
    telling.end(job, step);
    ports.ended(job);
    return DONE;
  };

  /** It is the agent's to answer, unless the conversation was handed back before that was kept. */
  const leave = async (job: Job, { rule }: Extract<Task, { readonly kind: "leave" }>, signal: AbortSignal): Promise<Turn> => {
    const step: Step = { kind: "with-agent", rule, since: clock.now() };
    let refused = false;
    const kept = await storage.persist(async () => {
      refused = job.superseded;
      if (refused) return ok(null);
      const result = await inbox.step(job.item.id, step);
      refused = !result.ok && result.error.code === "not-found-here";
      return refused ? ok(null) : result;
    }, signal);
    if (!kept) return STOP;
    if (refused) return job.superseded ? DONE : HANDED;
    if (job.sending !== null) own.sent(job.sending);
    // Handed back since: it is the bot's again, by another job.
    if (rule !== null || ports.answererOf(job.item.conversationId) === "agent") telling.end(job, step);
    ports.ended(job);
    return DONE;
  };

  const ask = async (job: Job, stage: AskStage, signal: AbortSignal): Promise<Turn | null> => {
    const entry = gates.bot.enter();
    if (entry.kind === "wait") return waits(job, entry.ms);
    const result = await askOnce(job, signal);
    passed(gates.bot, result.ok ? null : result.error);
    if (signal.aborted) return STOP;
    // Somebody else answers now: the next decision leaves it.
    if (!result.ok && result.error.code === "aborted") return null;
    if (result.ok) job.botMs = result.value.ms;
    return follow(job, afterAsk(stage, result.ok ? ok(result.value.text) : result, moment()), signal);
  };

  const askOnce = async (job: Job, signal: AbortSignal): ReturnType<AskBot> => {
    const { conversationId, text, receivedAt: at } = job.item;
    const cutter = new AbortController();
    const cut = (): void => {
      cutter.abort();
    };
    job.cut = cut;
    signal.addEventListener("abort", cut, { once: true });
    const cancelTyping = clock.after(TYPING_AFTER_MS, () => {
      if (job.typed || ports.platformPauses()) return;
      job.typed = true;
      void replies.typing(addressOf(job), signal);
    });
    const result = await ports.ask({ conversationId, text, key: questionKey(job.item), at }, cutter.signal);
    job.cut = null;
    signal.removeEventListener("abort", cut);
    cancelTyping();
    return result;
  };

  const send = async (job: Job, stage: SendStage, signal: AbortSignal): Promise<Turn | null> => {
    const { reply } = stage;
    const entry = gates.reply.enter();
    if (entry.kind === "wait") return waits(job, entry.ms);
    const begunAt = clock.now();
    const kept = await keep(job, beforeSend(stage, begunAt), signal);
    // While the disk was busy somebody may have taken over, or policy may have changed.
    if (!kept || signal.aborted || decide(job).kind !== "send") {
      gates.reply.leave();
      return kept && !signal.aborted ? null : STOP;
    }
    const sending = beginSending(job, reply);
    job.queued = false;
    telling.delivery(job, reply, { kind: "sending", since: begunAt });
    const outcome = await replies.send(addressOf(job), reply.text, replyKey(job.item, reply.origin), signal);
    passed(gates.reply, outcome.kind === "sent" ? null : outcome.fault);
    switch (outcome.kind) {
      case "sent":
        own.arrived(job.item.conversationId, reply.text, outcome.replyId ?? sending.seen);
        job.replyMs = outcome.ms;
        break;
      case "refused":
        own.sent(sending);
        break;
      case "unknown":
        break;
      default:
        assertNever(outcome);
    }
    return follow(job, afterSend(stage, begunAt, outcome, moment()), signal);
  };

  const beginSending = (job: Job, reply: Sending["reply"]): Sending => {
    const sending: Sending = { id: job.item.id, conversationId: job.item.conversationId, reply, seen: null };
    job.sending = sending;
    own.sending(sending);
    return sending;
  };

  const read = async (job: Job, stage: ReadStage, signal: AbortSignal): Promise<Turn | null> => {
    const { reply } = stage;
    const { conversationId } = job.item;
    const { seen } = job.sending ?? beginSending(job, reply);
    // Its own event has come meanwhile: there is nothing to look for.
    if (seen !== null) return found(job, stage, seen, signal);
    const entry = gates.reply.enter();
    if (entry.kind === "wait") return waits(job, entry.ms);
    const readAt = clock.monotonic();
    const nameless = own.isNameless(conversationId, reply.text);
    const search = { conversationId, text: reply.text, notBefore: stage.begunAt, counted: (id: string) => own.has(id), nameless };
    const result = await replies.readBack(search, signal);
    passed(gates.reply, result.ok ? null : result.error);
    if (signal.aborted) return STOP;
    if (result.ok && result.value !== null) return found(job, stage, result.value, signal);
    const move = afterRead(stage, readAt, result, moment());
    if (move.kind === "go-on" && move.stage.kind === "send" && job.sending !== null) own.sent(job.sending);
    return follow(job, move, signal);
  };

  const found = (job: Job, stage: ReadStage, messageId: string, signal: AbortSignal): Promise<Turn | null> => {
    own.arrived(job.item.conversationId, stage.reply.text, messageId);
    return follow(job, { kind: "end", step: { kind: "answered", replyId: messageId } }, signal);
  };

  const withhold = async (job: Job, task: Extract<Task, { readonly kind: "withhold" }>, signal: AbortSignal): Promise<Turn | null> => {
    const { id, conversationId } = job.item;
    const { stopped } = ports.rules();
    if (stopped.kind === "agent" && !(await ports.giveToAgent(conversationId, signal))) return STOP;
    const move = afterWithhold(stopped, task.rule, moment());
    const step = move.kind === "end" ? move.step : move.keep;
    if (step !== null && !(await keep(job, step, signal))) return STOP;
    if (move.kind === "go-on") {
      tell({ kind: "withheld", id, conversationId, rule: task.rule, instead: "hand-over" });
      job.stage = move.stage;
      return null;
    }
    // Before what it is about, so that nobody is shown a stopped answer in a chat that still seems to be the bot's.
    tell({ kind: "answerer", conversationId, answerer: "agent", why: "policy" });
    telling.end(job, move.step);
    ports.ended(job);
    return DONE;
  };

  /** Null: it is a customer's message. */
  const dispelDoubt = async (job: Job, doubt: NonNullable<Job["doubt"]>, signal: AbortSignal): Promise<Turn | null> => {
    const whose = own.whose(job.item, doubt.byWords);
    if (whose.kind === "others" || whose.kind === "sending") {
      job.doubt = null;
      doubt.tell?.("customer");
      return null;
    }
    job.working = true;
    if (!(await keep(job, { kind: "left" }, signal))) return STOP;
    doubt.tell?.("bot");
    if (whose.kind === "uncertain") ports.arrived(whose.uncertain, job.item.id);
    ports.ended(job);
    return DONE;
  };

  const perform = (job: Job, task: Task, signal: AbortSignal): Promise<Turn | null> | Turn => {
    switch (task.kind) {
      case "wait":
        return waits(job, task.ms);
      case "ask":
        return ask(job, task.stage, signal);
      case "send":
        return send(job, task.stage, signal);
      case "read":
        return read(job, task.stage, signal);
      case "leave":
        return leave(job, task, signal);
      case "withhold":
        return withhold(job, task, signal);
      case "die":
        return end(job, dead(task.fault, 0, null, moment()).step, signal);
      default:
        return assertNever(task);
    }
  };

  return async (job, signal) => {
    if (job.superseded) return DONE;
    if (job.doubt !== null) {
      const turn = await dispelDoubt(job, job.doubt, signal);
      if (turn !== null) return turn;
    }
    for (;;) {
      if (signal.aborted) return STOP;
      if (job.superseded) return DONE;
      const task = decide(job);
      job.working = task.kind !== "wait" && task.kind !== "leave";
      const turn = await perform(job, task, signal);
      if (turn === null) continue;
      job.working = false;
      return turn;
    }
  };
}

function passed(gate: HostGate, fault: Fault | null): void {
  if (fault === null) gate.succeeded();
  else if (fault.code === "aborted") gate.leave();
  else gate.failed(fault);
}

function addressOf(job: Job): Address {
  return { conversationId: job.item.conversationId, communicationId: job.item.communicationId };
}
