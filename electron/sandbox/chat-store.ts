/** Who wrote: the customer, another agent on the platform, or a client through the API. */
export type ChatAuthor = "customer" | "agent" | "reply";

/** A message of a conversation. `number` is its id where ids are numbers. `at` in ms since the Unix epoch. */
export interface ChatMessage {
  readonly id: string;
  readonly number: number;
  readonly author: ChatAuthor;
  readonly direction: "inbound" | "outbound";
  readonly text: string;
  readonly at: number;
}

/** A conversation as the platform keeps it; messages oldest first. */
export interface ChatConversation {
  readonly id: string;
  readonly number: number;
  readonly communicationId: string;
  /** Whom its events name; null: nobody. */
  readonly agentId: string | null;
  readonly customerName: string;
  readonly status: "active" | "ended";
  /** How often somebody was said to be writing. */
  readonly typings: number;
  readonly messages: readonly ChatMessage[];
}

/** What a conversation is begun with. */
export interface ChatBeginning {
  readonly id?: string | undefined;
  readonly agentId: string | null;
  readonly customerName: string;
}

/** The conversations of the organisation. Ids are taken as they are, or as the numbers that stand for them. */
export interface ChatStore {
  open(beginning: ChatBeginning): ChatConversation;
  find(id: string): ChatConversation | null;
  message(conversation: ChatConversation, id: string): ChatMessage | null;
  add(conversation: ChatConversation, author: ChatAuthor, text: string): ChatMessage;
  typing(conversation: ChatConversation): void;
  end(conversation: ChatConversation): void;
  /** The one that was begun last and goes on. */
  latest(): ChatConversation | null;
  all(): readonly ChatConversation[];
}

/** The oldest conversations go first, and the oldest messages of a long one. */
const MAX_CONVERSATIONS = 5_000;
const MAX_MESSAGES = 10_000;
/** Numbers of one start of the sandbox; another has others, or a client that remembers would take them for known. */
const NUMBERS_PER_START = 1_000_000;

interface Kept extends ChatConversation {
  status: "active" | "ended";
  typings: number;
  readonly messages: ChatMessage[];
  readonly byId: Map<string, ChatMessage>;
}

/** Keeps conversations. `start` (0 to 1) tells the ids of this start from those of others. */
export function createChatStore({ start, now }: { readonly start: number; readonly now: () => number }): ChatStore {
  const series = Math.floor(start * NUMBERS_PER_START);
  const mark = series.toString(36).padStart(4, "0");
  const conversations = new Map<string, Kept>();
  const byNumber = new Map<string, Kept>();
  let count = 0;
  const next = (): number => {
    count += 1;
    return series * NUMBERS_PER_START + count;
  };
  const keptOf = (conversation: ChatConversation): Kept | undefined => conversations.get(conversation.id);

  return {
    open({ id, agentId, customerName }) {
      const number = next();
      const conversation: Kept = {
        id: id ?? `chat-${mark}-${String(count)}`,
        number,
        communicationId: `comm-${mark}-${String(count)}`,
        agentId,
        customerName,
        status: "active",
        typings: 0,
        messages: [],
        byId: new Map(),
      };
      conversations.set(conversation.id, conversation);
      byNumber.set(String(number), conversation);
      const oldest = conversations.values().next();
      if (conversations.size > MAX_CONVERSATIONS && oldest.done !== true) {
        conversations.delete(oldest.value.id);
        byNumber.delete(String(oldest.value.number));
      }
      return conversation;
    },
    find: (id) => conversations.get(id) ?? byNumber.get(id) ?? null,
    message: (conversation, id) => keptOf(conversation)?.byId.get(id) ?? null,
    add(conversation, author, text) {
      const number = next();
      const message: ChatMessage = {
        id: `msg-${mark}-${String(count)}`,
        number,
        author,
        direction: author === "customer" ? "inbound" : "outbound",
        text,
        at: now(),
      };
      const kept = keptOf(conversation);
      if (kept === undefined) return message;
      kept.messages.push(message);
      kept.byId.set(message.id, message).set(String(number), message);
      const gone = kept.messages.length > MAX_MESSAGES ? kept.messages.shift() : undefined;
      if (gone !== undefined) {
        kept.byId.delete(gone.id);
        kept.byId.delete(String(gone.number));
      }
      return message;
    },
    typing(conversation) {
      const kept = keptOf(conversation);
      if (kept !== undefined) kept.typings += 1;
    },
    end(conversation) {
      const kept = keptOf(conversation);
      if (kept !== undefined) kept.status = "ended";
    },
    latest: () => [...conversations.values()].findLast((one) => one.status === "active") ?? null,
    all: () => [...conversations.values()],
  };
}
