import type { Article } from "./article.ts";

export const connectionArticles: readonly Article[] = [
  {
    id: "internet-outage",
    language: "en",
    source: "Technical · Connection drops",
    title: "Internet is down or keeps dropping",
    texts: [
      "I am testing your line from here. Please leave the router on, this takes less than a minute.",
      "The line is unstable from our side. I will book an engineer and take this week off your bill.",
    ],
    asked: ["my internet is down", "the connection keeps dropping", "wifi cuts out every evening", "no broadband since yesterday", "the router is offline", "I keep getting disconnected"],
  },
  {
    id: "engineer-missed",
    language: "en",
    source: "Field service · Missed visit",
    title: "Engineer did not come to the appointment",
    texts: [
      "I am sorry nobody came. I can give you the first visit tomorrow, and you will have the engineer's own number.",
      "For the missed visit you get a credit. I have added it to your account.",
    ],
    asked: ["the engineer did not turn up", "the technician never showed up", "nobody came to the appointment", "I took a day off and the technician never showed up", "no show again", "he missed the visit", "stayed at home for the installer all day"],
  },
  {
    id: "roaming-bill",
    language: "en",
    source: "Mobile · Roaming",
    title: "Roaming charges after a trip abroad",
    texts: [
      "I see the roaming charges from your trip. I can put the travel pass on it afterwards, which brings them down.",
      "Before the next trip I can switch on a cap, so it stops by itself at twenty.",
    ],
    asked: ["roaming charges", "a huge bill after my holiday", "I was abroad and paid for data", "data overseas was so expensive", "charged for using my phone in another country", "roaming cost me a fortune"],
  },
  {
    id: "upgrade-plan",
    language: "en",
    source: "Sales · Better plan",
    title: "Upgrade to a bigger or faster plan",
    texts: ["Happy to. With what you use, the next plan up is enough. The change takes effect tonight."],
    asked: ["I want to upgrade", "do you have a faster plan", "I need more data", "a bigger plan", "change my plan"],
  },
];
