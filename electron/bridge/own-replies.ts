import type { Reply } from "./inbox.ts";
import { WINDOW } from "./inbox.ts";

/** Conversations of which replies without an id, or with an unknown fate, are remembered. */
const MAX_CONVERSATIONS = 1_000;
const MAX_PER_CONVERSATION = 50;

/** A reply that may be in a conversation; `seen`: the platform's id of it, where its own event has come. */
export interface Sending {
  readonly id: string;
  readonly conversationId: string;
  readonly reply: Reply;
  seen: string | null;
}

/** A reply of which nobody knows whether it arrived. `id` is the item's. */
export interface Uncertain {
  readonly id: string;
  readonly conversationId: string;
  readonly reply: Reply;
}

/** Whose a message of the platform is; `sending`: the words of a reply that is on its way, which will say more. */
export type Ownership =
  | { readonly kind: "ours" }
  | { readonly kind: "sending"; readonly sending: Sending }
  | { readonly kind: "uncertain"; readonly uncertain: Uncertain }
  | { readonly kind: "others" };

/** Knows the replies of ours that the platform tells again (contract 3.3): by id, or by their words where no id is known. */
export interface OwnReplies {
  /** A reply is in the conversation; without an id its words stand for it. */
  arrived(conversationId: string, text: string, replyId: string | null): void;
  has(messageId: string): boolean;
  /** `byWords`: the message may be ours by what it says, because the platform does not say that a customer wrote it. */
  whose(message: { readonly id: string; readonly conversationId: string; readonly text: string }, byWords: boolean): Ownership;
  sending(one: Sending): void;
  sent(one: Sending): void;
  uncertain(one: Uncertain): void;
  settled(conversationId: string, id: string): void;
}

/** Replies known from before by their ids; at most `WINDOW` ids, the oldest go. */
export function createOwnReplies(known: readonly string[]): OwnReplies {
  const ids = new Set(known);
  const nameless = new Map<string, readonly string[]>();
  const uncertain = new Map<string, readonly Uncertain[]>();
  const sending = new Map<string, Sending>();

  const remember = (id: string): void => {
    ids.delete(id);
    ids.add(id);
    const oldest = ids.size > WINDOW ? ids.values().next().value : undefined;
    if (oldest !== undefined) ids.delete(oldest);
  };

  return {
    has: (id) => ids.has(id),
    arrived(conversationId, text, replyId) {
      if (replyId === null) append(nameless, conversationId, wordsOf(text));
      else remember(replyId);
    },
    whose({ id, conversationId, text }, byWords) {
      if (ids.has(id)) return { kind: "ours" };
      if (!byWords) return { kind: "others" };
      const words = wordsOf(text);
      const waiting = nameless.get(conversationId) ?? [];
      const at = waiting.indexOf(words);
      if (at >= 0) {
        replace(nameless, conversationId, waiting.toSpliced(at, 1));
        remember(id);
        return { kind: "ours" };
      }
      const one = sending.get(conversationId);
      if (one !== undefined && one.seen === null && wordsOf(one.reply.text) === words) return { kind: "sending", sending: one };
      const doubtful = (uncertain.get(conversationId) ?? []).find(({ reply }) => wordsOf(reply.text) === words);
      return doubtful === undefined ? { kind: "others" } : { kind: "uncertain", uncertain: doubtful };
    },
    sending(one) {
      sending.set(one.conversationId, one);
    },
    sent(one) {
      if (sending.get(one.conversationId) === one) sending.delete(one.conversationId);
    },
    uncertain(one) {
      append(uncertain, one.conversationId, one);
    },
    settled(conversationId, id) {
      const left = (uncertain.get(conversationId) ?? []).filter((one) => one.id !== id);
      replace(uncertain, conversationId, left);
    },
  };
}

/** What is compared: platforms change line ends, and take space off both ends. */
function wordsOf(text: string): string {
  return text.replaceAll("\r\n", "\n").trim();
}

function append<T>(map: Map<string, readonly T[]>, key: string, value: T): void {
  replace(map, key, [...(map.get(key) ?? []), value].slice(-MAX_PER_CONVERSATION));
  const oldest = map.size > MAX_CONVERSATIONS ? map.keys().next().value : undefined;
  if (oldest !== undefined) map.delete(oldest);
}

function replace<T>(map: Map<string, readonly T[]>, key: string, values: readonly T[]): void {
  map.delete(key);
  if (values.length > 0) map.set(key, values);
}
