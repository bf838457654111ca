import type { JsonValue } from "../../shared/integration.ts";
import { type Argument, type Arguments, type Expref, isJsonMap, kindOf, readArguments } from "./mapping-arguments.ts";
import { compareKeys, cutEnds, findText, padded, replaced, split } from "./mapping-texts.ts";
import { ExpressionStop, measureJson, sameJson, textSteps, type Work } from "./mapping-work.ts";

/** How many arguments a function takes, and what it gives. */
interface FunctionRule {
  readonly least: number;
  readonly most: number;
  readonly call: (given: Arguments, work: Work) => JsonValue;
}

/** The forms of a number in JSON; `Number` alone would also take `0x10` and an empty text. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/u;

/**
 * The functions of JMESPath (community edition). They are our own: the library's sort numbers as texts, find inherited
 * names, and can be made to run or to grow without end.
 */
const FUNCTIONS: ReadonlyMap<string, FunctionRule> = new Map<string, FunctionRule>([
  ["abs", takes(1, (given) => Math.abs(given.number(0)))],
  ["avg", takes(1, (given, work) => (sized(given.numbers(0), work).length === 0 ? null : total(given.numbers(0)) / given.numbers(0).length))],
  ["ceil", takes(1, (given) => Math.ceil(given.number(0)))],
  ["contains", takes(2, contains)],
  ["ends_with", takes(2, (given) => given.text(0).endsWith(given.text(1)))],
  ["find_first", takes([2, 4], (given, work) => findText(given, work, "first"))],
  ["find_last", takes([2, 4], (given, work) => findText(given, work, "last"))],
  ["floor", takes(1, (given) => Math.floor(given.number(0)))],
  ["from_items", takes(1, fromItems)],
  ["group_by", takes(2, groupBy)],
  ["items", takes(1, (given, work) => sized(Object.entries(given.map(0)), work).map(([key, value]) => [key, value]))],
  ["join", takes(2, join)],
  ["keys", takes(1, (given, work) => [...sized(Object.keys(given.map(0)), work)])],
  ["length", takes(1, length)],
  ["lower", takes(1, (given, work) => written(given.text(0).toLowerCase(), work))],
  ["map", takes(2, (given) => given.list(1).map(given.expression(0)))],
  ["max", takes(1, (given, work) => extreme(given, work, 1))],
  ["max_by", takes(2, (given, work) => extremeBy(given, work, 1))],
  ["merge", takes([1, Infinity], merge)],
  ["min", takes(1, (given, work) => extreme(given, work, -1))],
  ["min_by", takes(2, (given, work) => extremeBy(given, work, -1))],
  ["not_null", takes([1, Infinity], (given) => places(given).map((index) => given.any(index)).find((value) => value !== null) ?? null)],
  ["pad_left", takes([2, 3], (given, work) => padded(given, work, "left"))],
  ["pad_right", takes([2, 3], (given, work) => padded(given, work, "right"))],
  ["replace", takes([3, 4], replaced)],
  ["reverse", takes(1, reverse)],
  ["sort", takes(1, sort)],
  ["sort_by", takes(2, sortBy)],
  ["split", takes([2, 3], split)],
  ["starts_with", takes(2, (given) => given.text(0).startsWith(given.text(1)))],
  ["sum", takes(1, (given, work) => total(sized(given.numbers(0), work)))],
  ["to_array", takes(1, (given) => (Array.isArray(given.any(0)) ? given.any(0) : [given.any(0)]))],
  ["to_number", takes(1, toNumber)],
  ["to_string", takes(1, toText)],
  ["trim", takes([1, 2], (given, work) => cutEnds(given, work, { left: true, right: true }))],
  ["trim_left", takes([1, 2], (given, work) => cutEnds(given, work, { left: true, right: false }))],
  ["trim_right", takes([1, 2], (given, work) => cutEnds(given, work, { left: false, right: true }))],
  ["type", takes(1, (given) => kindOf(given.any(0)))],
  ["upper", takes(1, (given, work) => written(given.text(0).toUpperCase(), work))],
  ["values", takes(1, (given, work) => [...sized(Object.values(given.map(0)), work)])],
  ["zip", takes([1, Infinity], zip)],
]);

/** Why a call cannot be right, whatever its arguments are; null where it can. */
export function callProblem(name: string, count: number): string | null {
  const rule = FUNCTIONS.get(name);
  if (rule === undefined) return `there is no function ${name}(); allowed: ${[...FUNCTIONS.keys()].join(", ")}`;
  const { least, most } = rule;
  if (count >= least && count <= most) return null;
  const allowed = least === most ? String(least) : most === Infinity ? `${least} or more` : `${least} to ${most}`;
  return `${name}() takes ${allowed} ${allowed === "1" ? "argument" : "arguments"}; found ${count}`;
}

/** Calls a function. Throws {@link ExpressionStop} where an argument is not what it takes. */
export function callFunction(name: string, given: readonly Argument[], work: Work): JsonValue {
  const rule = FUNCTIONS.get(name);
  if (rule === undefined) throw new ExpressionStop(`there is no function ${name}()`);
  return rule.call(readArguments(name, given), work);
}

