import type { BridgedConversation } from "../../shared/bridge-view.ts";
import type { Clock } from "../../shared/clock.ts";
import { conversationAfter, isOpen, newConversation, shownConversation, type ConversationEvent, type ConversationState } from "./conversation-state.ts";

/** The bridged conversations by id. */
export interface ConversationTable {
  event(event: ConversationEvent): void;
  find(id: string): BridgedConversation | null;
  /** The ids of those that changed since this was asked last. */
  changed(): readonly string[];
}

/** How many conversations are kept; those in which something is open stay beyond it, up to the limit. */
const MAX_CONVERSATIONS = 1_000;
const LIMIT = 5_000;
/** Of conversations that are let go, who has them is still known. */
const MAX_HELD = 10_000;

/** Follows all conversations. Its memory is bounded: the one that was quiet for longest is let go. */
export function createConversationTable(clock: Pick<Clock, "now">): ConversationTable {
  /** The one that was quiet for longest first. */
  const conversations = new Map<string, ConversationState>();
  const heldByAgents = new Map<string, number>();
  const changes = new Set<string>();

  const begin = (id: string): ConversationState => {
    const heldSince = heldByAgents.get(id);
    heldByAgents.delete(id);
    return heldSince === undefined ? newConversation("bot", clock.now()) : newConversation("agent", heldSince);
  };

  const letGo = (): void => {
    if (conversations.size <= MAX_CONVERSATIONS) return;
    const [oldest] = conversations.keys();
    const quiet = conversations.entries().find(([, state]) => !isOpen(state))?.[0];
    const id = quiet ?? (conversations.size > LIMIT ? oldest : undefined);
    if (id === undefined) return;
    const state = conversations.get(id);
    conversations.delete(id);
    changes.delete(id);
    if (state?.answerer !== "agent") return;
    heldByAgents.set(id, state.since);
    const [longest] = heldByAgents.keys();
    if (heldByAgents.size > MAX_HELD && longest !== undefined) heldByAgents.delete(longest);
  };

  return {
    event(event) {
      const id = conversationOf(event);
      const known = conversations.get(id);
      const before = known ?? begin(id);
      const after = conversationAfter(before, event, clock.now());
      if (known === undefined || after !== before) changes.add(id);
      conversations.delete(id);
      conversations.set(id, after);
      if (known === undefined) letGo();
    },
    find(id) {
      const state = conversations.get(id);
      return state === undefined ? null : shownConversation(state);
    },
    changed() {
      const ids = [...changes];
      changes.clear();
      return ids;
    },
  };
}

function conversationOf(event: ConversationEvent): string {
  return event.kind === "delivery" ? event.delivery.conversationId : event.kind === "dead-letter" ? event.letter.conversationId : event.conversationId;
}
