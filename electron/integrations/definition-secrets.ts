import { fieldName } from "../documents/document.ts";
import type { ProblemWords } from "../documents/found-words.ts";
import type { PathProblem } from "../documents/issue-problem.ts";
import { type DraftConfig, isMap, own, textOf } from "./draft-config.ts";

/** Headers that hold credentials whatever they are called: `Authorization`, `X-Api-Key`, `Ocp-Apim-Subscription-Key`. */
const SECRET_HEADER = /^(?:(?:proxy-)?authorization|cookie|set-cookie|(?:x-)?(?:token|auth|secret))$|(?:^|[-_])(?:api[-_]?key|(?:access|auth|app|secret|subscription)[-_]?key|(?:access|auth|security|session)[-_]?token|client[-_]?secret|password)$/i;
/** Names of parameters and keys that hold credentials. */
const SECRET_NAME = /^(?:x[-_])?(?:api[-_]?key|(?:access|auth|session|refresh)[-_]?token|(?:access|auth|secret|private|subscription)[-_]?key|client[-_]?secret|secret|password|passwd|pwd)$/i;
/** Names that may hold credentials: what stands there decides. */
const DOUBTFUL_NAME = /^(?:x[-_])?(?:key|token|auth|sig|signature|code|sid)$/i;
/** What is a credential wherever it stands: a JWT, a private key, and keys that large services mark as such. */
const SECRET_TEXT = /eyJ[\w-]{8,}\.[\w-]{8,}\.|-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(?:sk_(?:live|test)_\w{8}|gh[pousr]_\w{20}|github_pat_\w{20}|xox[abps]-[\w-]{10}|AKIA[0-9A-Z]{16}\b)/;
/** The value of an Authorization header: its one word has more in it than a word of a language would ("Basic package" is a plan). */
const CREDENTIALS = /^(?:[Bb]earer|BEARER|[Bb]asic|BASIC)\s+(?:(?=\S*(?:[\d=+/._~]|[a-z][A-Z]))\S{6,}\s*$|\S{20})/;

/** Whether a header of this name holds credentials. */
export function isSecretHeader(name: string): boolean {
  return SECRET_HEADER.test(name);
}

/** Whether the parameter or key `name` with this value holds credentials. */
function isSecretValue(name: string, value: string): boolean {
  return value !== "" && (SECRET_NAME.test(name) || (DOUBTFUL_NAME.test(name) && looksGenerated(value)) || isSecretText(value));
}

/** Whether a text is a credential by its form. */
function isSecretText(text: string): boolean {
  return SECRET_TEXT.test(text) || CREDENTIALS.test(text);
}

/**
 * Secrets that obviously stand in a definition itself (contract 4.1: only their names may). The values are never told.
 * `draft` is plain JSON of bounded depth.
 */
export function findSecrets(draft: DraftConfig, words: ProblemWords): readonly PathProblem[] {
  const config = own(draft, "config");
  return [...["name", "description"].flatMap((key) => textProblem(draft, [key], words)), ...(isMap(config) ? inConfig(config, words) : [])];
}

function inConfig(config: DraftConfig, words: ProblemWords): readonly PathProblem[] {
  const headers = own(config, "headers");
  const mapping = own(config, "request_mapping");
  return [
    ...queryProblems(textOf(config, "url", ""), words),
    ...(isMap(headers) ? Object.entries(headers).flatMap(([name, value]) => headerProblem(name, value, words)) : []),
    ...(isMap(mapping) ? inBody("", mapping, ["config", "request_mapping"], words) : []),
    ...nameProblem(textOf(config, "secret", ""), words),
  ];
}

function queryProblems(address: string, words: ProblemWords): readonly PathProblem[] {
  const url = URL.parse(address);
  const path = ["config", "url"];
  if (url === null) return [];
  const bad = [...url.searchParams].filter(([name, value]) => isSecretValue(name, value)).map(([name]) => name);
  if (bad.length > 0) return [problem(path, words.secrets.inQuery(bad[0] ?? ""), words, words.secrets.queryHint)];
  return SECRET_TEXT.test(address) ? [problem(path, words.secrets.inAddress, words)] : [];
}

function headerProblem(name: string, value: unknown, words: ProblemWords): readonly PathProblem[] {
  const held = typeof value === "string" && isSecretText(value);
  if (!held && !isSecretHeader(name)) return [];
  return [problem(["config", "headers", name], held ? words.secrets.inHeader : words.secrets.header, words, words.secrets.headerHint(name))];
}

function inBody(name: string, value: unknown, path: readonly PropertyKey[], words: ProblemWords): readonly PathProblem[] {
  if (typeof value === "string") return isSecretValue(name, value) ? [problem(path, words.secrets.inField(fieldName(path.slice(2))), words)] : [];
  if (Array.isArray(value)) return value.flatMap((item: unknown, index) => inBody(name, item, [...path, index], words));
  return isMap(value) ? Object.entries(value).flatMap(([key, item]) => inBody(key, item, [...path, key], words)) : [];
}

/** The secret itself where its name belongs. */
function nameProblem(name: string, words: ProblemWords): readonly PathProblem[] {
  const generated = /^[A-Za-z0-9]{24,}$/.test(name) && /[a-z]/.test(name) && /[A-Z]/.test(name) && /\d/.test(name);
  return SECRET_TEXT.test(name) || generated ? [problem(["config", "secret"], words.secrets.itself, words)] : [];
}

function textProblem(draft: DraftConfig, path: readonly string[], words: ProblemWords): readonly PathProblem[] {
  return SECRET_TEXT.test(textOf(draft, path[0] ?? "", "")) ? [problem(path, words.secrets.inHeader, words)] : [];
}

function problem(path: readonly PropertyKey[], found: string, words: ProblemWords, hint = ""): PathProblem {
  return { path, spot: "value", message: words.found(found, `${words.secrets.allowed}${hint}`) };
}

/** Long, without spaces, letters and digits mixed: the look of a generated key. */
function looksGenerated(text: string): boolean {
  return /^[\w+/=.~-]{16,}$/.test(text) && /[A-Za-z]/.test(text) && /\d/.test(text);
}
