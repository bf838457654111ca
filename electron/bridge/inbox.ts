import type { Answerer, Origin } from "../../shared/bridge.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";
import type { Withheld } from "../../shared/suggestion.ts";

/** A customer's message as it came. Times in ms since the Unix epoch. */
export interface TakenMessage {
  readonly id: string;
  readonly conversationId: string;
  /** Where the event names none, the conversation's own id is used (platform's reply call). */
  readonly communicationId: string | null;
  readonly text: string;
  readonly receivedAt: number;
  /** When it was written, where the event says so. */
  readonly eventTime: number | null;
  /** The event does not say that a customer wrote it: it may be a reply of ours that the platform tells again. */
  readonly unsaid?: true;
}

/**
 * How far an item is; each is on the disk before what follows it is done. Times in ms since the Unix epoch.
 * `received`: taken, the bot may have been asked. `held`: an agent's text that can still be taken back.
 * `forwarded`: what is to be sent is known, no request has been made. `replying`: a request may have reached the platform.
 * `with-agent`: a customer's message that the agent of its conversation has to answer, since then; `rule`: policy stopped the
 * bot's answer to it. `answered`, `left`, `withdrawn`: done. `dead`, `uncertain`: a person's to settle.
 */
export type Step =
  | { readonly kind: "received" }
  | { readonly kind: "held"; readonly sendsAt: number }
  | { readonly kind: "forwarded"; readonly reply: Reply }
  | { readonly kind: "replying"; readonly reply: Reply; readonly begunAt: number }
  | { readonly kind: "with-agent"; readonly rule: Withheld | null; readonly since: number }
  | { readonly kind: "answered"; readonly replyId: string | null }
  | { readonly kind: "left" }
  | { readonly kind: "withdrawn" }
  | { readonly kind: "dead"; readonly fault: Fault; readonly diedAt: number; readonly attempts: number; readonly reply: Reply | null }
  | { readonly kind: "uncertain"; readonly reply: Reply; readonly begunAt: number };

/** What goes to the customer, and whose words it is. */
export interface Reply {
  readonly text: string;
  readonly origin: Origin;
}

/** One piece of work: a customer's message to be answered, or an agent's text to be sent. `position` grows with arrival. */
export interface InboxItem extends TakenMessage {
  readonly position: number;
  readonly author: "customer" | "agent";
  readonly step: Step;
}

/** What came back to the bot with its conversation, in order of arrival; `first` is the position of the first. */
export interface Returned {
  readonly ids: readonly string[];
  readonly first: number | null;
}

/** What an inbox knew when it was opened. */
export interface InboxOpening {
  readonly resumePoint: number | null;
  /** Conversations that agents have. */
  readonly withAgents: readonly { readonly conversationId: string; readonly since: number }[];
  /** The ids of our own replies among the last `WINDOW` items. */
  readonly replyIds: readonly string[];
  readonly counts: InboxCounts;
  /** Where a damaged inbox was put aside, and this one begun anew: what was unfinished in it is not worked. Null: none was. */
  readonly setAside: string | null;
}

export interface InboxCounts {
  /** `received`, `held`, `forwarded` or `replying`. */
  readonly unfinished: number;
  readonly dead: number;
  readonly uncertain: number;
}

/** Contract 3.3: a duplicate is known by the last 10,000 ids; what is unfinished, dead or uncertain stays known beyond that. */
export const WINDOW = 10_000;

/**
 * The bridge's memory on the disk (contract 3.6). A call resolves when what it says is safe against a crash of the process
 * and of the machine; calls that come while the disk is busy are made safe together. Order of calls is order of effect.
 * The fault is `disk`; nothing of a call that failed holds. (Where the inbox's thread itself died, what it may have written
 * without saying so is "new" to whoever takes it again.) A step for what is not there or is done already is
 * `not-found-here`; the same step twice is fine. What is with an agent is kept with its text until it is answered, discarded or
 * handed back, but no longer than the inbox keeps that an agent has a silent conversation (30 days): nobody answers in it any
 * more then, and a customer's words are not kept for ever.
 */
export interface Inbox extends AsyncDisposable {
  readonly opening: InboxOpening;
  /**
   * Takes a message and the resume point in one step; "known" where its id is in the window. A message that is only shown
   * (outbound, or a reply of ours) is taken as `left`, so that its id is known.
   */
  take(message: TakenMessage, step: Step, resumePoint: number | null): Promise<Result<"new" | "known", Fault>>;
  /** The resume point alone: an event that brings no message, or the platform's own word. */
  resume(point: number): Promise<Result<null, Fault>>;
  /** An agent's text, as `held`. `message.text` is the text. */
  put(message: TakenMessage, step: Step): Promise<Result<null, Fault>>;
  /**
   * An agent's text that is `answered` answers what was with the agent in its conversation before it: that is `left` in the
   * same step. `with-agent` without a rule is `not-found-here` where the conversation is the bot's (again).
   */
  step(id: string, step: Step): Promise<Result<null, Fault>>;
  /** Who answers. To the bot go back, in the same step, the messages that were with the agent, but those that policy stopped. */
  answerer(conversationId: string, answerer: Answerer, at: number): Promise<Result<Returned, Fault>>;
  /** Whoever wrote the message `id` on the platform answered what was with the agent in its conversation before it. */
  attended(id: string): Promise<Result<null, Fault>>;
  /** Unfinished items after a position, in order of arrival; at most `limit`. */
  unfinished(after: number, limit: number): Promise<Result<readonly InboxItem[], Fault>>;
  /** The newest first. */
  dead(limit: number): Promise<Result<readonly InboxItem[], Fault>>;
  withAgents(limit: number): Promise<Result<readonly InboxItem[], Fault>>;
  uncertain(limit: number): Promise<Result<readonly InboxItem[], Fault>>;
  find(id: string): Promise<Result<InboxItem | null, Fault>>;
  /** The communication that the conversation's last message named. */
  communicationOf(conversationId: string): Promise<Result<string | null, Fault>>;
  counts(): Promise<Result<InboxCounts, Fault>>;
}
