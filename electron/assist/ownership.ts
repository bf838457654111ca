import { LRUCache } from "lru-cache";
import type { UpdatePayload } from "./parse-frame.ts";

/** Whose frames pass (contract 2.1). */
export interface Ownership {
  isForeign(payload: Pick<UpdatePayload, "interactionId" | "agentId">): boolean;
}

const MAX_FOREIGN = 10_000;

/**
 * With an agent's id, what names another agent is foreign, and so is what names one unreadably (an empty id), or names
 * nobody but belongs to an interaction that was last known as another agent's. Without one (service, supervisor) nothing is.
 */
export function createOwnership(agentId: string | null): Ownership {
  if (agentId === null) return { isForeign: () => false };
  const foreign = new LRUCache<string, true>({ max: MAX_FOREIGN });
  return {
    isForeign(payload) {
      if (payload.agentId === undefined) return foreign.has(payload.interactionId);
      if (payload.agentId === agentId) {
        foreign.delete(payload.interactionId);
        return false;
      }
      foreign.set(payload.interactionId, true);
      return true;
    },
  };
}
