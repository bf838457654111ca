import type { compile } from "@jmespath-community/jmespath";
import { assertNever } from "../../shared/assert-never.ts";
import type { JsonValue } from "../../shared/integration.ts";
import { type Argument, isJsonMap, kindWords } from "./mapping-arguments.ts";
import { callFunction } from "./mapping-functions.ts";
import { ExpressionStop, sameJson, textSteps, type Work } from "./mapping-work.ts";

export type ExpressionNode = ReturnType<typeof compile>;

/** The variables of `let`, innermost last. */
type Scope = ReadonlyMap<string, JsonValue>;

const NO_VARIABLES: Scope = new Map();

/**
 * What an expression that was checked finds in a body; null where that is nothing. Throws {@link ExpressionStop}.
 *
 * The library reads expressions, but it is not let near data: it finds inherited names (`constructor`), and a short
 * expression can keep it busy, or make it grow, without end. Here only own keys are found, each step is paid for, and what
 * objects are made take any key, `__proto__` too, as one of their own.
 */
export function evaluate(tree: ExpressionNode, body: JsonValue, work: Work): JsonValue {
  const each = (items: readonly JsonValue[], right: ExpressionNode, scope: Scope): JsonValue => {
    work.spend(items.length);
    const found: JsonValue[] = [];
    for (const item of items) {
      const value = visit(right, item, scope);
      if (value !== null) found.push(value);
    }
    return found;
  };

  const visit = (node: ExpressionNode, value: JsonValue, scope: Scope): JsonValue => {
    work.spend(1);
    switch (node.type) {
      case "Field":
        return isJsonMap(value) && Object.hasOwn(value, node.name) ? (value[node.name] ?? null) : null;
      case "Subexpression": {
        const left = visit(node.left, value, scope);
        return left === null ? null : visit(node.right, left, scope);
      }
      case "IndexExpression":
      case "Pipe":
        return visit(node.right, visit(node.left, value, scope), scope);
      case "Index":
        return Array.isArray(value) ? (value.at(node.value) ?? null) : null;
      case "Slice":
        return slice(value, node, work);
      case "Projection": {
        const base = visit(node.left, value, scope);
        const ofText = node.left.type === "IndexExpression" && node.left.right.type === "Slice";
        if (ofText && typeof base === "string") return visit(node.right, base, scope);
        return Array.isArray(base) ? each(base, node.right, scope) : null;
      }
      case "ValueProjection": {
        const base = visit(node.left, value, scope);
        return isJsonMap(base) ? each(Object.values(base), node.right, scope) : null;
      }
      case "FilterProjection": {
        const base = visit(node.left, value, scope);
        if (!Array.isArray(base)) return null;
        const kept = base.filter((item) => !isFalse(visit(node.condition, item, scope)));
        return each(kept, node.right, scope);
      }
      case "Flatten": {
        const base = visit(node.child, value, scope);
        if (!Array.isArray(base)) return null;
        work.spend(base.reduce<number>((count, item) => count + (Array.isArray(item) ? item.length : 1), 0));
        return base.flat();
      }
      case "MultiSelectList":
        return node.children.map((child) => visit(child, value, scope));
      case "MultiSelectHash":
        return Object.fromEntries(node.children.map((child) => [child.name, visit(child.value, value, scope)]));
      case "OrExpression": {
        const left = visit(node.left, value, scope);
        return isFalse(left) ? visit(node.right, value, scope) : left;
      }
      case "AndExpression": {
        const left = visit(node.left, value, scope);
        return isFalse(left) ? left : visit(node.right, value, scope);
      }
      case "NotExpression":
        return isFalse(visit(node.child, value, scope));
      case "Ternary":
        return visit(isFalse(visit(node.condition, value, scope)) ? node.falseExpr : node.trueExpr, value, scope);
      case "Comparator":
        return compare(node.name, visit(node.left, value, scope), visit(node.right, value, scope), work);
      case "Arithmetic":
        return calculate(node.operator, visit(node.left, value, scope), visit(node.right, value, scope));
      case "Unary":
        return node.operator === "Minus" ? -numberOf("-", visit(node.operand, value, scope)) : numberOf("+", visit(node.operand, value, scope));
      case "LetExpression": {
        const inner = new Map(scope);
        for (const { variable, reference } of node.bindings) inner.set(variable, visit(reference, value, scope));
        return visit(node.expression, value, inner);
      }
      case "Variable": {
        const found = scope.get(node.name);
        if (found === undefined) throw new ExpressionStop(`nothing has been bound to $${node.name}`);
        return found;
      }
      case "Function": {
        const given = node.children.map((child): Argument => {
          if (child.type !== "ExpressionReference") return visit(child, value, scope);
          const { child: inner } = child;
          return (item) => visit(inner, item, scope);
        });
        return callFunction(node.name, given, work);
      }
      case "Literal":
        return node.value;
      case "Root":
        return body;
      case "Current":
      case "Identity":
        return value;
      case "ExpressionReference":
      case "Binding":
        // Refused where an expression is compiled.
        throw new ExpressionStop("& and = stand where no value can be");
      default:
        return assertNever(node);
    }
  };

  return visit(tree, body, NO_VARIABLES);
}

