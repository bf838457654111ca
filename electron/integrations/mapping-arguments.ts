import type { JsonValue } from "../../shared/integration.ts";
import { ExpressionStop } from "./mapping-work.ts";

export type JsonMap = Readonly<Record<string, JsonValue>>;

/** An argument `&expression`: what it gives at a value. A function, so that no data can pass for one. */
export type Expref = (value: JsonValue) => JsonValue;
export type Argument = JsonValue | Expref;

/** The arguments of one call by place, from 0; each reader refuses what is of another kind, in words. */
export interface Arguments {
  readonly count: number;
  any(index: number): JsonValue;
  number(index: number): number;
  /** A whole number from 0, or null where the argument is not given. */
  countOf(index: number): number | null;
  text(index: number): string;
  list(index: number): readonly JsonValue[];
  texts(index: number): readonly string[];
  numbers(index: number): readonly number[];
  map(index: number): JsonMap;
  expression(index: number): Expref;
  /** The fault of an argument, to be thrown. */
  wrong(index: number, allowed: string): ExpressionStop;
}

/** Reads the arguments of a call of `name`. */
export function readArguments(name: string, given: readonly Argument[]): Arguments {
  const at = (index: number): Argument => given[index] ?? null;
  const wrong = (index: number, allowed: string): ExpressionStop =>
    new ExpressionStop(`${name}() takes ${allowed} as argument ${index + 1}; found ${kindWords(at(index))}`);
  const any = (index: number): JsonValue => {
    const value = at(index);
    if (typeof value === "function") throw wrong(index, "a value");
    return value;
  };
  const list = (index: number): readonly JsonValue[] => {
    const value = any(index);
    if (!Array.isArray(value)) throw wrong(index, "a list");
    return value;
  };
  return {
    count: given.length,
    any,
    list,
    wrong,
    number(index) {
      const value = any(index);
      if (typeof value !== "number") throw wrong(index, "a number");
      return value;
    },
    countOf(index) {
      if (index >= given.length) return null;
      const value = any(index);
      if (typeof value !== "number" || !Number.isInteger(value) || value < 0) throw wrong(index, "a whole number from 0");
      return value;
    },
    text(index) {
      const value = any(index);
      if (typeof value !== "string") throw wrong(index, "a text");
      return value;
    },
    texts(index) {
      const items = list(index);
      if (!items.every((item) => typeof item === "string")) throw wrong(index, "a list of texts");
      return items;
    },
    numbers(index) {
      const items = list(index);
      if (!items.every((item) => typeof item === "number")) throw wrong(index, "a list of numbers");
      return items;
    },
    map(index) {
      const value = any(index);
      if (!isJsonMap(value)) throw wrong(index, "an object");
      return value;
    },
    expression(index) {
      const value = at(index);
      if (typeof value !== "function") throw wrong(index, "an expression that begins with &");
      return value;
    },
  };
}

export function isJsonMap(value: JsonValue): value is { [key: string]: JsonValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The kind of a value as `type()` names it. */
export function kindOf(value: JsonValue): "null" | "array" | "object" | "string" | "number" | "boolean" {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "string") return "string";
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : "object";
}

/** What a value is, never what is in it. */
export function kindWords(value: Argument): string {
  if (typeof value === "function") return "an expression";
  const words = { null: "nothing", array: "a list", object: "an object", string: "a text", number: "a number", boolean: "true or false" } as const;
  return words[kindOf(value)];
}