function takes(count: number | readonly [number, number], call: FunctionRule["call"]): FunctionRule {
  const [least, most] = typeof count === "number" ? [count, count] : count;
  return { least, most, call };
}

function places({ count }: Arguments): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function sized<T>(items: readonly T[], work: Work): readonly T[] {
  work.spend(items.length);
  return items;
}

function written(text: string, work: Work): string {
  work.spend(textSteps(text.length));
  return text;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

function contains(given: Arguments, work: Work): JsonValue {
  const searched = given.any(0);
  const wanted = given.any(1);
  if (typeof searched === "string") return typeof wanted === "string" && written(searched, work).includes(wanted);
  if (!Array.isArray(searched)) throw given.wrong(0, "a text or a list");
  return searched.some((item) => sameJson(item, wanted, work));
}

function fromItems(given: Arguments, work: Work): JsonValue {
  return Object.fromEntries(
    sized(given.list(0), work).map((pair) => {
      const [key, value] = Array.isArray(pair) && pair.length === 2 ? pair : [];
      if (typeof key !== "string") throw given.wrong(0, "a list of pairs of a text and a value");
      return [key, value ?? null];
    }),
  );
}

function groupBy(given: Arguments, work: Work): JsonValue {
  const key = given.expression(1);
  const groups = new Map<string, JsonValue[]>();
  for (const item of sized(given.list(0), work)) {
    const name = key(item);
    if (typeof name !== "string") throw given.wrong(1, "an expression that gives a text for each item");
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [item]);
    else group.push(item);
  }
  return Object.fromEntries(groups);
}

function join(given: Arguments, work: Work): JsonValue {
  const [glue, texts] = [given.text(0), sized(given.texts(1), work)];
  work.spend(textSteps(texts.reduce((chars, text) => chars + text.length + glue.length, 0)));
  return texts.join(glue);
}

function length(given: Arguments, work: Work): JsonValue {
  const value = given.any(0);
  if (Array.isArray(value)) return value.length;
  if (isJsonMap(value)) return Object.keys(value).length;
  if (typeof value !== "string") throw given.wrong(0, "a text, a list or an object");
  work.spend(value.length);
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

function merge(given: Arguments, work: Work): JsonValue {
  const entries = places(given).flatMap((index) => sized(Object.entries(given.map(index)), work));
  return Object.fromEntries(entries);
}

function reverse(given: Arguments, work: Work): JsonValue {
  const value = given.any(0);
  if (typeof value === "string") {
    work.spend(value.length);
    return Array.from(value).toReversed().join("");
  }
  return sized(given.list(0), work).toReversed();
}

type Key = string | number;

/** All of one kind, so that they can be put in order. */
function keysOf(given: Arguments, index: number, keys: readonly JsonValue[]): readonly Key[] {
  if (keys.every((key) => typeof key === "string")) return keys;
  if (keys.every((key) => typeof key === "number")) return keys;
  throw given.wrong(index, index === 0 ? "a list of numbers or of texts" : "an expression that gives a number for each item, or a text for each");
}

function extreme(given: Arguments, work: Work, sign: 1 | -1): JsonValue {
  const items = sized(given.list(0), work);
  return items[extremeIndex(keysOf(given, 0, items), work, sign)] ?? null;
}

function extremeBy(given: Arguments, work: Work, sign: 1 | -1): JsonValue {
  const items = sized(given.list(0), work);
  return items[extremeIndex(keysOf(given, 1, items.map(given.expression(1))), work, sign)] ?? null;
}

function extremeIndex(keys: readonly Key[], work: Work, sign: 1 | -1): number {
  let best = 0;
  for (let index = 1; index < keys.length; index += 1) if (compareKeys(keys[index] ?? 0, keys[best] ?? 0, work) * sign > 0) best = index;
  return best;
}

function sort(given: Arguments, work: Work): JsonValue {
  return [...keysOf(given, 0, sized(given.list(0), work))].toSorted((a, b) => compareKeys(a, b, work));
}

function sortBy(given: Arguments, work: Work): JsonValue {
  const items = sized(given.list(0), work);
  const key: Expref = given.expression(1);
  const keys = keysOf(given, 1, items.map(key));
  const order = items.map((_, index) => index).toSorted((a, b) => compareKeys(keys[a] ?? 0, keys[b] ?? 0, work));
  return order.map((index) => items[index] ?? null);
}

function toNumber(given: Arguments): JsonValue {
  const value = given.any(0);
  if (typeof value === "number") return value;
  return typeof value === "string" && NUMBER.test(value) ? Number(value) : null;
}

function toText(given: Arguments, work: Work): JsonValue {
  const value = given.any(0);
  if (typeof value === "string") return value;
  work.spend(textSteps(measureJson(value, work)));
  return JSON.stringify(value);
}

function zip(given: Arguments, work: Work): JsonValue {
  const lists = places(given).map((index) => given.list(index));
  const shortest = Math.min(...lists.map((list) => list.length));
  work.spend(shortest * lists.length);
  return Array.from({ length: shortest }, (_, index) => lists.map((list) => list[index] ?? null));
}
