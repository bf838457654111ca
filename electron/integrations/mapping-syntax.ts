import { compile, tokenize } from "@jmespath-community/jmespath";

type Token = ReturnType<typeof tokenize>[number];

/** What the library calls what it found or wanted, as a person wrote it. */
const SYMBOLS: Readonly<Record<string, string>> = { Rbracket: "]", Rparen: ")", Rbrace: "}", Colon: ":", Comma: ",", Star: "*" };

const MAX_SHOWN = 40;

/** The words for an expression that the library does not take: the column (from 1), and what was found there. */
export function syntaxProblem(expression: string): string {
  const tokens = tokensOf(expression);
  return tokens === null ? lexicalProblem(expression) : parseProblem(expression, tokens);
}

/** Faults that the library lets pass: quotes that are never closed, and numbers with a minus in them. Null where there are none. */
export function leniencyProblem(expression: string): string | null {
  const tokens = tokensOf(expression) ?? [];
  for (const [index, token] of tokens.entries()) {
    const quote = expression.charAt(token.start);
    const type: string = token.type;
    if (type === "Literal" && !closes(expression, token.start, quote)) return `column ${token.start + 1}: this ${quote} is never closed`;
    const text = expression.slice(token.start, tokens[index + 1]?.start ?? expression.length).trimEnd();
    if (type === "Number" && !/^-?\d+$/u.test(text)) return `column ${token.start + 1}: found ${shown(text)}; allowed is a whole number, with spaces around what is taken from it`;
  }
  return null;
}

/** The column (from 1) of a call of a function. */
export function callColumn(expression: string, name: string): number | null {
  const tokens = tokensOf(expression) ?? [];
  const call = tokens.find((token, index) => token.value === name && tokens[index + 1]?.value === "(");
  return call === undefined ? null : call.start + 1;
}

function tokensOf(expression: string): readonly Token[] | null {
  try {
    return tokenize(expression);
  } catch {
    return null;
  }
}

/** Reading goes from left to right, so what cannot be read begins where the longest beginning that can be read ends. */
function lexicalProblem(expression: string): string {
  let start = expression.length - 1;
  while (start > 0 && tokensOf(expression.slice(0, start)) === null) start -= 1;
  // White space can be read.
  const at = start + expression.slice(start).search(/\S/u);
  const sign = expression.charAt(at);
  if (sign === '"' || sign === "`" || sign === "'") {
    if (!closes(expression, at, sign)) return `column ${at + 1}: this ${sign} is never closed`;
    return `column ${at + 1}: ${sign === "`" ? "between ` and ` stands what is no JSON" : "the text between the quotes cannot be read"}`;
  }
  return `column ${at + 1}: found ${shown(sign)}, which means nothing here`;
}

/**
 * The library says what is wrong, not where. The shortest beginning that it refuses in the same words ends with the
 * token that it means.
 */
function parseProblem(expression: string, tokens: readonly Token[]): string {
  const words = refusal(expression);
  if (tokens.length === 0) return "the expression is empty";
  if (words === null) return "it cannot be read";
  const upTo = (count: number): string => expression.slice(0, tokens[count]?.start ?? expression.length);
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (refusal(upTo(middle)) === words) high = middle;
    else low = middle + 1;
  }
  const wanted = /expected (\w+), got/u.exec(words)?.[1];
  const allowed = wanted === undefined ? "" : `; allowed is ${SYMBOLS[wanted] ?? wanted}`;
  const found = tokens[low - 1];
  if (found === undefined || words.includes("EOF")) return `column ${expression.length + 1}: the expression ends where more is needed${allowed}`;
  if (words.includes("quoted identifier")) return `column ${found.start + 1}: the name of a function stands without quotes`;
  const text = expression.slice(found.start, tokens[low]?.start ?? expression.length).trimEnd();
  return `column ${found.start + 1}: found ${shown(text)}, which cannot stand here${allowed}`;
}

function refusal(expression: string): string | null {
  try {
    compile(expression);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
}

function closes(expression: string, start: number, quote: string): boolean {
  for (let at = start + 1; at < expression.length; at += 1) {
    if (expression.charAt(at) === "\\") at += 1;
    else if (expression.charAt(at) === quote) return true;
  }
  return false;
}

function shown(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
