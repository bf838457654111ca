import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import type { ConfigProblem } from "./config-problem.ts";
import { schemaNode } from "./describe-value.ts";
import { configJsonSchema } from "./json-schema.ts";
import type { Override } from "./overrides.ts";

/**
 * Reads the values of `--set`, each `assist.minConfidence=0.8`: a JSON value, or else text. What looks like a number or a
 * word of JSON is still text where the key takes text. Gives the overrides, or every flag that is no KEY=VALUE.
 */
export function flagOverrides(sets: readonly string[]): Result<readonly Override[], readonly ConfigProblem[]> {
  if (sets.length === 0) return ok([]);
  const schema = configJsonSchema();
  const overrides: Override[] = [];
  const problems: ConfigProblem[] = [];
  for (const set of sets) {
    const split = /^([^=\s]+)=(.*)$/s.exec(set);
    const name = split?.[1];
    if (name === undefined || name.split(".").includes("")) {
      // Its text is not repeated: whatever was meant, it may hold a secret.
      problems.push({ path: "", found: "a text without KEY=VALUE", allowed: "--set KEY=VALUE, such as --set assist.minConfidence=0.8", source: "flag", origin: "--set" });
      continue;
    }
    const path = name.split(".");
    const takesText = schemaNode(schema, path)?.type === "string";
    overrides.push({ path, value: readValue(split?.[2] ?? "", takesText), source: "flag", origin: `--set ${name}` });
  }
  return problems.length === 0 ? ok(overrides) : err(problems);
}

function readValue(text: string, takesText: boolean): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return takesText && typeof value !== "string" ? text : value;
  } catch {
    return text;
  }
}
