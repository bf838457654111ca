import type { Answerer, BridgeEvent } from "../../shared/bridge.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Bridge } from "./bridge.ts";
import type { Backlog } from "./backlog.ts";
import type { Conversations } from "./conversations.ts";
import type { Inbox, InboxItem, Reply, Step, TakenMessage } from "./inbox.ts";
import type { OwnReplies, Uncertain } from "./own-replies.ts";
import type { StorageWatch } from "./storage-watch.ts";
import { createJob, deliveryOf } from "./work-job.ts";

/** For so long an agent can take a text back, ms. */
export const UNDO_MS = 3_000;
/** More dead letters than anybody looks through. */
const MAX_REPLAYED = 10_000;

export interface AgentSide extends Pick<Bridge, "answerer" | "send" | "undo" | "sendAgain" | "settle" | "replay" | "discard"> {
  /** An uncertain reply turned out to be in the conversation. */
  arrived(uncertain: Uncertain, messageId: string): void;
  /** A text that was held when an earlier run ended: it was not sent. */
  fail(item: InboxItem): void;
  isHeld(id: string): boolean;
  held(): number;
  /** Sends what is held now, and gives the conversations that it goes into. Takes no commands any more. */
  close(): Promise<ReadonlySet<string>>;
}

interface Held {
  readonly item: TakenMessage;
  readonly cancel: () => void;
  /** `leaving`: it is being taken back, or goes into its lane. */
  state: "held" | "leaving";
}

const NOT_SENT: Fault = { kind: "transport", code: "aborted", detail: "Callside ended before this text was sent" };
const CLOSING: Fault = { kind: "transport", code: "aborted", detail: "the bridge is being closed" };
const GONE: Fault = { kind: "policy", code: "not-found-here", detail: "" };

/**
 * What people do with bridged conversations (contract 3.6, 3.7): take over and hand back, write, take back, send again,
 * and settle what the bridge could not. One command after another, so that two of them never act on the same state.
 */
