/**
 * One article of the practice knowledge base. `texts`: what the agent can say, the better first. `asked`: ways in which
 * people come to it, as material for the search index; none of them has to be said for the article to be found.
 */
export interface Article {
  readonly id: string;
  readonly language: "en" | "de" | "es";
  /** "Area · Topic", shown on the card. */
  readonly source: string;
  readonly title: string;
  readonly texts: readonly [string, ...string[]];
  readonly asked: readonly string[];
}
