import { MAX_EXPRESSION } from "../../shared/integration.ts";
import type { ProblemWords } from "../documents/found-words.ts";
import type { PathProblem } from "../documents/issue-problem.ts";
import { type DraftConfig, isMap, own, textOf } from "./draft-config.ts";
import { checkExpression } from "./mapping.ts";

/** Whether `extract` is JMESPath that can be used; its length is the schema's matter. */
export function expressionProblems(config: DraftConfig, words: ProblemWords): readonly PathProblem[] {
  const mapping = own(config, "response_mapping");
  const expression = isMap(mapping) ? textOf(mapping, "extract", "") : "";
  if (expression === "" || expression.length > MAX_EXPRESSION) return [];
  const why = checkExpression(expression);
  return why === null ? [] : [{ path: ["config", "response_mapping", "extract"], spot: "value", message: words.expression(why) }];
}
