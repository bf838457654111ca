import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { startWorkerLink, workerAddress, type WorkerLink } from "../files/worker-link.ts";
import type { Inbox, InboxItem, Step, TakenMessage } from "./inbox.ts";
import { createGroup } from "./inbox-group.ts";
import type { InboxAnswer, InboxCall, InboxReply, InboxRequest } from "./inbox-protocol.ts";
import { isDone } from "./inbox-rows.ts";

/** Done in one transaction: more would hold up those who wait for it. */
const MAX_CALLS = 500;
const MAX_CHARACTERS = 4_000_000;
/** Once nothing was written for this long, what is left of erased words is removed from the file and its log of changes. */
const QUIET_MS = 2_000;

export interface InboxOptions {
  /** Where the file is, `inbox.sqlite`; made with its parents. */
  readonly directory: string;
  readonly clock: Clock;
  /** The worker's entry, where it is not beside this file. */
  readonly worker?: URL;
}

/**
 * Opens the inbox (contract 3.6). The work is done in a thread of its own. The fault: `in-use` where another bridge has
 * the directory, `newer-file` where the file is of a newer version (it is left untouched), `disk` where the directory
 * cannot be used. A damaged file is put aside and told (`opening.setAside`). A thread that dies is started again by the
 * next call; what it may have written without saying so is "new" to who takes it again. Disposing does what was asked
 * before, and lets go of the directory.
 */
export async function openInbox({ directory, clock, worker = workerAddress("inbox-worker", import.meta.url) }: InboxOptions): Promise<Result<Inbox, Fault>> {
  let link = startLink(worker);
  const first = await link.ask({ kind: "open", directory, now: clock.now(), safeTo: null });
  if (first.kind !== "opened") {
    await link[Symbol.asyncDispose]();
    return err(faultOf(first));
  }
  const { opening } = first;
  let safeTo = first.position;
  let isOpen = true;

  /** Opens again where the thread has died. */
  const request = async (wanted: InboxRequest): Promise<InboxReply> => {
    if (!isOpen || !link.alive()) {
      if (!link.alive()) link = startLink(worker);
      const reply = await link.ask({ kind: "open", directory, now: clock.now(), safeTo });
      isOpen = reply.kind === "opened";
      if (!isOpen) return reply;
    }
    return link.ask(wanted);
  };

  const perform = async (calls: readonly InboxCall[]): Promise<readonly InboxAnswer[]> => {
    const reply = await request({ kind: "work", calls });
    if (reply.kind === "worked") {
      safeTo = reply.position;
      return reply.answers;
    }
    const fault = faultOf(reply);
    return calls.map(() => ({ kind: "failed", fault }));
  };

  const group = createGroup<InboxCall, InboxAnswer>({
    perform,
    unanswered: { kind: "failed", fault: { kind: "transport", code: "disk", detail: "the inbox's thread left a call without an answer" } },
    weigh: charactersOf,
    maxCalls: MAX_CALLS,
    maxWeight: MAX_CHARACTERS,
  });
  const folding = createFolding(clock, async () => {
    await group.settled();
    return (await link.ask({ kind: "fold" })).kind === "done";
  });
  // A run that was killed may have left words behind.
  folding.written();
  let closing: Promise<void> | null = null;

  const ask = async (call: InboxCall): Promise<InboxAnswer> => {
    if (closing !== null) return { kind: "failed", fault: { kind: "transport", code: "disk", detail: "the inbox was closed" } };
    return group.ask(call);
  };
  const change = async (call: InboxCall): Promise<Result<null, Fault>> => {
    const answer = await ask(call);
    folding.written();
    return answer.kind === "done" ? ok(null) : err(faultOf(answer));
  };
  const list = async (call: InboxCall): Promise<Result<readonly InboxItem[], Fault>> => {
    const answer = await ask(call);
    return answer.kind === "items" ? ok(answer.items) : err(faultOf(answer));
  };

  const close = async (): Promise<void> => {
    await group.settled();
    await folding[Symbol.asyncDispose]();
    await link[Symbol.asyncDispose]();
  };

  return ok({
    opening,
    async take(message, step, resumePoint) {
      const answer = await ask({ kind: "take", message: keptOf(message, step), step, resumePoint });
      folding.written();
      return answer.kind === "new" || answer.kind === "known" ? ok(answer.kind) : err(faultOf(answer));
    },
    resume: (point) => change({ kind: "resume", point }),
    put: (message, step) => change({ kind: "put", message: keptOf(message, step), step }),
    step: (id, step) => change({ kind: "step", id, step }),
    async answerer(conversationId, answerer, at) {
      const answer = await ask({ kind: "answerer", conversationId, answerer, at });
      folding.written();
      return answer.kind === "returned" ? ok(answer.returned) : err(faultOf(answer));
    },
    attended: (id) => change({ kind: "attended", id }),
    unfinished: (after, limit) => list({ kind: "unfinished", after, limit }),
    dead: (limit) => list({ kind: "dead", limit }),
    withAgents: (limit) => list({ kind: "with-agents", limit }),
    uncertain: (limit) => list({ kind: "uncertain", limit }),
    async find(id) {
      const found = await list({ kind: "find", id });
      return found.ok ? ok(found.value[0] ?? null) : found;
    },
    async communicationOf(conversationId) {
      const answer = await ask({ kind: "communication", conversationId });
      return answer.kind === "communication" ? ok(answer.id) : err(faultOf(answer));
    },
    async counts() {
      const answer = await ask({ kind: "counts" });
      return answer.kind === "counts" ? ok(answer.counts) : err(faultOf(answer));
    },
    [Symbol.asyncDispose]() {
      closing ??= close();
      return closing;
    },
  });
}

/** When to fold: once writing has come to rest. */
function createFolding(clock: Clock, fold: () => Promise<boolean>): AsyncDisposable & { written(): void } {
  let lastAt = 0;
  let cancel: (() => void) | null = null;
  let folding: Promise<void> | null = null;

  const arm = (delayMs: number): void => {
    cancel ??= clock.after(delayMs, look);
  };
  const look = (): void => {
    cancel = null;
    const leftMs = lastAt + QUIET_MS - clock.monotonic();
    if (leftMs > 0) arm(leftMs);
    else folding ??= run();
  };
  const run = async (): Promise<void> => {
    const isFolded = await fold();
    folding = null;
    if (!isFolded && !ended) arm(QUIET_MS);
  };
  let ended = false;

  return {
    written() {
      if (ended) return;
      lastAt = clock.monotonic();
      arm(QUIET_MS);
    },
    async [Symbol.asyncDispose]() {
      ended = true;
      cancel?.();
      await folding;
    },
  };
}

function startLink(address: URL): WorkerLink<InboxRequest, InboxReply> {
  return startWorkerLink({ address, name: "the inbox", close: { kind: "close" }, failed: (fault) => ({ kind: "failed", fault }) });
}

/** What is only shown is kept without its text, and need not cross to the other thread with it. */
function keptOf(message: TakenMessage, step: Step): TakenMessage {
  return isDone(step) ? { ...message, text: "" } : message;
}

function charactersOf(call: InboxCall): number {
  const text = call.kind === "take" || call.kind === "put" ? call.message.text.length : 0;
  const reply = "step" in call && "reply" in call.step ? (call.step.reply?.text.length ?? 0) : 0;
  return text + reply;
}

function faultOf(reply: InboxReply | InboxAnswer): Fault {
  return reply.kind === "failed" ? reply.fault : { kind: "transport", code: "disk", detail: `the inbox's thread answered with ${reply.kind}` };
}
