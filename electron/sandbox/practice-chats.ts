/** A chat of an invented customer: what she writes, line by line, each after an answer to the one before. */
export interface PracticeChat {
  readonly id: string;
  readonly customerName: string;
  readonly lines: readonly [string, ...string[]];
}

/** The practice chats in the order in which they come: the first ones show most in the first minutes. */
export const practiceChats: readonly PracticeChat[] = [
  {
    id: "blocked-card",
    customerName: "Leonie Falk",
    lines: [
      "Hello, my shop card was declined at the till just now and there was a queue behind me",
      "It ends in 4417",
      "The code says 830215",
      "Great, thanks for the quick help. Bye!",
    ],
  },
  {
    id: "late-refund",
    customerName: "Tomasz Brandt",
    lines: [
      "I am still waiting for my refund",
      "It is order ORD-20884",
      "I sent it back on 4 November",
      "All right, I will keep an eye on my account. Thanks, bye",
    ],
  },
  {
    id: "declined-again",
    customerName: "Gordon Pike",
    lines: [
      "This is the third time! You turned down my application for instalments AGAIN and nobody tells me why",
      "So what do I have to do now? I have been a customer for eleven years",
      "Fine. Thank you for being straight with me",
    ],
  },
  {
    id: "moving-house",
    customerName: "Amara Nwosu",
    lines: [
      "Hi there, I have moved house and need to change my address",
      "amara.nwosu@post.example",
      "It says 557190",
      "12 Harbour Lane",
      "Perfect, thanks a lot, bye",
    ],
  },
  {
    id: "wants-a-person",
    customerName: "Ines Carvalho",
    lines: [
      "I do not want to chat with a machine, please get me a real person",
      "Thanks, I can wait. It is about a washing machine that I was billed for twice",
      "The amount was $649 both times",
      "Good, that is all I wanted to know",
    ],
  },
  {
    id: "where-is-it",
    customerName: "Piet Janssen",
    lines: [
      "Where is my order? It should have been here long ago",
      "ORD-77129",
      "Friday would be good",
      "Thank you, bye",
    ],
  },
];
