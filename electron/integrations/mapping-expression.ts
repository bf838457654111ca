import { compile } from "@jmespath-community/jmespath";
import { assertNever } from "../../shared/assert-never.ts";
import { MAX_EXPRESSION } from "../../shared/integration.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { ExpressionNode } from "./mapping-evaluate.ts";
import { callProblem } from "./mapping-functions.ts";
import { callColumn, leniencyProblem, syntaxProblem } from "./mapping-syntax.ts";

/** How deep an expression may be nested: evaluating it takes the stack. */
const MAX_DEPTH = 64;

/** Reads an expression. The error says in words, with the column where there is one, why it cannot be used. It never throws. */
export function compileExpression(expression: string): Result<ExpressionNode, string> {
  if (expression.length > MAX_EXPRESSION) {
    return err(`found ${expression.length.toLocaleString("en")} characters; allowed are ${MAX_EXPRESSION.toLocaleString("en")}`);
  }
  const lenient = leniencyProblem(expression);
  if (lenient !== null) return err(lenient);
  try {
    const tree = compile(expression);
    const problem = treeProblem(tree, 1, expression);
    return problem === null ? ok(tree) : err(problem);
  } catch (error) {
    return err(error instanceof RangeError ? tooDeep() : syntaxProblem(expression));
  }
}

function tooDeep(): string {
  return `it is nested too deeply; allowed are ${MAX_DEPTH} levels`;
}

function treeProblem(node: ExpressionNode, depth: number, expression: string): string | null {
  if (depth > MAX_DEPTH) return tooDeep();
  const own = nodeProblem(node, expression);
  if (own !== null) return own;
  for (const child of childrenOf(node)) {
    const problem = treeProblem(child, depth + 1, expression);
    if (problem !== null) return problem;
  }
  return null;
}

/** What the library reads, and what cannot be meant. */
function nodeProblem(node: ExpressionNode, expression: string): string | null {
  if (node.type === "Binding") return "found = outside of let; to compare, write ==";
  if (node.type === "ExpressionReference") return "found & where no argument of a function stands; to combine conditions, write &&";
  if (node.type === "LetExpression") return node.bindings.every(isBinding) ? null : "between let and in stands what is no $name = expression";
  if (node.type !== "Function") return null;
  const problem = callProblem(node.name, node.children.length);
  const column = problem === null ? null : callColumn(expression, node.name);
  return column === null ? problem : `column ${column}: ${problem}`;
}

/** The library takes any expression for a binding. */
function isBinding(node: ExpressionNode): boolean {
  return node.type === "Binding" && typeof node.variable === "string";
}

function childrenOf(node: ExpressionNode): readonly ExpressionNode[] {
  switch (node.type) {
    case "Field":
    case "Index":
    case "Slice":
    case "Literal":
    case "Variable":
    case "Root":
    case "Current":
    case "Identity":
      return [];
    case "Subexpression":
    case "IndexExpression":
    case "Pipe":
    case "Projection":
    case "ValueProjection":
    case "OrExpression":
    case "AndExpression":
    case "Comparator":
    case "Arithmetic":
      return [node.left, node.right];
    case "FilterProjection":
      return [node.left, node.condition, node.right];
    case "Flatten":
    case "NotExpression":
    case "ExpressionReference":
      return [node.child];
    case "Unary":
      return [node.operand];
    case "Ternary":
      return [node.condition, node.trueExpr, node.falseExpr];
    case "MultiSelectList":
      return node.children;
    case "MultiSelectHash":
      return node.children.map((child) => child.value);
    case "Function":
      return node.children.map((child) => (child.type === "ExpressionReference" ? child.child : child));
    case "LetExpression":
      return [...node.bindings.map((binding) => binding.reference), node.expression];
    case "Binding":
      return [node.reference];
    default:
      return assertNever(node);
  }
}
