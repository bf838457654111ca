import type { JsonValue } from "../../shared/simulation.ts";

/** A number as JSON writes it: an id such as "007" is none, so it stays a text. */
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/u;

/**
 * Whether an entity has the value that was expected, compared as JSON: the order of keys does not matter, that of lists
 * does, texts are compared exactly. A number equals the text that writes it (12.5 and "12.50"), because a suite in YAML
 * turns order numbers into numbers and platforms report them as text. Pure.
 */
export function sameValue(expected: JsonValue, actual: JsonValue): boolean {
  if (typeof expected === "number" && typeof actual === "string") return isWritten(expected, actual);
  if (typeof expected === "string" && typeof actual === "number") return isWritten(actual, expected);
  if (expected === null || actual === null || typeof expected !== "object" || typeof actual !== "object") return expected === actual;
  if (isList(expected) || isList(actual)) return isList(expected) && isList(actual) && sameList(expected, actual);
  const keys = Object.keys(expected);
  return keys.length === Object.keys(actual).length && keys.every((key) => sameMember(expected, actual, key));
}

function isWritten(number: number, text: string): boolean {
  return NUMBER.test(text) && Number(text) === number;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function sameList(expected: readonly JsonValue[], actual: readonly JsonValue[]): boolean {
  return (
    expected.length === actual.length &&
    expected.every((item, index) => {
      const other = actual[index];
      return other !== undefined && sameValue(item, other);
    })
  );
}

function sameMember(expected: Readonly<Record<string, JsonValue>>, actual: Readonly<Record<string, JsonValue>>, key: string): boolean {
  if (!Object.hasOwn(actual, key)) return false;
  const [mine, other] = [expected[key], actual[key]];
  return mine !== undefined && other !== undefined && sameValue(mine, other);
}
