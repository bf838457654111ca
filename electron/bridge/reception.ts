import { assertNever } from "../../shared/assert-never.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import type { Clock } from "../../shared/clock.ts";
import type { ConnectionState } from "../../shared/connection.ts";
import type { Fault } from "../../shared/fault.ts";
import type { AgentSide } from "./agent-side.ts";
import type { Backlog } from "./backlog.ts";
import type { Conversations } from "./conversations.ts";
import type { GenesysStream, PlatformMessage, StreamEvent } from "./genesys-stream.ts";
import type { Inbox, Step } from "./inbox.ts";
import type { OwnReplies } from "./own-replies.ts";
import { DISK_RETRY_MS, type StorageWatch } from "./storage-watch.ts";
import { type Arrival, createTaking } from "./taking.ts";
import { lengthFault } from "./work-item.ts";
import { createJob } from "./work-job.ts";
import { letterOf } from "./work-telling.ts";

const FULL: Fault = { kind: "transport", code: "disk", detail: "the inbox cannot be written, so nothing more is taken until it can" };

/** The way in: stream, taking, and the first look at what was taken. */
export interface Reception {
  open(): void;
  retryNow(): void;
  lastHeardAt(): number | null;
  resumePoint(): number | null;
  /** Arrivals that are not on the disk yet. */
  waiting(): number;
  /** Closes the stream, and waits for what is with the disk. */
  close(): Promise<void>;
}

export interface ReceptionPorts {
  readonly inbox: Inbox;
  readonly clock: Clock;
  readonly storage: StorageWatch;
  readonly conversations: Conversations;
  readonly own: OwnReplies;
  readonly backlog: Backlog;
  readonly agents: Pick<AgentSide, "arrived">;
  /** With an id, only conversations whose events name this agent are taken. */
  readonly agentId: string | null;
  readonly tell: (event: BridgeEvent) => void;
  readonly changed: () => void;
  readonly wake: (conversationId: string) => void;
  readonly openStream: (from: {
    readonly resumePoint: number | null;
    readonly onState: (state: ConnectionState) => void;
    readonly onEvent: (event: StreamEvent) => void;
  }) => GenesysStream;
  readonly onState: (state: ConnectionState) => void;
}

/**
 * Takes what the stream brings (contract 3.3, 3.6) and gives what is to be answered to the work. Where the disk refuses
 * for so long that what arrives would fill the memory, the stream is closed, and opened again from the resume point when
 * the disk has taken what was there.
 */
