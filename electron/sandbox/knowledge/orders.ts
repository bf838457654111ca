import type { Article } from "./article.ts";

export const orderArticles: readonly Article[] = [
  {
    id: "late-delivery",
    language: "en",
    source: "Orders · Late delivery",
    title: "Parcel is late or has not arrived",
    texts: [
      "Let me see where your parcel is. If it has not moved for two days, I will send a new one today.",
      "I will message you as soon as the driver has it, so you do not have to wait at home for nothing.",
    ],
    asked: ["my parcel has not arrived", "where is my order", "the delivery is late", "still waiting for my package", "the courier never came", "tracking does not change", "it says delivered but it is not here", "the driver did not ring"],
  },
  {
    id: "damaged-item",
    language: "en",
    source: "Orders · Damaged on arrival",
    title: "Item arrived broken or damaged",
    texts: [
      "I am sorry it arrived like that. I can send a replacement today, or refund it. Which would you like?",
      "You do not have to send photographs. Just keep the box until the courier has picked it up.",
    ],
    asked: ["it arrived broken", "the parcel was damaged", "the screen is cracked", "the box was smashed", "delivered a faulty one", "it came dented"],
  },
  {
    id: "missing-item",
    language: "en",
    source: "Orders · Something missing",
    title: "Item missing from the parcel",
    texts: [
      "I will send the missing piece today at no cost. It should be with you in two days.",
    ],
    asked: ["something was missing from my parcel", "half of the order was not in the box", "incomplete delivery", "only one of the two items came", "you sent only one of those I ordered", "the order was one short"],
  },
  {
    id: "return-item",
    language: "en",
    source: "Returns · Send it back",
    title: "Return or exchange an item",
    texts: [
      "You can return it within thirty days. I am sending the label to your e-mail now, so there is nothing to print at the shop.",
      "Would you rather have it exchanged? Then the new one leaves as soon as the courier scans the old one.",
    ],
    asked: ["I want to return it", "send it back", "wrong size, can I exchange it", "how do I return an item", "it does not fit", "return label"],
  },
  {
    id: "warranty-repair",
    language: "en",
    source: "Returns · Warranty and repair",
    title: "Warranty: device stopped working",
    texts: [
      "It is still under warranty, so the repair is free. I can have it picked up tomorrow between nine and twelve.",
      "If the repair takes more than ten days, you get a new one.",
    ],
    asked: ["it stopped working", "it is broken after half a year", "is this still under warranty", "can it be repaired", "it will not turn on", "my machine is faulty", "it leaks"],
  },
  {
    id: "change-address",
    language: "en",
    source: "Account · Change of address",
    title: "Change of address",
    texts: [
      "Congratulations on the new place. I can change the address now. From which day should it be valid?",
    ],
    asked: ["I moved house", "change my address", "new address", "we are moving to a new flat", "update where you send my post"],
  },
];
