import type { Facts, Flow, Step } from "./flow.ts";

const AUTHENTICATED = "authenticated";
/** From this amount on, a person looks at a disputed charge. */
const LARGE_AMOUNT = 100;
/** What the slow flow takes: as long as the booking system behind such a flow might. */
const SLOW_MS = 2_500;

const say = (text: string): Step => ({ kind: "say", text });
const ask = (entity: string, text: string): Step => ({ kind: "ask", entity, text });
const go = (flow: string): Step => ({ kind: "go", flow });
const when = (holds: (facts: Facts) => boolean, ...steps: readonly Step[]): Step => ({ kind: "when", holds, steps });
const flow = (id: string, ...steps: readonly Step[]): Flow => ({ id, deployed: true, thinksMs: 0, steps });

const unknownCaller = ({ context }: Facts): boolean => context[AUTHENTICATED] !== true;
const known = (name: string) => (facts: Facts): boolean => factOf(facts, name) !== null;
const askOrder = ask("order_id", "Which order is it? The number begins with ORD and stands in your confirmation e-mail.");

/** An entity, or else the value of that name in the session's context; null where neither is text or a number. */
export function factOf({ entities, context }: Facts, name: string): string | number | null {
  const own = (from: Readonly<Record<string, unknown>>): unknown => (Object.hasOwn(from, name) ? from[name] : undefined);
  const value = own(entities) ?? own(context);
  return typeof value === "string" || typeof value === "number" ? value : null;
}

/** Where an order is goes by the last digit of its number, so that any number can be tried: every state has its digits. */
type OrderState = "delivered" | "on its way" | "in the warehouse" | "delayed";

function orderIs(state: OrderState) {
  return (facts: Facts): boolean => {
    const last = Number(String(factOf(facts, "order_id") ?? "").at(-1));
    if (last <= 3) return state === "delivered";
    if (last <= 6) return state === "on its way";
    return state === (last === 9 ? "delayed" : "in the warehouse");
  };
}

/** The flows of the practice bot. One is not deployed, one breaks half-way, and one is slow, all three on purpose. */
export const shopFlows: readonly Flow[] = [
  flow(
    "flow_greeting",
    when(known("customer_name"), say("Hello {customer_name}, good to see you again. What can I do for you?")),
    say("Hello and welcome to the shop. What can I do for you?"),
  ),
  flow("flow_goodbye", say("You are welcome. Have a good day.")),
  flow("flow_fallback", say("I did not quite get that. You can ask me about orders, returns, bills, products and our shops.")),
  flow(
    "flow_order_status",
    askOrder,
    when(orderIs("delivered"), say("Order {order_id} was delivered and signed for. Please ask your neighbours if you cannot find it.")),
    when(orderIs("on its way"), say("Order {order_id} is on its way and arrives within two days.")),
    when(orderIs("delayed"), say("Order {order_id} is delayed, and I am sorry for that. Let us find a day that suits you."), go("flow_delivery")),
    say("Order {order_id} is being packed and leaves our warehouse tonight."),
  ),
  flow(
    "flow_cancel_order",
    askOrder,
    when(unknownCaller, say("I can cancel order {order_id} once I know who you are."), go("flow_identify")),
    when(orderIs("delivered"), say("Order {order_id} has already been delivered, so it can only be returned."), go("flow_returns")),
    when(orderIs("on its way"), say("Order {order_id} has already left us. Refuse the parcel at the door and it comes back to us free of charge.")),
    say("Order {order_id} is cancelled. Nothing will be charged."),
  ),
  flow(
    "flow_identify",
    when(known("email"), say("I have sent a code to {email}. Please tell me the six digits.")),
    say("Please tell me the e-mail address of your account, and I will send you a code."),
  ),
  flow(
    "flow_returns",
    when(known("product"), say("You can return the {product} within thirty days. I have made a return label for it.")),
    say("You can return anything within thirty days. I have made a return label for you."),
  ),
  flow("flow_refund", askOrder, say("The refund for order {order_id} was sent to your bank. It takes up to five working days to arrive.")),
  flow(
    "flow_billing",
    say("I am sorry about the trouble with your bill. Let me check the charges on your account."),
    when((facts) => Number(factOf(facts, "amount") ?? 0) >= LARGE_AMOUNT, say("A charge of {amount} has to be looked at by a colleague."), go("flow_escalation")),
    when(known("amount"), say("I have put the charge of {amount} on hold until it is cleared up.")),
    say("How much was charged, and on which day?"),
  ),
  flow(
    "flow_payment",
    say("One moment, I am sending the payment to your bank."),
    // The flow that breaks half-way.
    { kind: "break", code: "PAYMENT_GATEWAY_UNREACHABLE", message: "The payment gateway did not answer in node charge_card." },
  ),
  flow(
    "flow_change_address",
    when(unknownCaller, say("I can change your address once I know who you are."), go("flow_identify")),
    when(known("city"), say("So you are in {city} now. What is the street and the postcode?")),
    say("What is the new address?"),
  ),
  flow(
    "flow_products",
    ask("product", "Which product are you looking for? We sell small and large appliances, lamps and computers."),
    when(known("city"), say("The {product} is in stock in our shop in {city}.")),
    say("The {product} is in stock and can be with you in two days."),
  ),
  flow("flow_stores", ask("city", "In which city is the shop that you would like to visit?"), say("Our shop in {city} is open from Monday to Saturday, nine to eight.")),
  // The flow that is not deployed.
  { ...flow("flow_voucher", say("The voucher {voucher_code} is worth ten per cent. I have put it on your next order.")), deployed: false },
  flow(
    "flow_password",
    when(known("email"), say("I have sent a link to {email}. It lets you choose a new password.")),
    say("Please tell me the e-mail address of your account. I will send you a link for a new password."),
  ),
  // The slow flow.
  {
    ...flow(
      "flow_delivery",
      when(known("date"), say("I have asked the courier to come on {date} instead.")),
      say("On which day should the courier come?"),
    ),
    thinksMs: SLOW_MS,
  },
  flow(
    "flow_warranty",
    when(known("product"), say("The {product} has a warranty of two years. A technician will call you to arrange the repair.")),
    say("All our products have a warranty of two years. Which one needs a repair?"),
  ),
  flow(
    "flow_escalation",
    when(({ context }) => context["tier"] === "gold", say("I am putting you through to your personal adviser.")),
    say("I am connecting you with a colleague. It takes about three minutes."),
  ),
];
