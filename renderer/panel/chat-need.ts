import type { BridgedConversation } from "../../shared/bridge-view.ts";
import type { Delivery } from "../../shared/bridge.ts";
import type { Utterance } from "../../shared/interaction.ts";
import type { InteractionView } from "../../shared/panel-state.ts";

/**
 * Whether a bridged chat waits for the agent: the bot's answer was stopped or could not be had, a message of hers did
 * not arrive or may not have, or she answers here and the customer wrote last.
 */
export function waitsForAgent({ interaction, bridged, utterances }: InteractionView): boolean {
  if (bridged === null || interaction.status === "ended") return false;
  return bridged.attention !== null || bridged.deliveries.some((one) => isOpen(one, bridged.deliveries)) || customerWroteLast(bridged, utterances);
}

/** A message that a person has to decide about. One that failed is settled by a later one that arrived. */
function isOpen(delivery: Delivery, all: readonly Delivery[]): boolean {
  if (delivery.state.kind === "uncertain") return true;
  if (delivery.state.kind !== "failed") return false;
  return !all.some((one) => one.state.kind === "delivered" && one.at > delivery.at);
}

function customerWroteLast(bridged: BridgedConversation, utterances: readonly Utterance[]): boolean {
  const last = utterances.at(-1);
  if (bridged.answerer === "bot" || last?.speaker !== "customer") return false;
  return !bridged.deliveries.some(({ state }) => state.kind === "held" || state.kind === "queued" || state.kind === "sending");
}

/** What can still be taken back, in the order in which it was sent. */
export function heldDeliveries(bridged: BridgedConversation | null): readonly Delivery[] {
  return bridged === null ? [] : bridged.deliveries.filter(({ state }) => state.kind === "held");
}
