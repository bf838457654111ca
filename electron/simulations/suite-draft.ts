import type { SimulationCase } from "../../shared/simulation.ts";
import type { ProblemWords } from "../documents/found-words.ts";
import type { PathProblem } from "../documents/issue-problem.ts";
import type { SuiteDefaults } from "./suite-schema.ts";

const MAX_TEST_ID = 200;

/** A case, and where in the file it comes from. */
export interface ExpandedCase {
  readonly case: SimulationCase;
  readonly path: readonly PropertyKey[];
}

/** The cases that one written case stands for, and what is wrong with it. */
export interface Expansion {
  readonly cases: readonly ExpandedCase[];
  readonly problems: readonly PathProblem[];
}

/** What one case is made of, once defaults and a row are worked in. */
export interface Draft extends SuiteDefaults {
  readonly testId: string;
}

/** One way to say it: `mark` is what the case's id gets at its end. */
export interface Wording {
  readonly utterance: string;
  readonly mark: string;
  readonly path: readonly PropertyKey[];
}

/** What `over` says in place of what `base` says, or with it. */
export function mergeParts(base: SuiteDefaults, over: SuiteDefaults): SuiteDefaults {
  const entities = { ...base.expected_outcome?.entities, ...over.expected_outcome?.entities };
  return {
    ...base,
    ...over,
    session_context: { ...base.session_context, ...over.session_context },
    tags: [...new Set([...(base.tags ?? []), ...(over.tags ?? [])])],
    expected_outcome: { ...base.expected_outcome, ...over.expected_outcome, entities },
  };
}

/** The cases of a draft, one for each wording; problems where something that every case needs is nowhere. */
export function finish(draft: Draft, wordings: readonly Wording[], path: readonly PropertyKey[], words: ProblemWords): Expansion {
  const { user_id, platform = "web", session_context = {}, tags = [], expected_outcome: { intent, entities = {}, ...expected } = {} } = draft;
  const problems: PathProblem[] = [];
  const miss = (key: readonly string[], allowed: string): void => {
    problems.push({ path: [...path, ...key], spot: "value", message: words.missing(allowed) });
  };
  if (user_id === undefined) miss(["user_id"], words.suite.userId);
  if (intent === undefined) miss(["expected_outcome", "intent"], words.suite.intent);
  if (wordings.length === 0) miss(["utterance"], words.suite.utterance);
  const longest = wordings.find(({ mark }) => draft.testId.length + mark.length > MAX_TEST_ID);
  if (longest !== undefined) {
    problems.push({ path, spot: "value", message: words.suite.longId(draft.testId.length + longest.mark.length, MAX_TEST_ID) });
  }
  if (problems.length > 0 || user_id === undefined || intent === undefined) return { cases: [], problems };
  return {
    cases: wordings.map(({ utterance, mark, path: from }) => ({
      case: { test_id: draft.testId + mark, user_id, platform, utterance, session_context, expected_outcome: { intent, entities, ...expected }, tags },
      path: from,
    })),
    problems,
  };
}
