import { z } from "zod";
import { createArticleIndex, type ArticleIndex } from "./article-index.ts";
import type { Article } from "./knowledge/article.ts";
import { english } from "./language/english.ts";
import { german } from "./language/german.ts";
import { spanish } from "./language/spanish.ts";
import { createTextAnalyser } from "./text-analyser.ts";

/** The body of a suggest request (contract 2.3), as the platform insists on it. */
export const questionSchema = z.object({
  interactionId: z.string().min(1),
  transcript: z.string(),
  sentimentScore: z.number().min(-1).max(1),
  context: z.record(z.string(), z.unknown()).default({}),
});

type Question = z.infer<typeof questionSchema>;

/** One suggestion of the reply (contract 2.3). */
export interface Recommendation {
  readonly text: string;
  readonly confidence: number;
  readonly source: string;
}

/** What the practice platform recommends. */
export interface Bot {
  /** At most five, best first; weak ones are among them, for the caller's policy to judge. */
  suggest(question: Question): readonly Recommendation[];
}

const MOST = 5;
const WEAKEST = 0.5;
/** Below this score the tone itself is part of the question; at CLEARLY_UPSET it counts like a spoken word. */
const MILDLY_UPSET = -0.3;
const CLEARLY_UPSET = -0.5;
/** The best article's second text is a follow-up, so it comes a little later than the first. */
const FOLLOW_UP = 0.93;

/**
 * A small bot over `articles`: it guesses the language, ranks by what was said and how it was said, and knows nothing
 * of calls or lines.
 */
export function createBot(articles: readonly Article[]): Bot {
  const indexes = [english, german, spanish].map((words) =>
    createArticleIndex(
      articles.filter((article) => article.language === words.language),
      createTextAnalyser(words),
    ),
  );
  return {
    suggest(question) {
      const index = closestLanguage(indexes, question);
      if (index === undefined) return [];
      const hits = index.rank(question.transcript, upsetShare(question.sentimentScore));
      const found = hits.flatMap(({ article, confidence }, place) =>
        article.texts.slice(0, place === 0 ? 2 : 1).map((text, step) => ({
          text,
          confidence: rounded(step === 0 ? confidence : confidence * FOLLOW_UP),
          source: article.source,
        })),
      );
      return found
        .filter((one) => one.confidence >= WEAKEST)
        .toSorted((a, b) => b.confidence - a.confidence)
        .slice(0, MOST);
    },
  };
}

/** By everyday words and known ideas; what the context says of the language settles short lines. */
function closestLanguage(indexes: readonly ArticleIndex<Article>[], question: Question): ArticleIndex<Article> | undefined {
  const told = question.context["language"];
  const scored = indexes.map((index) => ({
    index,
    score:
      index.analyser.everydayWords(question.transcript) +
      2 * index.knownIdeas(question.transcript).length +
      (typeof told === "string" && told.toLowerCase().startsWith(index.analyser.language) ? 1.5 : 0),
  }));
  return scored.toSorted((a, b) => b.score - a.score)[0]?.index;
}

function upsetShare(score: number): number {
  if (score >= MILDLY_UPSET) return 0;
  const depth = Math.min(1, (MILDLY_UPSET - score) / (MILDLY_UPSET - CLEARLY_UPSET));
  return 0.6 + 0.4 * depth;
}

function rounded(confidence: number): number {
  return Math.round(confidence * 100) / 100;
}
