import type { IntegrationDefinition, JsonValue } from "../../shared/integration.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { isJsonMap, kindWords } from "./mapping-arguments.ts";
import { evaluate, type ExpressionNode } from "./mapping-evaluate.ts";
import { compileExpression } from "./mapping-expression.ts";
import type { MappingFault } from "./mapping-fault.ts";
import { normalize } from "./mapping-normalize.ts";
import { createWork, ExpressionStop, measureJson } from "./mapping-work.ts";
import { mergePatch } from "./merge-patch.ts";

/** What a response mapping makes of a body (contract 4.4): what the expression found, and that in its normal form. */
export interface MappedResponse {
  readonly extracted: JsonValue;
  readonly normalized: JsonValue;
}

/** Maps a reply. */
export type MapResponse = (body: JsonValue, mapping: IntegrationDefinition["config"]["response_mapping"]) => Result<MappedResponse, MappingFault>;
/** The body of a request, from the bot's payload; null where the mapping has none. */
export type MapRequest = (payload: JsonValue, config: IntegrationDefinition["config"]) => Result<JsonValue | null, MappingFault>;

/** What `extract` is unless somebody says otherwise. */
const WHOLE_BODY = "*";
const MAX_PATH = 200;
const INPUT = "bot.payload";
const MERGE = "json_merge";

/** Why an expression cannot be used, in words with the column where there is one; null where it can. It never throws. */
export function checkExpression(expression: string): string | null {
  if (expression.trim() === WHOLE_BODY) return null;
  const compiled = compileExpression(expression);
  return compiled.ok ? null : compiled.error;
}

/**
 * Applies a response mapping to a reply (contract 4.4). `extract` is JMESPath; what finds nothing is a fault that names
 * the path, and so is what cannot be used or takes too long (`mapping-work.ts`).
 *
 * **`*` alone, the default, is the whole reply**, also where that is empty. In JMESPath it would be the values of an object without
 * their keys, and nothing at all for a list, which nobody wants who has not asked for it; `values(@)` gives just that.
 *
 * What is given may share parts with `body`. It never throws.
 */
export const mapResponse: MapResponse = (body, mapping) => {
  const extracted = extract(body, mapping.extract);
  if (!extracted.ok) return extracted;
  const normalized = normalize(extracted.value, mapping.normalize);
  return normalized.ok ? ok({ extracted: extracted.value, normalized: normalized.value }) : normalized;
};

/**
 * The body of a request (contract 4.4). With `$input` and `transform` in the mapping's body the bot's payload is merged
 * into the other keys (RFC 7396); a payload of null merges nothing, one that is no object is sent as it is where there are
 * no other keys, and is a fault where there are, since it would replace them. It never throws.
 */
export const mapRequest: MapRequest = (payload, { request_mapping: { body } }) => {
  if (body === undefined) return ok(null);
  const { $input: input, transform, ...others } = body;
  if (input === undefined) return ok(body);
  if (input !== INPUT) return refused("$input", `found ${kindWords(input)}; allowed is "${INPUT}"`);
  if (transform !== MERGE) return refused("transform", `found ${kindWords(transform ?? null)}; allowed is "${MERGE}"`);
  if (payload === null) return ok(others);
  if (!isJsonMap(payload) && Object.keys(others).length > 0) {
    return refused("$input", `the payload is ${kindWords(payload)}; allowed is an object, which can be merged into the other keys`);
  }
  return stopped("$input", () => {
    measureJson(payload, createWork());
    return ok(mergePatch(others, payload));
  });
};

function refused(key: string, message: string): Result<never, MappingFault> {
  return err({ path: `config.request_mapping.body.${key}`, message });
}

function extract(body: JsonValue, expression: string): Result<JsonValue, MappingFault> {
  const path = expression.length > MAX_PATH ? `${expression.slice(0, MAX_PATH)}…` : expression;
  const work = createWork();
  if (expression.trim() === WHOLE_BODY) {
    return stopped(path, () => {
      measureJson(body, work);
      return ok(body);
    });
  }
  const compiled = compileExpression(expression);
  if (!compiled.ok) return err({ path, message: `${path}: ${compiled.error}` });
  return stopped(path, () => {
    const found = evaluate(compiled.value, body, work);
    if (found === null) return err({ path, message: `${path} finds nothing in the reply${missingWords(compiled.value, body)}` });
    measureJson(found, work);
    return ok(found);
  });
}

/** Runs `attempt`; what it stops for becomes a fault. */
function stopped<T>(path: string, attempt: () => Result<T, MappingFault>): Result<T, MappingFault> {
  try {
    return attempt();
  } catch (error) {
    if (error instanceof ExpressionStop) return err({ path, message: `${path}: ${error.message}` });
    // Of the stack, or of a text: both are bounded by the engine, not by us.
    if (error instanceof RangeError) return err({ path, message: `${path}: the data is too deep or too large for it` });
    throw error;
  }
}

/** Which step of a plain path is the first to find nothing; empty where that says no more than the path itself. */
function missingWords(tree: ExpressionNode, body: JsonValue): string {
  const steps = stepsOf(tree);
  if (steps === null || steps.length < 2) return "";
  let value: JsonValue = body;
  for (const [index, { node, text }] of steps.entries()) {
    const next = evaluate(node, value, createWork());
    if (next === null) {
      const before = steps.slice(0, index).map((step) => step.text).join("");
      return index === 0 ? `: there is no ${text}` : `: ${before} is ${kindWords(value)} without ${text.replace(/^\./u, "")}`;
    }
    value = next;
  }
  return "";
}

interface Step {
  readonly node: ExpressionNode;
  readonly text: string;
}

/** The fields and places of a path such as `data.orders[0].id`; null where it is more than that. */
function stepsOf(node: ExpressionNode): readonly Step[] | null {
  if (node.type === "Field") return [{ node, text: node.name }];
  if (node.type === "Index") return [{ node, text: `[${node.value}]` }];
  if (node.type !== "Subexpression" && node.type !== "IndexExpression") return null;
  if (node.left.type === "Identity") return stepsOf(node.right);
  const [left, right] = [stepsOf(node.left), stepsOf(node.right)];
  if (left === null || right === null) return null;
  return [...left, ...right.map((step, index) => (index === 0 && step.node.type === "Field" ? { ...step, text: `.${step.text}` } : step))];
}