export function createReception(ports: ReceptionPorts): Reception {
  const { clock, conversations, own, backlog, tell } = ports;
  let stream: GenesysStream | null = null;
  let closed = false;
  /** Grows with each stream: what an earlier one still tells is not heard. */
  let turn = 0;

  const open = (): void => {
    if (closed) return;
    turn += 1;
    const mine = turn;
    stream = ports.openStream({
      resumePoint: taking.resumePoint(),
      onState: (state) => {
        if (mine === turn) ports.onState(state);
      },
      onEvent: (event) => {
        if (mine === turn) hear(event);
      },
    });
  };

  const hear = (event: StreamEvent): void => {
    switch (event.kind) {
      case "message":
        arrive(event);
        return;
      case "resume":
        taking.point(event.point);
        return;
      case "gap":
      case "gap-filled":
      case "malformed":
        tell(event);
        return;
      default:
        assertNever(event);
    }
  };

  const arrive = ({ message, sequenceId, receivedAt }: Extract<StreamEvent, { readonly kind: "message" }>): void => {
    if (ports.agentId !== null && message.agentId !== ports.agentId) {
      tell({ kind: "foreign" });
      if (sequenceId !== null) taking.point(sequenceId);
      return;
    }
    const { id, conversationId, communicationId, text, eventTime, direction } = message;
    const unsaid = direction === "unsaid" ? { unsaid: true as const } : {};
    const taken = { id, conversationId, communicationId, text, receivedAt, eventTime, ...unsaid };
    taking.message({ message, taken, step: firstStep(message, receivedAt), point: sequenceId, arrivedAt: clock.monotonic() });
  };

  const firstStep = (message: PlatformMessage, receivedAt: number): Step => {
    if (message.direction === "outbound" || own.has(message.id)) return { kind: "left" };
    const fault = lengthFault(message.text);
    return fault === null ? { kind: "received" } : { kind: "dead", fault, diedAt: receivedAt, attempts: 0, reply: null };
  };

  const takenIn = (arrival: Arrival, outcome: "new" | "known"): void => {
    const { message, step } = arrival;
    if (outcome === "known") tell({ kind: "duplicate", id: message.id, conversationId: message.conversationId });
    else begin(arrival, step);
    ports.changed();
  };

  const begin = (arrival: Arrival, step: Step): void => {
    const { message, taken, arrivedAt } = arrival;
    conversations.note(message.conversationId, message.communicationId);
    if (step.kind === "left") {
      tellMessage(arrival, recognise(message) ? "bot" : "agent");
      return;
    }
    if (step.kind === "dead") {
      tellMessage(arrival, "customer");
      tell({ kind: "dead-letter", letter: letterOf(taken, step) });
      return;
    }
    const byWords = message.direction === "unsaid";
    // The words of a reply that is on its way: told when it is known whose they are.
    const late = byWords && own.whose(message, true).kind !== "others";
    if (!late) tellMessage(arrival, "customer");
    const tellLate = late ? (speaker: "customer" | "bot"): void => tellMessage(arrival, speaker) : null;
    const job = createJob({
      item: taken,
      author: "customer",
      stage: { kind: "ask", tries: 0, dueAt: 0 },
      doubt: { byWords, tell: tellLate },
      arrivedAt,
      madeAt: taken.receivedAt,
    });
    if (!backlog.add(job)) tellLate?.("customer");
  };

  /** Whether an outbound message is ours; what it says of a reply with an unknown fate is used. */
  const recognise = (message: PlatformMessage): boolean => {
    const whose = own.whose(message, true);
    switch (whose.kind) {
      case "ours":
        return true;
      case "sending":
        whose.sending.seen = message.id;
        ports.wake(message.conversationId);
        return true;
      case "uncertain":
        ports.agents.arrived(whose.uncertain, message.id);
        return true;
      case "others":
        return false;
      default:
        return assertNever(whose);
    }
  };

  const tellMessage = ({ message, taken, point }: Arrival, speaker: "customer" | "agent" | "bot"): void => {
    const { id, conversationId, customerName, text } = message;
    const { eventTime, receivedAt } = taken;
    const ahead = eventTime === null ? 0 : eventTime - receivedAt;
    const at = Math.min(eventTime ?? receivedAt, receivedAt);
    tell({ kind: "message", id, conversationId, sequenceId: point, speaker, customerName, text, at, aheadMs: ahead > 0 ? ahead : null });
  };

  const taking = createTaking({
    inbox: ports.inbox,
    clock,
    storage: ports.storage,
    resumePoint: ports.inbox.opening.resumePoint,
    onTaken: takenIn,
    onOverflow() {
      const now = clock.now();
      turn += 1;
      void stream?.[Symbol.asyncDispose]();
      stream = null;
      taking.drop();
      ports.onState({ kind: "reconnecting", since: now, attempt: 0, retryAt: now + DISK_RETRY_MS, fault: FULL });
    },
    onRoom: open,
  });

  return {
    open,
    retryNow: () => stream?.retryNow(),
    lastHeardAt: () => stream?.lastHeardAt() ?? null,
    resumePoint: () => taking.resumePoint(),
    waiting: () => taking.waiting(),
    async close() {
      closed = true;
      await stream?.[Symbol.asyncDispose]();
      taking.stop();
      await taking.settled();
    },
  };
}
