import type { Article } from "./knowledge/article.ts";
import { bankingArticles } from "./knowledge/banking.ts";
import { billingArticles } from "./knowledge/billing.ts";
import { connectionArticles } from "./knowledge/connection.ts";
import { germanArticles } from "./knowledge/german.ts";
import { orderArticles } from "./knowledge/orders.ts";
import { retentionArticles } from "./knowledge/retention.ts";
import { spanishArticles } from "./knowledge/spanish.ts";

/** Everything that the practice bot can recommend. Ids are unique. */
export const practiceArticles: readonly Article[] = [
  ...billingArticles,
  ...retentionArticles,
  ...orderArticles,
  ...connectionArticles,
  ...bankingArticles,
  ...germanArticles,
  ...spanishArticles,
];
