import { type DefinitionProblem, type IntegrationDefinition, integrationDefinitionSchema } from "../../shared/integration.ts";
import { fieldName } from "../documents/document.ts";
import { describeValue, englishProblems, type ProblemWords } from "../documents/found-words.ts";
import { issueProblems, type PathProblem } from "../documents/issue-problem.ts";
import { addressProblems } from "./definition-address.ts";
import { bodyProblems } from "./definition-body.ts";
import { expressionProblems } from "./definition-expression.ts";
import { findHazards } from "./definition-hazards.ts";
import { headerProblems } from "./definition-headers.ts";
import { definitionNotes } from "./definition-notes.ts";
import { findSecrets } from "./definition-secrets.ts";
import { isMap, own } from "./draft-config.ts";

/** A draft that was checked: sound (`definition`, defaults worked in) or not (`problems`, all of them). */
export interface CheckedDefinition {
  readonly definition: IntegrationDefinition | null;
  readonly problems: readonly DefinitionProblem[];
  /** What is allowed and may surprise: plain http on this machine, a POST that sends nothing. Empty where there are problems. */
  readonly notes: readonly string[];
}

/** {@link CheckedDefinition} with the paths apart, for those who know where each stands. */
export interface CheckedDraft {
  readonly definition: IntegrationDefinition | null;
  readonly problems: readonly PathProblem[];
  readonly notes: readonly string[];
}

/** More than this nobody reads. */
const MAX_PROBLEMS = 200;
const MAX_STEP = 200;

/**
 * Checks a draft against contract 4.1: every violation, by field, all at once, with what was found and what is allowed.
 * Values that may be secrets are never told. `$schema`, which is for editors, is left aside. It never throws.
 * In English unless words are given.
 */
export function checkDefinition(draft: unknown, words: ProblemWords = englishProblems): CheckedDefinition {
  const { problems, ...rest } = checkDraft(draft, words);
  return { ...rest, problems: problems.map(({ path, message }) => ({ path: pathText(path), message })) };
}

/** {@link checkDefinition} for a document: see {@link CheckedDraft}. */
export function checkDraft(draft: unknown, words: ProblemWords = englishProblems): CheckedDraft {
  const hazards = findHazards(draft, words);
  if (hazards.fatal) return { definition: null, problems: hazards.problems, notes: [] };
  const written = isMap(draft) ? withoutSchema(draft) : draft;
  const parsed = integrationDefinitionSchema.safeParse(written, { reportInput: true });
  const rules = [...hazards.problems, ...(isMap(written) ? ruleProblems(written, words) : [])];
  const problems = parsed.success ? rules : [...rules, ...elsewhere(issueProblems(parsed.error.issues, [], { describe: (value, path) => describeFound(value, path, words), words }), rules)];
  if (problems.length > 0 || !parsed.success) return { definition: null, problems: bounded(problems, words), notes: [] };
  return { definition: parsed.data, problems: [], notes: definitionNotes(parsed.data.config, words) };
}

/** A path as a person reads it: `config.headers.X-Source`. */
export function pathText(path: readonly PropertyKey[]): string {
  return fieldName(path.map((step) => (typeof step === "string" && step.length > MAX_STEP ? `${step.slice(0, MAX_STEP)}…` : step)));
}

function withoutSchema(draft: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = draft;
  return typeof $schema === "string" ? rest : draft;
}

function ruleProblems(draft: Readonly<Record<string, unknown>>, words: ProblemWords): readonly PathProblem[] {
  const config = own(draft, "config");
  const secrets = findSecrets(draft, words);
  if (!isMap(config)) return secrets;
  return [...addressProblems(config, words), ...secrets, ...elsewhere(headerProblems(config, words), secrets), ...bodyProblems(config, words), ...expressionProblems(config, words)];
}

/** What may be a secret, or hold one, is described by its length. */
function describeFound(value: unknown, path: readonly PropertyKey[], words: ProblemWords): string {
  const [first, second] = path;
  const hidden = first === "config" && (second === "url" || second === "headers" || second === "secret");
  if (!hidden || (typeof value !== "string" && typeof value !== "number")) return describeValue(value, words);
  if (typeof value === "number") return words.values.aNumber;
  return value === "" ? words.values.emptyText : words.values.text(value.length, /[\r\n]/.test(value));
}

/** Those of `problems` at places of which `told` says nothing yet: two rules may find the same fault. */
function elsewhere(problems: readonly PathProblem[], told: readonly PathProblem[]): readonly PathProblem[] {
  const places = new Set(told.map(({ path }) => JSON.stringify(path)));
  return problems.filter(({ path }) => !places.has(JSON.stringify(path)));
}

function bounded(problems: readonly PathProblem[], words: ProblemWords): readonly PathProblem[] {
  const more = problems.length - MAX_PROBLEMS;
  return more <= 0 ? problems : [...problems.slice(0, MAX_PROBLEMS), { path: [], spot: "value", message: words.hazards.more(more) }];
}