/** What counts as false: null, false, and what is empty. */
function isFalse(value: JsonValue): boolean {
  if (value === null || value === false || value === "") return true;
  if (typeof value !== "object") return false;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

/** Only numbers have an order; of anything else nothing is found. */
function compare(name: "GT" | "LT" | "GTE" | "LTE" | "NE" | "EQ", one: JsonValue, other: JsonValue, work: Work): JsonValue {
  if (name === "EQ") return sameJson(one, other, work);
  if (name === "NE") return !sameJson(one, other, work);
  if (typeof one !== "number" || typeof other !== "number") return null;
  if (name === "GT") return one > other;
  if (name === "GTE") return one >= other;
  return name === "LT" ? one < other : one <= other;
}

function calculate(operator: string, one: JsonValue, other: JsonValue): JsonValue {
  const sign = SIGNS[operator] ?? operator;
  const [a, b] = [numberOf(sign, one), numberOf(sign, other)];
  if ((sign === "/" || sign === "//" || sign === "%") && b === 0) throw new ExpressionStop(`${sign} by zero`);
  const results = { "+": a + b, "-": a - b, "*": a * b, "/": a / b, "//": Math.floor(a / b), "%": a % b };
  const result = Object.entries(results).find(([one]) => one === sign)?.[1];
  if (result === undefined || !Number.isFinite(result)) throw new ExpressionStop(`${sign} gives a number that JSON does not have`);
  return result;
}

const SIGNS: Readonly<Record<string, string>> = { Plus: "+", Minus: "-", Star: "*", Multiply: "*", Divide: "/", Div: "//", Modulo: "%" };

function numberOf(sign: string, value: JsonValue): number {
  if (typeof value !== "number") throw new ExpressionStop(`${sign} takes numbers; found ${kindWords(value)}`);
  return value;
}

function slice(value: JsonValue, { start, stop, step }: { readonly start: number | null; readonly stop: number | null; readonly step: number | null }, work: Work): JsonValue {
  if (typeof value === "string") {
    work.spend(value.length);
    return sliceItems(Array.from(value), { start, stop, step: step ?? 1 }, work).join("");
  }
  return Array.isArray(value) ? sliceItems(value, { start, stop, step: step ?? 1 }, work) : null;
}

function sliceItems<T>(items: readonly T[], { start, stop, step }: { readonly start: number | null; readonly stop: number | null; readonly step: number }, work: Work): T[] {
  if (step === 0) throw new ExpressionStop("the step of a slice is 0; allowed is any other whole number");
  const [least, most] = step > 0 ? [0, items.length] : [-1, items.length - 1];
  const place = (given: number | null, otherwise: number): number =>
    given === null ? otherwise : Math.min(Math.max(given < 0 ? given + items.length : given, least), most);
  const from = place(start, step > 0 ? least : most);
  const to = place(stop, step > 0 ? most : least);
  const count = Math.max(0, Math.ceil((to - from) / step));
  work.spend(textSteps(count) + count);
  return Array.from({ length: count }, (_, index) => from + index * step).flatMap((index) => items.slice(index, index + 1));
}
