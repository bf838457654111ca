import type { JsonValue } from "../../shared/integration.ts";

/** Why an expression was stopped, in words for the person who wrote it. It never leaves `mapping.ts`. */
export class ExpressionStop extends Error {
  override readonly name = "ExpressionStop";
}

/** What one expression may still do. A step is a node at a value, an item that is copied, or 16 characters that are written or looked at. */
export interface Work {
  /** Takes steps before they are done, so that nothing is built that is too large to be kept. */
  spend(steps: number): void;
}

/** A reply of 1 MB has at most half a million values: ten steps for each. They take some tenths of a second at the very worst. */
export const MAX_STEPS = 5_000_000;
/** How deep data may be nested; what walks it takes the stack. */
export const MAX_LEVELS = 200;
/** Of a result as JSON: twice what a reply may have. */
export const MAX_RESULT_CHARS = 10_000_000;

const CHARS_PER_STEP = 16;

/** A fresh allowance; without it, a short expression could double a list in each of its steps, or the pairs in a comparison. */
export function createWork(steps: number = MAX_STEPS): Work {
  let left = steps;
  return {
    spend(steps) {
      left -= steps;
      // Not a number means that something went wrong: no work then.
      if (!(left >= 0)) throw new ExpressionStop(`it takes more than ${MAX_STEPS.toLocaleString("en")} steps on this reply; allowed is less: select first what is needed`);
    },
  };
}

/** The steps that a text of so many characters costs. */
export function textSteps(chars: number): number {
  return 1 + chars / CHARS_PER_STEP;
}

/**
 * The characters of a value as JSON, roughly. Refuses what JSON cannot carry and what is nested too deeply or too large:
 * a value may hold the same list many times over, so that it is much larger written than it is in memory.
 */
export function measureJson(value: JsonValue, work: Work, level = 0): number {
  work.spend(1);
  if (value === null || typeof value === "boolean") return 5;
  if (typeof value === "string") return value.length + 3;
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new ExpressionStop("it gives a number that JSON does not have");
    return 8;
  }
  if (typeof value !== "object") throw new ExpressionStop(`it gives ${typeof value === "undefined" ? "an undefined value" : `a ${typeof value}`}; allowed is plain JSON`);
  if (level === MAX_LEVELS) throw new ExpressionStop(`it gives data nested more than ${MAX_LEVELS} levels deep`);
  let chars = 2;
  if (Array.isArray(value)) for (const item of value) chars = within(chars + measureJson(item, work, level + 1));
  else for (const key of Object.keys(value)) chars = within(chars + key.length + 3 + measureJson(value[key] ?? null, work, level + 1));
  return chars;
}

function within(chars: number): number {
  if (chars > MAX_RESULT_CHARS) throw new ExpressionStop(`it gives more than ${MAX_RESULT_CHARS.toLocaleString("en")} characters`);
  return chars;
}

/** Whether two values are the same JSON, whatever the order of keys. */
export function sameJson(one: JsonValue, other: JsonValue, work: Work): boolean {
  work.spend(1);
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) {
    if (typeof one === "string" && typeof other === "string") work.spend(textSteps(Math.min(one.length, other.length)));
    return false;
  }
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && one.length === other.length && one.every((item, index) => sameJson(item, other[index] ?? null, work));
  }
  const keys = Object.keys(one);
  work.spend(keys.length);
  return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && sameJson(one[key] ?? null, other[key] ?? null, work));
}
