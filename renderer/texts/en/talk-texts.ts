import type { SentimentDirection } from "../../panel/sentiment-line.ts";
import { plural } from "../plural.ts";

/** About interactions and what is said in them. */
export const talkTexts = {
  interactions: {
    label: "Interactions",
    unnamed: "Unknown customer",
    unknownChannel: "Interaction",
    channels: { voice: "Voice call", chat: "Chat" },
    ended: "Ended",
    endedAgo: (age: string): string => `Ended ${age} ago`,
    newCards: (count: number): string => plural(count, "new suggestion", "new suggestions"),
    all: (count: number, news: number, waiting: number): string =>
      `All ${count} interactions${news === 0 ? "" : `, ${plural(news, "has a new suggestion", "have new suggestions")}`}${waiting === 0 ? "" : `, ${plural(waiting, "waits for you", "wait for you")}`}`,
    queue: (queue: string): string => (/queue/iu.test(queue) ? queue : `${queue} queue`),
  },

  sentiment: {
    directions: { rising: "rising", falling: "falling", steady: "steady" } satisfies Record<SentimentDirection, string>,
    label: (direction: string, score: string): string => `Customer sentiment ${direction}, now ${score}`,
  },

  transcript: {
    label: "Transcript",
    agent: "You",
    customer: "Customer",
    bot: "Bot",
    unknown: "Speaker unknown",
    interim: "still speaking",
    missing: (count: number): string => `${plural(count, "line is", "lines are")} missing here`,
    dropped: (count: number): string => `${plural(count, "older line", "older lines")} no longer shown`,
    latest: "Jump to latest",
    emptyTitle: "Nothing said yet",
    emptyHint: "Each line appears here as it is spoken.",
  },
} as const;
