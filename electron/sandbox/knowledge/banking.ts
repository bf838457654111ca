import type { Article } from "./article.ts";

export const bankingArticles: readonly Article[] = [
  {
    id: "card-lost",
    language: "en",
    source: "Cards · Lost or stolen",
    title: "Card lost or stolen",
    texts: [
      "I am blocking the card right now, so nobody can use it. A new one will be with you in three working days.",
      "Until it arrives you can pay with your phone. Shall I show you how to add the new card?",
    ],
    asked: ["I lost my card", "my debit card was stolen", "I cannot find my credit card", "block my card", "can you send me a new one", "replace my card", "I need a replacement card"],
  },
  {
    id: "card-which",
    language: "en",
    source: "Cards · Which card",
    title: "Card",
    texts: ["Which card is it about, the debit or the credit card? The last four digits are enough, please not the whole number."],
    asked: ["my card", "it is about my debit card", "a question about my credit card"],
  },
  {
    id: "card-fraud",
    language: "en",
    source: "Cards · Unknown transaction",
    title: "Transaction that the customer did not make, fraud",
    texts: [
      "I will stop the card and dispute that transaction with you now. You are not liable for what you did not authorise.",
    ],
    asked: ["there is a transaction I do not recognise", "somebody used my card without permission", "I did not make this payment", "my account was hacked", "fraud on my account", "suspicious charge", "I think I have been scammed"],
  },
  {
    id: "password-reset",
    language: "en",
    source: "Account · Password reset",
    title: "Reset the password, log in again",
    texts: [
      "I am sending a reset link to the phone we have on file. It is valid for ten minutes, I will wait with you.",
      "Choose something you have not used here before. Then you are back in at once.",
    ],
    asked: ["I would like to reset my password", "I forgot my password", "I cannot log in", "locked out of my account", "the login does not work", "I cannot get into my account"],
  },
  {
    id: "transfer-money",
    language: "en",
    source: "Payments · Transfer between accounts",
    title: "Transfer money",
    texts: [
      "I can make the transfer for you. From which account, to which, and how much?",
      "Between your own accounts it is there at once. I will read it back before I send it.",
    ],
    asked: ["I would like to transfer money between my accounts", "move money to savings", "send money to another account", "make a transfer", "wire some money"],
  },
  {
    id: "statement-copy",
    language: "en",
    source: "Account · Statements",
    title: "Statement: copy of the transactions",
    texts: [
      "I can send the statement to your e-mail now, or by post in two days. Which months do you need?",
    ],
    asked: ["I need a statement", "send me my bank statements", "a copy of last month's statement", "list of transactions", "account history for my taxes"],
  },
  {
    id: "balance",
    language: "en",
    source: "Account · Balance",
    title: "Account balance",
    texts: ["I will read you the balance after two security questions. May I start with your date of birth?"],
    asked: ["what is my balance", "how much money is in my account", "check my account balance"],
  },
  {
    id: "appointment",
    language: "en",
    source: "Branch · Appointments",
    title: "Book or move an appointment",
    texts: [
      "I can book that for you. Which day suits you, and would you rather come in the morning or in the afternoon?",
      "You will get a message the day before. You can move the appointment with one tap.",
    ],
    asked: ["I would like to schedule an appointment", "book an appointment with an adviser", "can I come in and see somebody", "move my appointment", "reschedule", "make a meeting at the branch"],
  },
  {
    id: "branch-hours",
    language: "en",
    source: "Branch · Opening hours",
    title: "Branch opening hours",
    texts: ["Which branch is nearest to you? I will tell you today's hours, and when it is quiet there."],
    asked: ["what are your branch hours", "when are you open", "what time do you close", "is the office open on Saturday", "opening times of the local branch"],
  },
  {
    id: "loan-question",
    language: "en",
    source: "Lending · Loans and limits",
    title: "Loan, mortgage or credit limit",
    texts: ["I can run a check that leaves no mark on your record. How much do you have in mind, and over how many years?"],
    asked: ["I need a loan", "mortgage rates", "raise my credit limit", "borrow money", "can I get a loan"],
  },
  {
    id: "order-checks",
    language: "en",
    source: "Account · Cheques",
    title: "Order cheques",
    texts: ["I can order them now. Should they go to the address we have on file?"],
    asked: ["I would like to order checks", "I need a new cheque book", "my checks are running out", "checkbook"],
  },
];
