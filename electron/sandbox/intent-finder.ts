import { createArticleIndex } from "./article-index.ts";
import { shopEnglish } from "./language/shop-english.ts";
import type { Entity } from "./shop/entity.ts";
import type { Intent } from "./shop/intent.ts";
import { createTextAnalyser } from "./text-analyser.ts";

/** An intent with the bot's certainty, 0 to 1, that it is meant. */
interface RankedIntent {
  readonly intent: Intent;
  readonly score: number;
}

/** Ranks what somebody may want. */
export interface IntentFinder {
  /** Best first, and nothing where no matter is spoken of; small talk comes last where there is a matter beside it that is certain enough on its own. */
  rank(text: string): readonly RankedIntent[];
}

/**
 * Ranks `intents` by the phrases that they are asked for with, as the articles of the other bot are ranked. `prepare`
 * takes the forms out of a text; the names of list entities stand for their kind, in the phrases as in what is said.
 * `enough`: from which certainty a matter takes the place of small talk.
 */
export function createIntentFinder(options: {
  readonly intents: readonly Intent[];
  readonly entities: readonly Entity[];
  readonly prepare: (text: string) => string;
  readonly enough: number;
}): IntentFinder {
  const { prepare, enough } = options;
  const names = options.entities.flatMap((entity) => (entity.kind === "list" ? [[entity.name, ...entity.rows.flat()]] : []));
  const analyser = createTextAnalyser({ ...shopEnglish, synonyms: [...names, ...shopEnglish.synonyms] });
  const index = createArticleIndex(
    options.intents.map((intent) => ({ ...intent, asked: intent.asked.map(prepare) })),
    analyser,
  );
  const circumstances = new Set(
    options.entities.filter((entity) => entity.circumstance).map((entity) => (entity.kind === "list" ? entity.name : entity.standsFor)),
  );
  return {
    rank(text) {
      if (index.knownIdeas(prepare(text)).every((idea) => circumstances.has(idea))) return [];
      const ranked = index.rank(prepare(text), 0).map(({ article, confidence }) => ({ intent: article, score: confidence }));
      const matters = ranked.filter(({ intent, score }) => !intent.smallTalk && score >= enough);
      return matters.length === 0 ? ranked : [...matters, ...ranked.filter((one) => !matters.includes(one))];
    },
  };
}
