import type { Entity } from "./entity.ts";
import type { Flow, Step } from "./flow.ts";

const say = (text: string): Step => ({ kind: "say", text });
const ask = (entity: string, text: string): Step => ({ kind: "ask", entity, text });
const flow = (id: string, ...steps: readonly Step[]): Flow => ({ id, deployed: true, thinksMs: 0, steps });

/** What customers answer in a chat, beside what the shop's bot picks out anyway. */
export const chatEntities: readonly Entity[] = [
  {
    kind: "pattern",
    name: "code",
    circumstance: true,
    standsFor: "code",
    patterns: [{ regex: /(?<![-\w])(\d{6})(?![-\w])/gu, read: ([digits = ""]) => digits }],
  },
  {
    kind: "pattern",
    name: "card",
    circumstance: true,
    standsFor: "card",
    patterns: [{ regex: /\b(?:ends?|ending|digits|finishes)\s+(?:in|are|with)?\s*(\d{4})\b/giu, read: ([digits = ""]) => digits }],
  },
  {
    kind: "pattern",
    name: "street",
    circumstance: true,
    standsFor: "address",
    patterns: [
      { regex: /\b(\d{1,4} [A-Z][a-z]+(?: [A-Z][a-z]+)? (?:Street|Road|Lane|Avenue|Close))\b/gu, read: ([text = ""]) => text },
    ],
  },
];

/** Flows that a chat needs more turns for than a single question has. Their answers differ by what has been told so far. */
export const chatFlows: readonly Flow[] = [
  flow(
    "chat_card",
    ask("card", "I am sorry that your shop card was declined. What are its last four digits?"),
    ask("code", "Thank you. I have sent a code of six digits to the phone that we know for the card ending in {card}. What does it say?"),
    say("That is right. The card ending in {card} had been blocked after three wrong PINs; it works again from now on."),
  ),
  flow(
    "chat_address",
    ask("email", "I can change that for you. Which e-mail address is your account under?"),
    ask("code", "I have sent a code of six digits to {email}. What does it say?"),
    ask("street", "Thank you, that is right. What is the new address?"),
    say("Done. From now on your parcels go to {street}."),
  ),
  flow(
    "chat_refund",
    ask("order_id", "I will look into your refund. Which order is it? The number begins with ORD."),
    ask("date", "I have found order {order_id}. On which day did you send the parcel back?"),
    say("Thank you. The parcel has reached us, and the refund for order {order_id} left us this morning. Your bank should show it by tomorrow."),
  ),
  // What a bot should never promise: the practice configuration holds this back.
  flow(
    "chat_credit",
    say("I am sorry that your instalments were declined. Apply once more today: with your history you have guaranteed approval."),
  ),
];
