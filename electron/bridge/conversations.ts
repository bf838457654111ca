import type { Answerer } from "../../shared/bridge.ts";

/** Conversations that can be written into without asking the disk; the one that was silent longest goes. */
const MAX_KNOWN = 10_000;

/** Who answers in a conversation, and where a text into it goes. */
export interface Conversations {
  answererOf(conversationId: string): Answerer;
  /** Says who answers from now on; kept by whoever calls. */
  change(conversationId: string, answerer: Answerer): void;
  /** A message of this conversation came. */
  note(conversationId: string, communicationId: string | null): void;
  knows(conversationId: string): boolean;
  communicationOf(conversationId: string): string | null;
}

export function createConversations(withAgents: readonly string[]): Conversations {
  const agents = new Set(withAgents);
  const known = new Map<string, string | null>();
  return {
    answererOf: (id) => (agents.has(id) ? "agent" : "bot"),
    change(id, answerer) {
      if (answerer === "agent") agents.add(id);
      else agents.delete(id);
    },
    note(id, communicationId) {
      const before = known.get(id) ?? null;
      known.delete(id);
      known.set(id, communicationId ?? before);
      const oldest = known.size > MAX_KNOWN ? known.keys().next().value : undefined;
      if (oldest !== undefined) known.delete(oldest);
    },
    knows: (id) => known.has(id) || agents.has(id),
    communicationOf: (id) => known.get(id) ?? null,
  };
}
