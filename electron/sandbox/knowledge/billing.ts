import type { Article } from "./article.ts";

export const billingArticles: readonly Article[] = [
  {
    id: "duplicate-charge",
    language: "en",
    source: "Billing · Duplicate charges",
    title: "Charged twice for the same thing",
    texts: [
      "I can see both charges. I will reverse the second one now, and you will have it back in three to five working days.",
      "I will send you a written confirmation of the reversal, so you have something to check against your account.",
    ],
    asked: ["charged twice", "double charge", "billed two times for the same month", "the same amount was taken out twice", "duplicate payment", "you took the money twice", "two charges on my card for one order", "it came out of my account a second time"],
  },
  {
    id: "refund-request",
    language: "en",
    source: "Billing · Refunds",
    title: "Refund: asking for money back",
    texts: [
      "I will open the refund for you now. It goes back the way you paid, usually within five working days.",
      "You will get an e-mail with the refund reference in a few minutes. Is the address on file still right?",
    ],
    asked: ["I want a refund", "I want my money back", "can I be refunded", "please reimburse me", "I want the full amount refunded", "refund the payment", "give me back what I paid", "how do I get my money back", "I would like a refund for that"],
  },
  {
    id: "refund-status",
    language: "en",
    source: "Billing · Refund status",
    title: "Refund is late or has not arrived",
    texts: [
      "Let me look up your refund. If it left us more than five working days ago, I will trace it with the bank today.",
      "I can give you the trace number, so your bank finds the refund on its side as well.",
    ],
    asked: ["where is my refund", "my refund is still missing", "the refund has not arrived", "still waiting for my refund", "my refund is late", "you promised a refund and it never came", "how long until the refund arrives", "refund overdue"],
  },
  {
    id: "goodwill-full-refund",
    language: "en",
    source: "Billing · Goodwill (old wording)",
    title: "Full refund as goodwill",
    // Breaks the usual policy on purpose, so that a newcomer sees what is withheld and that it is said.
    texts: ["Do not worry, I can guarantee full refund of everything you have paid so far."],
    asked: ["I expect a full refund", "refund every penny", "refund the whole amount", "a complete refund", "you owe me the entire money back"],
  },
  {
    id: "bill-explained",
    language: "en",
    source: "Billing · Bill explained",
    title: "Bill is higher than expected",
    texts: [
      "Let us go through the bill line by line. I will tell you for each item what it is and whether it belongs there.",
      "If one of these items should not be there, I will take it off while we are talking.",
    ],
    asked: ["my bill is too high", "why is my bill more than before", "I do not understand this invoice", "the bill went up", "what is this charge on my bill", "an item on the invoice that I did not order", "higher bill this month"],
  },
  {
    id: "late-fee",
    language: "en",
    source: "Billing · Fees",
    title: "Fee or penalty taken off",
    texts: [
      "I can take this fee off once as a courtesy, and I have just done so. It will show on your next statement.",
      "Shall I set up a reminder three days before the due date, so the fee does not come back?",
    ],
    asked: ["you charged me a fee", "take the late fee off", "overdraft fee", "why do I pay a fee", "unfair penalty", "waive the fee", "a service charge nobody told me about", "I was told that the fee would be taken off"],
  },
  {
    id: "pay-bill",
    language: "en",
    source: "Payments · Pay a bill",
    title: "Pay a bill",
    texts: [
      "I can take the bill payment right now. Which company is it for, and what amount?",
      "You will get a confirmation number as soon as the payment has gone through.",
    ],
    asked: ["I would like to pay a bill", "pay my electricity bill", "make a payment for an invoice", "settle my bill over the phone", "pay the gas company", "bill payment"],
  },
  {
    id: "payment-plan",
    language: "en",
    source: "Payments · Payment plan",
    title: "Cannot pay now: instalments or more time",
    texts: [
      "Thank you for telling me. We can spread this over three or six months with no extra cost. Which would be easier?",
      "While the plan runs, no reminder and no late fee will be sent to you.",
    ],
    asked: ["I cannot pay this month", "can I pay in instalments", "I need more time to pay", "I lost my job and money is tight", "spread the payment", "payment extension", "pay later"],
  },
  {
    id: "price-increase",
    language: "en",
    source: "Retention · Price increase",
    title: "Price went up, service too expensive",
    texts: [
      "I understand, that is a noticeable step. Let me see which plan gives you the same for less.",
      "There is a loyalty rate that holds your old price for twelve months. I can apply it today.",
    ],
    asked: ["you put up the price", "it is too expensive", "the price went up again", "others are cheaper", "I cannot afford this any more", "why does it cost more now", "price increase"],
  },
  {
    id: "promotion-missing",
    language: "en",
    source: "Billing · Discounts",
    title: "Discount or voucher not applied",
    texts: [
      "I see that the discount is missing. I will add it by hand and correct this month's amount as well.",
    ],
    asked: ["the voucher code does not work", "my discount was not applied", "promo code missing", "I was promised a discount", "coupon is not accepted"],
  },
];
