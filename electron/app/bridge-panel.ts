import { isDeepStrictEqual } from "node:util";
import type { AssistEvent } from "../../shared/assist-event.ts";
import type { BridgeEvent } from "../../shared/bridge.ts";
import type { BridgedConversation, BridgeView } from "../../shared/bridge-view.ts";
import type { Clock } from "../../shared/clock.ts";
import type { PanelUpdate } from "../../shared/panel-update.ts";
import { createViewTeller } from "./view-teller.ts";

/** The whole view at most four times a second: it is figures. */
const VIEW_MS = 250;
/** A conversation faster: somebody waits for what becomes of their message. */
const CONVERSATION_MS = 50;

export interface BridgePanelOptions {
  readonly clock: Clock;
  readonly view: () => BridgeView | null;
  readonly conversation: (id: string) => BridgedConversation | null;
  /** The whole view is a supervisor's. */
  readonly isSupervised: () => boolean;
  readonly publish: (update: PanelUpdate) => void;
}

/** Tells a panel of the bridge: the whole to supervisors, and to everybody what stands beside the transcript of a conversation. */
export interface BridgePanel extends Disposable {
  event(event: BridgeEvent): void;
  assist(event: AssistEvent): void;
  /** It may have been switched on or off, or the role has changed. */
  switched(): void;
  /** Time has passed: figures per time change by themselves. */
  tick(): void;
}

/** Binds the bridge to a panel's state. */
export function createBridgePanel({ clock, view, conversation, isSupervised, publish }: BridgePanelOptions): BridgePanel {
  let shown: BridgeView | null = null;
  const waiting = new Set<string>();

  const views = createViewTeller(clock, VIEW_MS, () => {
    const next = isSupervised() ? view() : null;
    if (isDeepStrictEqual(next, shown)) return;
    shown = next;
    publish({ kind: "bridge", view: next });
  });

  const conversations = createViewTeller(clock, CONVERSATION_MS, () => {
    for (const interactionId of waiting) {
      const now = conversation(interactionId);
      if (now !== null) publish({ kind: "bridged", interactionId, conversation: now });
    }
    waiting.clear();
  });

  const changed = (conversationId: string): void => {
    waiting.add(conversationId);
    conversations.soon();
  };

  return {
    event(event) {
      if (isSupervised()) views.soon();
      const id = conversationOf(event);
      if (id !== null) changed(id);
    },
    assist(event) {
      // A conversation that is known and was not on the panel is there now.
      if (event.kind === "interaction" && conversation(event.interaction.id) !== null) changed(event.interaction.id);
    },
    switched: () => {
      views.now();
    },
    tick: () => {
      if (isSupervised()) views.soon();
    },
    [Symbol.dispose]() {
      views[Symbol.dispose]();
      conversations[Symbol.dispose]();
    },
  };
}

function conversationOf(event: BridgeEvent): string | null {
  if ("conversationId" in event) return event.conversationId;
  if (event.kind === "delivery") return event.delivery.conversationId;
  return event.kind === "dead-letter" ? event.letter.conversationId : null;
}
