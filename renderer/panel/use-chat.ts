import { useRef } from "react";
import type { InteractionView } from "../../shared/panel-state.ts";
import type { Answerer, Delivery } from "../../shared/bridge.ts";
import { useActions, usePanel, useServices } from "../panel-context.tsx";
import { texts } from "../texts.ts";
import type { CardItem } from "./card-order.ts";
import { heldDeliveries } from "./chat-need.ts";
import { withCard, withReturned } from "./drafts.ts";
import { LATEST_EVENT } from "./transcript-list.tsx";

/** Asks the composer in front to take the focus. */
export const COMPOSE_EVENT = "callside:compose";

/** What the agent can do in a bridged chat, apart from the composer's own sending. */
export interface Chat {
  /** Whether the bot answers, so that sending takes the chat over. */
  readonly takesOver: boolean;
  /** The cards whose texts are on their way or arrived, as far as this page knows. */
  readonly sentCards: ReadonlySet<string>;
  readonly answer: (answerer: Answerer) => void;
  readonly sendCard: (item: CardItem) => void;
  readonly editCard: (item: CardItem) => void;
  readonly undo: (delivery: Delivery) => void;
  /** Takes back what was sent last and is still held; false where nothing is. */
  readonly undoLast: () => boolean;
}

/** The chat of an interaction, or null where it is none, or one that has ended. */
export function useChat(view: InteractionView | null): Chat | null {
  const { store } = useServices();
  const actions = useActions();
  const redraft = usePanel((panel) => panel.redraft);
  const cardOf = usePanel((panel) => panel.sentCards);
  // What is under way, so that a second press does not ask for the same again.
  const busy = useRef(new Set<string>());
  if (view === null || view.bridged === null || view.interaction.status === "ended") return null;
  const { bridged } = view;
  const { id } = view.interaction;

  const once = async (key: string, act: () => Promise<void>): Promise<void> => {
    if (busy.current.has(key)) return;
    busy.current.add(key);
    await act();
    busy.current.delete(key);
  };
  const undo = (delivery: Delivery): void =>
    void once(`undo ${delivery.id}`, async () => {
      const answer = await actions.bridge.undo(delivery.id);
      if (answer.ok) {
        redraft(id, (draft) => withReturned(draft, delivery.text, store.getState().sentCards.get(delivery.id) ?? null));
        compose();
      } else if (answer.error.code === "not-found-here") {
        actions.problem.setState({ problem: { what: texts.chat.tooLate, remedy: texts.chat.tooLateRemedy } });
      } else actions.report(answer.error);
    });
  const open = new Set(bridged.deliveries.map((delivery) => delivery.id));
  return {
    takesOver: bridged.answerer === "bot",
    sentCards: new Set([...cardOf].flatMap(([deliveryId, cardId]) => (open.has(deliveryId) ? [cardId] : []))),
    answer: (answerer) =>
      void once(`answerer ${id}`, async () => {
        const answer = await actions.bridge.answerer(id, answerer);
        if (!answer.ok) actions.report(answer.error);
      }),
    sendCard: (item) =>
      void once(`send ${item.suggestion.id}`, async () => {
        // Twice in a row is a slip of the finger, and a customer who reads the same twice.
        if (heldDeliveries(bridged).some((delivery) => cardOf.get(delivery.id) === item.suggestion.id)) return;
        const answer = await actions.bridge.send(id, item.suggestion.text, item.suggestion.id);
        if (!answer.ok) return actions.report(answer.error);
        store.getState().cardSent(answer.value.deliveryId, item.suggestion.id);
        window.dispatchEvent(new Event(LATEST_EVENT));
      }),
    editCard(item) {
      redraft(id, (draft) => withCard(draft, item.suggestion));
      compose();
    },
    undo,
    undoLast() {
      const last = heldDeliveries(bridged).at(-1);
      if (last !== undefined) undo(last);
      return last !== undefined;
    },
  };
}

/** Puts the cursor behind what is written, once that is drawn. */
export function compose(): void {
  requestAnimationFrame(() => window.dispatchEvent(new Event(COMPOSE_EVENT)));
}