export function createAgentSide(ports: {
  readonly inbox: Inbox;
  readonly storage: StorageWatch;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly conversations: Conversations;
  readonly own: OwnReplies;
  readonly backlog: Backlog;
  readonly wake: (conversationId: string) => void;
  readonly tell: (event: BridgeEvent) => void;
  readonly changed: () => void;
  /** Aborted when the bridge gives up waiting. */
  readonly signal: AbortSignal;
}): AgentSide {
  const { inbox, storage, clock, conversations, own, backlog, tell, signal } = ports;
  const held = new Map<string, Held>();
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const inTurn = <T>(command: () => Promise<Result<T, Fault>>): Promise<Result<T, Fault>> => {
    const turn = last.then(() => (closed ? err(CLOSING) : command()));
    last = turn;
    return turn;
  };

  const step = async (id: string, next: Step): Promise<Result<null, Fault>> => {
    const result = await inbox.step(id, next);
    storage.outcome(result);
    return result;
  };

  const tellDelivery = (item: TakenMessage, reply: Reply, state: Parameters<typeof deliveryOf>[3]): void => {
    tell({ kind: "delivery", delivery: deliveryOf(item, reply, item.receivedAt, state) });
  };

  const toLane = (item: TakenMessage, author: "customer" | "agent", reply: Reply): void => {
    const job = createJob({ item, author, stage: { kind: "send", reply, tries: 0, dueAt: 0 }, doubt: null, madeAt: item.receivedAt, insisted: true });
    job.queued = true;
    tellDelivery(item, reply, { kind: "queued" });
    backlog.addAtOnce(job);
  };

  const changeAnswerer = async (conversationId: string, answerer: Answerer): Promise<Result<null, Fault>> => {
    if (conversations.answererOf(conversationId) === answerer) return ok(null);
    const kept = await inbox.answerer(conversationId, answerer, clock.now());
    storage.outcome(kept);
    if (!kept.ok) return kept;
    conversations.change(conversationId, answerer);
    tell({ kind: "answerer", conversationId, answerer, why: "asked" });
    if (answerer === "bot") return kept;
    for (const job of backlog.jobs()) if (job.item.conversationId === conversationId) job.cut?.();
    ports.wake(conversationId);
    return kept;
  };

  const hold = (item: TakenMessage, delayMs: number): void => {
    const cancel = clock.after(delayMs, () => void release(item.id));
    held.set(item.id, { item, cancel, state: "held" });
  };

  const release = async (id: string): Promise<void> => {
    const one = held.get(id);
    if (one === undefined || one.state !== "held") return;
    one.state = "leaving";
    one.cancel();
    const reply = agentReply(one.item);
    const kept = await storage.persist(() => inbox.step(id, { kind: "forwarded", reply }), signal);
    held.delete(id);
    if (kept) toLane(one.item, "agent", reply);
    ports.changed();
  };

  /** An item as a person sees it: found, and in that state still. */
  const find = async <K extends Step["kind"]>(id: string, kind: K): Promise<Result<InboxItem & { readonly step: Extract<Step, { readonly kind: K }> }, Fault>> => {
    const found = await inbox.find(id);
    if (!found.ok) return found;
    const item = found.value;
    return item !== null && isAt(item, kind) ? ok(item) : err(GONE);
  };

  const toReplay = async (ids: readonly string[] | null): Promise<Result<readonly InboxItem[], Fault>> => {
    if (ids === null) return inbox.dead(MAX_REPLAYED);
    const items: InboxItem[] = [];
    for (const id of new Set(ids)) {
      const found = await inbox.find(id);
      if (!found.ok) return found;
      if (found.value !== null) items.push(found.value);
    }
    return ok(items);
  };

  return {
    answerer: (conversationId, answerer) =>
      inTurn(async () => (conversations.knows(conversationId) ? changeAnswerer(conversationId, answerer) : err(GONE))),
    send: (conversationId, text) =>
      inTurn(async () => {
        if (!conversations.knows(conversationId)) return err(GONE);
        const taken = await changeAnswerer(conversationId, "agent");
        if (!taken.ok) return taken;
        const now = clock.now();
        const communicationId = conversations.communicationOf(conversationId);
        const item: TakenMessage = { id: ports.newId(), conversationId, communicationId, text, receivedAt: now, eventTime: null };
        const sendsAt = now + UNDO_MS;
        const kept = await inbox.put(item, { kind: "held", sendsAt });
        storage.outcome(kept);
        if (!kept.ok) return kept;
        hold(item, UNDO_MS);
        tellDelivery(item, agentReply(item), { kind: "held", sendsAt });
        return ok(item.id);
      }),
    async undo(deliveryId) {
      // Not in turn: whoever takes a text back does not wait for others.
      const one = held.get(deliveryId);
      if (one === undefined || one.state !== "held" || closed) return err(GONE);
      one.state = "leaving";
      one.cancel();
      const kept = await step(deliveryId, { kind: "withdrawn" });
      if (kept.ok) {
        held.delete(deliveryId);
        tellDelivery(one.item, agentReply(one.item), { kind: "withdrawn" });
      } else {
        hold(one.item, UNDO_MS);
        tellDelivery(one.item, agentReply(one.item), { kind: "held", sendsAt: clock.now() + UNDO_MS });
      }
      ports.changed();
      return kept;
    },
    sendAgain: (deliveryId) =>
      inTurn(async () => {
        const found = await find(deliveryId, "dead");
        if (!found.ok) return found;
        const item = found.value;
        if (item.author !== "agent") return err(GONE);
        const reply = item.step.reply ?? agentReply(item);
        const kept = await step(item.id, { kind: "forwarded", reply });
        if (kept.ok) toLane(item, "agent", reply);
        return kept;
      }),
    settle: (deliveryId, arrived) =>
      inTurn(async () => {
        const found = await find(deliveryId, "uncertain");
        if (!found.ok) return found;
        const item = found.value;
        const { reply } = item.step;
        const kept = await step(item.id, arrived ? { kind: "answered", replyId: null } : { kind: "forwarded", reply });
        if (!kept.ok) return kept;
        own.settled(item.conversationId, item.id);
        tell({ kind: "settled", id: item.id, conversationId: item.conversationId, how: arrived ? "arrived" : "replayed" });
        if (arrived) tellDelivery(item, reply, { kind: "delivered", at: clock.now() });
        else toLane(item, item.author, reply);
        return kept;
      }),
    replay: (ids) =>
      inTurn(async () => {
        const found = await toReplay(ids);
        if (!found.ok) return found;
        let count = 0;
        let first = Infinity;
        let fault: Fault | null = null;
        // Given together, so that the disk writes them together.
        await Promise.all(
          found.value.filter((item) => item.author === "customer").map(async (item) => {
            if (item.step.kind !== "dead") return;
            const { reply } = item.step;
            const kept = await step(item.id, reply === null ? { kind: "received" } : { kind: "forwarded", reply });
            if (!kept.ok) {
              fault = kept.error;
              return;
            }
            count += 1;
            first = Math.min(first, item.position);
            conversations.note(item.conversationId, item.communicationId);
            tell({ kind: "settled", id: item.id, conversationId: item.conversationId, how: "replayed" });
          }),
        );
        if (count > 0) backlog.rewind(first, count);
        if (fault !== null) return err(fault);
        return count === 0 && ids !== null ? err(GONE) : ok(count);
      }),
    discard: (ids) =>
      inTurn(async () => {
        let count = 0;
        for (const id of new Set(ids)) {
          const found = await find(id, "dead");
          if (!found.ok && found.error !== GONE) return found;
          if (!found.ok) continue;
          const item = found.value;
          const kept = await step(id, { kind: "withdrawn" });
          if (!kept.ok) return kept;
          count += 1;
          if (item.author === "agent") tellDelivery(item, item.step.reply ?? agentReply(item), { kind: "withdrawn" });
          else tell({ kind: "settled", id, conversationId: item.conversationId, how: "discarded" });
        }
        return count === 0 ? err(GONE) : ok(null);
      }),
    arrived({ id, conversationId, reply }, messageId) {
      own.settled(conversationId, id);
      own.arrived(conversationId, reply.text, messageId);
      void inTurn(async () => {
        const found = await find(id, "uncertain");
        if (!found.ok) return found;
        const kept = await storage.persist(() => inbox.step(id, { kind: "answered", replyId: messageId }), signal);
        if (!kept) return err(CLOSING);
        tell({ kind: "settled", id, conversationId, how: "arrived" });
        tellDelivery(found.value, reply, { kind: "delivered", at: clock.now() });
        return ok(null);
      });
    },
    fail(item) {
      const reply = agentReply(item);
      const next: Step = { kind: "dead", fault: NOT_SENT, diedAt: clock.now(), attempts: 0, reply };
      void (async (): Promise<void> => {
        const kept = await storage.persist(() => inbox.step(item.id, next), signal);
        if (kept) tellDelivery(item, reply, { kind: "failed", fault: NOT_SENT });
      })();
    },
    isHeld: (id) => held.has(id),
    held: () => held.size,
    async close() {
      await last;
      closed = true;
      const going = [...held.values()];
      await Promise.all(going.map(({ item }) => release(item.id)));
      return new Set(going.map(({ item }) => item.conversationId));
    },
  };
}

function isAt<K extends Step["kind"]>(item: InboxItem, kind: K): item is InboxItem & { readonly step: Extract<Step, { readonly kind: K }> } {
  return item.step.kind === kind;
}

function agentReply(item: TakenMessage): Reply {
  return { text: item.text, origin: "agent" };
}
