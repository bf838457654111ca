import MiniSearch from "minisearch";
import type { TextAnalyser } from "./text-analyser.ts";

/** What the index needs of an article, or of anything else that people come to in their own words. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  /** What is said in reply; it counts a little. */
  readonly texts: readonly string[];
  /** Ways in which people come to it. */
  readonly asked: readonly string[];
}

/** An article with the share of certainty, 0 to 1, that it is what was asked for. */
interface Hit<T extends Topic> {
  readonly article: T;
  readonly confidence: number;
}

/** The searchable articles of one language. */
export interface ArticleIndex<T extends Topic> {
  readonly analyser: TextAnalyser;
  /** Best first. `upset` (0 to 1) is how strongly ill temper is part of the question although no word may say so. */
  rank(text: string, upset: number): readonly Hit<T>[];
  /** The ideas of `text` that occur in the articles. */
  knownIdeas(text: string): readonly string[];
}

/** BM25+: term frequency saturates early (an idea counts once it is there), length matters little. */
const BM25 = { k: 0.9, b: 0.4, d: 0.5 };
const FIELD_BOOST = { title: 2, asked: 1, said: 0.2 };
/** What remains of a perfect fit when the article covers nearly nothing of a long question; the same against the best hit's rank. */
const NARROWEST = 0.76;
const LOWEST_RANK = 0.88;
/** One common idea is some evidence; three are nearly proof. Half of the doubt goes with every EVIDENCE of weight. */
const LEAST_EVIDENCE = 0.8;
const EVIDENCE = 1.9;
/** A word that no article knows says that the talk may be of something else, but not much. */
const UNKNOWN_WEIGHT = 0.22;

/**
 * Indexes `articles`. How confidence comes about, each idea weighed by its rarity (inverse document frequency):
 * fit = the share of the closest way of asking that was really said, so "refund" alone does not fit "the refund is late";
 * focus = the share of the question's ideas that the article covers; rank = BM25+ score against the best one's;
 * evidence = 1 - 2^(-weight of what was covered / 1.9).
 * confidence = fit * (0.76 + 0.24 focus) * (0.88 + 0.12 rank) * (0.8 + 0.2 evidence). It does not depend on who asks, or where.
 */
export function createArticleIndex<T extends Topic>(articles: readonly T[], analyser: TextAnalyser): ArticleIndex<T> {
  const byId = new Map(articles.map((article) => [article.id, article]));
  const search = new MiniSearch<IndexedArticle>({
    fields: ["title", "asked", "said"],
    tokenize: (text) => [...analyser.ideas(text)],
    processTerm: (idea) => idea,
  });
  search.addAll(articles.map(indexedForm));
  const ways = new Map(
    articles.map((article) => [
      article.id,
      [article.title, ...article.asked].map((way) => new Set(analyser.ideas(way))).filter((way) => way.size > 0),
    ]),
  );
  const covered = new Map([...ways].map(([id, sets]) => [id, new Set(sets.flatMap((set) => [...set]))]));
  const rarity = rarities([...covered.values()]);

  const weigh = (ideas: Iterable<string>, strength: (idea: string) => number): number => {
    let sum = 0;
    for (const idea of ideas) sum += (rarity.get(idea) ?? 0) * strength(idea);
    return sum;
  };

  const rank: ArticleIndex<T>["rank"] = (text, upset) => {
    const asked = new Map<string, number>();
    let unknown = 0;
    for (const idea of analyser.ideas(text)) {
      if (rarity.has(idea)) asked.set(idea, 1);
      else unknown += UNKNOWN_WEIGHT;
    }
    // Tone that no word tells of brings in the articles on tone, without taking from those on the matter itself.
    const unspoken = upset > 0 && !asked.has(analyser.upset);
    if (unspoken) asked.set(analyser.upset, upset);
    if (asked.size === 0) return [];
    const strength = (idea: string): number => asked.get(idea) ?? 0;
    const total = weigh(asked.keys(), strength);
    const toneWeight = unspoken ? weigh([analyser.upset], strength) : 0;
    const results = search.search([...asked.keys()].join(" "), {
      tokenize: (joined) => joined.split(" "),
      boost: FIELD_BOOST,
      bm25: BM25,
      boostTerm: strength,
    });
    const best = results[0]?.score ?? 1;
    const hits: Hit<T>[] = [];
    for (const result of results) {
      const article = byId.get(String(result.id));
      if (article === undefined) continue;
      const fit = (ways.get(article.id) ?? []).reduce(
        (most, way) => Math.max(most, weigh(way, strength) / weigh(way, () => 1)),
        0,
      );
      const mine = covered.get(article.id) ?? new Set();
      const matched = weigh([...asked.keys()].filter((idea) => mine.has(idea)), strength);
      const confidence =
        fit *
        between(NARROWEST, matched / (total + unknown - (mine.has(analyser.upset) ? 0 : toneWeight))) *
        between(LOWEST_RANK, result.score / best) *
        between(LEAST_EVIDENCE, 1 - 2 ** (-matched / EVIDENCE));
      hits.push({ article, confidence });
    }
    return hits.toSorted((a, b) => b.confidence - a.confidence);
  };

  return { analyser, rank, knownIdeas: (text) => analyser.ideas(text).filter((idea) => rarity.has(idea)) };
}

/** From `least` (at share 0) to 1 (at share 1). */
function between(least: number, share: number): number {
  return least + (1 - least) * share;
}

interface IndexedArticle {
  readonly id: string;
  readonly title: string;
  readonly asked: string;
  readonly said: string;
}

function indexedForm(article: Topic): IndexedArticle {
  return { id: article.id, title: article.title, asked: article.asked.join(". "), said: article.texts.join(" ") };
}

function rarities(documents: readonly ReadonlySet<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const ideas of documents) for (const idea of ideas) counts.set(idea, (counts.get(idea) ?? 0) + 1);
  return new Map([...counts].map(([idea, count]) => [idea, Math.log(1 + (documents.length - count + 0.5) / (count + 0.5))]));
}
