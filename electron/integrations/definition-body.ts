import { describeValue, didYouMean, type ProblemWords } from "../documents/found-words.ts";
import type { PathProblem } from "../documents/issue-problem.ts";
import { type DraftConfig, isMap, own, textOf } from "./draft-config.ts";

/** What a body mapping may be (contract 4.4): none with GET; `$input` and `transform` together or neither. */
export function bodyProblems(config: DraftConfig, words: ProblemWords): readonly PathProblem[] {
  const mapping = own(config, "request_mapping");
  const body = isMap(mapping) ? own(mapping, "body") : undefined;
  if (body === undefined) return [];
  const path = ["config", "request_mapping", "body"];
  const problems: PathProblem[] = [];
  if (textOf(config, "method", "POST") === "GET") problems.push({ path, spot: "key", message: words.body.onGet });
  if (!isMap(body)) return problems;
  const input = own(body, "$input");
  const transform = own(body, "transform");
  if (input !== undefined) {
    if (input !== "bot.payload") problems.push({ path: [...path, "$input"], spot: "value", message: words.found(describeValue(input, words), "bot.payload") });
    if (transform !== "json_merge") problems.push({ path: [...path, "transform"], spot: "value", message: words.body.withInput(transform === undefined ? words.body.missingOnly : words.body.foundOnly(describeValue(transform, words))) });
  } else if (transform === "json_merge") problems.push({ path: [...path, "$input"], spot: "value", message: words.body.withTransform });
  for (const [key, value] of Object.entries(body)) {
    if (key !== "$input" && key.startsWith("$")) {
      const hint = didYouMean(key, ["$input"], words);
      if (hint !== "") problems.push({ path: [...path, key], spot: "key", message: words.found(words.key(key), `$input${hint}`) });
    }
    problems.push(...nestedInputs(value, [...path, key], words));
  }
  return problems;
}

/** The payload can only be merged into the body as a whole. */
function nestedInputs(value: unknown, path: readonly PropertyKey[], words: ProblemWords): readonly PathProblem[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => nestedInputs(item, [...path, index], words));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]): readonly PathProblem[] =>
    key === "$input" ? [{ path: [...path, key], spot: "key", message: words.body.nested }] : nestedInputs(inner, [...path, key], words),
  );
}
