import type { Intent } from "./intent.ts";
import { shopIntents } from "./intents.ts";

/** Where a chat has a flow of its own for what the shop's bot understands anyway. */
const CHAT_FLOWS: Readonly<Record<string, string>> = { change_address: "chat_address", refund_status: "chat_refund" };

/** Everything that the chat's bot understands. */
export const chatIntents: readonly Intent[] = [
  ...shopIntents.map((intent) => ({ ...intent, flow: CHAT_FLOWS[intent.id] ?? intent.flow })),
  intent("card_blocked", "chat_card", [
    "my shop card is blocked",
    "my card was declined at the till",
    "your card does not work any more",
    "unblock my card",
    "my card has been refused",
    "why is my card locked",
  ]),
  intent("credit_refused", "chat_credit", [
    "you refused my instalments",
    "my application for instalments was turned down",
    "why was my credit application declined",
    "you will not let me pay in instalments",
    "I was turned down for the instalment plan",
    "my credit was refused again",
  ]),
];

function intent(id: string, flow: string, asked: readonly string[]): Intent {
  return { id, title: id.replaceAll("_", " "), texts: [], asked, flow, smallTalk: false };
}
