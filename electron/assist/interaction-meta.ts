import type { Interaction } from "../../shared/interaction.ts";
import type { UpdatePayload } from "./parse-frame.ts";

/**
 * What is known of an interaction after a payload, or the very value that was given when nothing new came.
 * An ended interaction stays ended through late lines; only a payload that names another status opens it again.
 * `now` in ms since the Unix epoch.
 */
export function mergeInteraction(known: Interaction | undefined, payload: UpdatePayload, now: number): Interaction {
  const status = payload.status === undefined ? (known?.status ?? "live") : payload.status === "ended" ? "ended" : "live";
  const agentId = (payload.agentId === "" ? undefined : payload.agentId) ?? known?.agentId;
  const customerName = payload.customerName ?? known?.customerName;
  const channel = payload.channel ?? known?.channel;
  const queue = payload.queue ?? known?.queue;
  if (
    known !== undefined &&
    known.status === status &&
    known.agentId === agentId &&
    known.customerName === customerName &&
    known.channel === channel &&
    known.queue === queue
  ) {
    return known;
  }
  return {
    id: payload.interactionId,
    status,
    startedAt: known?.startedAt ?? now,
    ...(status === "ended" ? { endedAt: known?.endedAt ?? now } : {}),
    ...(agentId === undefined ? {} : { agentId }),
    ...(customerName === undefined ? {} : { customerName }),
    ...(channel === undefined ? {} : { channel }),
    ...(queue === undefined ? {} : { queue }),
  };
}
