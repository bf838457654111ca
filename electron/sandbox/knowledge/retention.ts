import type { Article } from "./article.ts";

export const retentionArticles: readonly Article[] = [
  {
    id: "cancel-first-response",
    language: "en",
    source: "Retention · First response",
    title: "Cancel: customer wants to leave",
    texts: [
      "Before you decide, may I check which plan would fit you better now?",
      "I can also pause the contract for up to three months, so you do not pay while you think it over.",
    ],
    asked: ["I want to cancel", "cancel my subscription", "I would like to end my contract", "close my account", "I am switching to another provider", "get rid of it", "how do I cancel", "I would rather cancel the whole thing", "stop my membership", "terminate the contract", "please end my subscription"],
  },
  {
    id: "cancel-terms",
    language: "en",
    source: "Retention · Notice period",
    title: "Cancellation: notice period and last day",
    texts: [
      "Your notice period is one month, so the last day would be the end of next month. I will confirm that in writing.",
    ],
    asked: ["what is the notice period for cancellation", "when does my contract run out", "what do I pay to get out of the contract early", "cancellation fee", "how long am I tied to the contract", "end date of my subscription"],
  },
  {
    id: "cancel-order",
    language: "en",
    source: "Orders · Cancel an order",
    title: "Cancel an order that is on its way",
    texts: [
      "I can stop the order as long as it has not left the warehouse. Let me check that this second.",
      "If it is already on its way, refuse it at the door and the refund starts by itself.",
    ],
    asked: ["cancel my order", "I ordered by mistake, stop the parcel", "stop the delivery", "can I still cancel the delivery", "I do not want the order any more"],
  },
  {
    id: "complaint-intake",
    language: "en",
    source: "Complaints · Taking a complaint",
    title: "Complaint: customer wants to complain formally",
    texts: [
      "I am sorry it came to this. I will record your complaint word for word and give you its number before we end the call.",
      "You will hear from a named person within two working days. Which way should we reach you?",
    ],
    asked: ["I want to make a complaint", "file a formal complaint", "I am going to complain", "put this on record", "where can I complain about this", "a complaint about your driver", "this is a complaint", "I will write to the ombudsman"],
  },
  {
    id: "complaint-status",
    language: "en",
    source: "Complaints · Status",
    title: "Complaint has had no answer",
    texts: [
      "You should have had an answer by now. I will look at your complaint with you and tell you exactly where it stands.",
    ],
    asked: ["nobody answered my complaint", "I complained weeks ago and got no answer", "no answer, what happened to my complaint", "still waiting for an answer to my complaint"],
  },
  {
    id: "escalate-supervisor",
    language: "en",
    source: "Escalation · Supervisor",
    title: "Escalate: customer asks for a supervisor or manager",
    texts: [
      "I will get my supervisor on the line. I will tell them everything first, so you do not have to repeat yourself.",
      "If they are busy, they will ring you back within the hour. Is this the best number for you?",
    ],
    asked: ["I want to speak to your supervisor", "get me a manager", "escalate this", "let me talk to someone in charge", "is there somebody above you", "put me through to your boss", "this needs to be escalated"],
  },
  {
    id: "legal-threat",
    language: "en",
    source: "Escalation · Legal wording",
    title: "Customer mentions a lawyer or court",
    texts: [
      "I take that seriously. I will pass this to our resolution team today, and a named person will write to you.",
    ],
    asked: ["you will hear from my lawyer", "I will take you to court", "I am going to sue", "my solicitor", "trading standards"],
  },
  {
    id: "empathy-anger",
    language: "en",
    source: "Empathy · Upset customer",
    title: "Customer is angry or frustrated",
    texts: [
      "I understand that this is frustrating. Let us go through it step by step, and I will stay with you until it is solved.",
      "You are right to be upset about that. Here is what I can do for you right now.",
    ],
    asked: ["this is ridiculous", "I am furious", "really frustrated", "it is unacceptable", "I am fed up with this", "I am so disappointed", "what a joke", "this has been a nightmare", "so angry"],
  },
  {
    id: "empathy-repeat",
    language: "en",
    source: "Empathy · Said it before",
    title: "Customer has to explain everything again",
    texts: [
      "You have told this story often enough. I have the notes in front of me, so let me say what I know and you correct me.",
    ],
    asked: ["I have explained this three times", "every time I have to start again", "I keep repeating myself", "passed around from one to the next", "same story over and over", "angry about repeating it again"],
  },
  {
    id: "empathy-wait",
    language: "en",
    source: "Empathy · Long wait",
    title: "Customer waited a long time on hold",
    texts: [
      "Thank you for holding on for so long, that is not how it should be. I will make this call count.",
    ],
    asked: ["I have been waiting for an hour", "on hold for forty minutes", "sat here in the queue", "I waited and nobody answered", "angry after waiting so long"],
  },
  {
    id: "broken-promise",
    language: "en",
    source: "Empathy · Broken promise",
    title: "We promised something and did not do it",
    texts: [
      "I am sorry. You were promised something and it was not done. I will do it now, while you are on the line.",
    ],
    asked: ["you promised me", "I was told it would be done", "they said somebody would ring me back", "that was agreed", "I was assured", "another broken promise"],
  },
];
