import { describeValue, type ProblemWords } from "../documents/found-words.ts";
import type { PathProblem } from "../documents/issue-problem.ts";

/** What a draft may be before it is looked at more closely: enough for any definition, and no danger to stack or time. */
const MAX_DEPTH = 64;
const MAX_VALUES = 100_000;
const MAX_KEYS = 1_000;
const MAX_PROBLEMS = 100;

/** Keys that JavaScript gives a meaning of its own. */
const REFUSED_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** `fatal`: the draft is nothing that a schema can be tried on. */
export interface Hazards {
  readonly fatal: boolean;
  readonly problems: readonly PathProblem[];
}

interface Step {
  readonly value: unknown;
  readonly path: readonly PropertyKey[];
}

/**
 * Finds what no definition may hold wherever it stands: keys such as `__proto__`, numbers that are none or lost digits,
 * values that JSON does not have, and drafts that are too deep or too large to be read. It does not recurse.
 */
export function findHazards(draft: unknown, words: ProblemWords): Hazards {
  const { hazards } = words;
  const problems: PathProblem[] = [];
  const waiting: Step[] = [{ value: draft, path: [] }];
  let values = 0;
  const stop = (path: readonly PropertyKey[], message: string): Hazards => ({ fatal: true, problems: [...problems, { path, spot: "value", message }] });

  for (let step = waiting.pop(); step !== undefined; step = waiting.pop()) {
    const { value, path } = step;
    values += 1;
    if (values > MAX_VALUES) return stop([], hazards.manyValues(MAX_VALUES));
    if (path.length > MAX_DEPTH) return stop(path.slice(0, 5), hazards.tooDeep(MAX_DEPTH));
    if (problems.length >= MAX_PROBLEMS) return stop([], hazards.tooMany);
    if (typeof value === "number" && isLossy(value)) problems.push({ path, spot: "value", message: words.found(describeValue(value, words), hazards.lossy) });
    const inner = partsOf(value, path);
    if (inner === null) return stop(path, hazards.notJson(typeof value));
    if (!Array.isArray(value) && inner.length > MAX_KEYS) return stop(path, hazards.manyKeys(inner.length, MAX_KEYS));
    for (const part of inner) {
      const key = part.path.at(-1);
      if (typeof key === "string" && REFUSED_KEYS.has(key)) problems.push({ path: part.path, spot: "key", message: words.found(words.key(key), hazards.everyKeyBut([...REFUSED_KEYS].join(", "))) });
    }
    // The last is taken first, so that problems come in the order of the document.
    waiting.push(...inner.slice(0, MAX_VALUES).toReversed());
  }
  return { fatal: false, problems };
}

/** What a list or map holds, nothing for a single value; null where it is neither of JSON's kinds. A part that is absent is left to the schema. */
function partsOf(value: unknown, path: readonly PropertyKey[]): readonly Step[] | null {
  if (Array.isArray(value)) return value.map((item: unknown, index) => ({ value: item, path: [...path, index] }));
  if (typeof value === "object" && value !== null) {
    const prototype: unknown = Object.getPrototypeOf(value);
    if ((prototype !== Object.prototype && prototype !== null) || Object.getOwnPropertySymbols(value).length > 0) return null;
    return Object.entries(value).map(([key, item]: [string, unknown]) => ({ value: item, path: [...path, key] }));
  }
  return value === null || value === undefined || typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [] : null;
}

/** NaN, infinities, and whole numbers of which digits were lost when they were read. */
function isLossy(value: number): boolean {
  return !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
}
