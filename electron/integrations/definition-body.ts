import { describeValue, didYouMean } from "../documents/found-words.ts";
import type { PathProblem } from "../documents/issue-problem.ts";
import { type DraftConfig, isMap, own, textOf } from "./draft-config.ts";

/** What a body mapping may be (contract 4.4): none with GET; `$input` and `transform` together or neither. */
export function bodyProblems(config: DraftConfig): readonly PathProblem[] {
  const mapping = own(config, "request_mapping");
  const body = isMap(mapping) ? own(mapping, "body") : undefined;
  if (body === undefined) return [];
  const path = ["config", "request_mapping", "body"];
  const problems: PathProblem[] = [];
  if (textOf(config, "method", "POST") === "GET") problems.push({ path, spot: "key", message: "found a body mapping on GET; allowed: none with GET, or another method" });
  if (!isMap(body)) return problems;
  const input = own(body, "$input");
  const transform = own(body, "transform");
  if (input !== undefined) {
    if (input !== "bot.payload") problems.push({ path: [...path, "$input"], spot: "value", message: `found ${describeValue(input)}; allowed: bot.payload` });
    if (transform !== "json_merge") problems.push({ path: [...path, "transform"], spot: "value", message: `${transform === undefined ? "missing" : `found ${describeValue(transform)}`}; allowed with $input: json_merge` });
  } else if (transform === "json_merge") problems.push({ path: [...path, "$input"], spot: "value", message: "missing; allowed with transform json_merge: bot.payload" });
  for (const [key, value] of Object.entries(body)) {
    if (key !== "$input" && key.startsWith("$")) {
      const hint = didYouMean(key, ["$input"]);
      if (hint !== "") problems.push({ path: [...path, key], spot: "key", message: `found the key ${key}; allowed: $input${hint}` });
    }
    problems.push(...nestedInputs(value, [...path, key]));
  }
  return problems;
}

/** The payload can only be merged into the body as a whole. */
function nestedInputs(value: unknown, path: readonly PropertyKey[]): readonly PathProblem[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => nestedInputs(item, [...path, index]));
  if (!isMap(value)) return [];
  return Object.entries(value).flatMap(([key, inner]): readonly PathProblem[] =>
    key === "$input" ? [{ path: [...path, key], spot: "key", message: "found $input within the body; allowed: only at its top, request_mapping.body.$input" }] : nestedInputs(inner, [...path, key]),
  );
}
