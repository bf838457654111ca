import type { SimulationCase, Suite } from "../../shared/simulation.ts";
import type { ExpandedCase } from "./suite-draft.ts";
import { expandCase } from "./suite-expand.ts";
import { describeValue, englishProblems, type ProblemWords } from "../documents/found-words.ts";
import { issueProblems, type PathProblem } from "../documents/issue-problem.ts";
import { caseFileSchema, MAX_CASES, suiteHeadSchema, type SuiteDefaults } from "./suite-schema.ts";
import type { SuiteSource } from "./suite-source.ts";

/** A suite without what only the caller knows, and everything that is wrong with it; without problems it is whole. */
export interface CheckedSuite {
  readonly name: string | null;
  readonly expectedFlows: Suite["expected_flows"];
  readonly cases: readonly SimulationCase[];
  readonly problems: readonly PathProblem[];
}

/** Checks a suite that was read, case by case, so that all that is wrong with it is told at once; in English unless words are given. */
export function checkSuite(source: SuiteSource, words: ProblemWords = englishProblems): CheckedSuite {
  const head = suiteHeadSchema.safeParse(source.value, { reportInput: true });
  const problems: PathProblem[] = head.success ? [] : [...issueProblems(head.error.issues, [], { words })];
  if (Array.isArray(source.value)) problems.splice(0, problems.length, { path: [], spot: "value", message: words.found(describeValue(source.value, words), words.suite.casesInMap) });
  const written: readonly unknown[] = isRecord(source.value) && Array.isArray(source.value.cases) ? source.value.cases : [];
  const name = head.success ? (head.data.name ?? null) : null;
  const expectedFlows = head.success ? (head.data.expected_flows ?? []) : [];
  problems.push(...repeatedFlows(expectedFlows, words));
  if (written.length > MAX_CASES) return { name, expectedFlows, cases: [], problems };

  const { cases, problems: wrong } = expandAll(written, head.success ? (head.data.defaults ?? {}) : null, source, words);
  problems.push(...wrong);
  return { name, expectedFlows, cases, problems };
}

/** `defaults` is null where they could not be read: whether a case lacks something is then not known. */
function expandAll(written: readonly unknown[], defaults: SuiteDefaults | null, source: SuiteSource, words: ProblemWords): { readonly cases: readonly SimulationCase[]; readonly problems: readonly PathProblem[] } {
  const cases: SimulationCase[] = [];
  const problems: PathProblem[] = [];
  const first = new Map<string, readonly PropertyKey[]>();

  const claim = (testId: string, path: readonly PropertyKey[]): void => {
    const taken = first.get(testId);
    if (taken === undefined) first.set(testId, path);
    else problems.push(repeatedId({ testId, path, taken }, source, words));
  };
  const keep = (expanded: ExpandedCase): void => {
    claim(expanded.case.test_id, expanded.path);
    cases.push(expanded.case);
  };

  for (const [index, value] of written.entries()) {
    const path = ["cases", index];
    if (value === undefined) continue;
    const parsed = caseFileSchema.safeParse(value, { reportInput: true });
    if (parsed.success) {
      const expanded = expandCase(parsed.data, defaults ?? {}, path, words);
      expanded.cases.forEach(keep);
      if (expanded.cases.length === 0) claim(parsed.data.test_id, path);
      problems.push(...(defaults === null ? [] : expanded.problems));
    } else {
      problems.push(...issueProblems(parsed.error.issues, path, { words }));
      if (isRecord(value) && typeof value.test_id === "string") claim(value.test_id, path);
    }
    if (cases.length > MAX_CASES) {
      problems.push({ path, spot: "value", message: words.suite.tooMany(MAX_CASES) });
      break;
    }
  }
  return { cases, problems };
}

function repeatedId({ testId, path, taken }: { readonly testId: string; readonly path: readonly PropertyKey[]; readonly taken: readonly PropertyKey[] }, source: SuiteSource, { suite: words }: ProblemWords): PathProblem {
  const place = source.place(idPath(taken), "value");
  const where = place === null ? words.before : words.at(place.line, place.column);
  return { path: idPath(path), spot: "value", message: words.repeated(testId, where) };
}

/** Of a case itself the place of its id; of a variation its own place. */
function idPath(path: readonly PropertyKey[]): readonly PropertyKey[] {
  return path.length === 2 ? [...path, "test_id"] : path;
}

function repeatedFlows(flows: readonly string[], words: ProblemWords): readonly PathProblem[] {
  return flows.flatMap((flow, index): readonly PathProblem[] =>
    flows.indexOf(flow) === index ? [] : [{ path: ["expected_flows", index], spot: "value", message: words.suite.repeatedFlow(flow) }],
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
