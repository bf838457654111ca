import { englishProblems, type ProblemWords } from "../documents/found-words.ts";
import type { PathProblem } from "../documents/issue-problem.ts";
import { authHeader, type DraftConfig, isMap, own, textOf } from "./draft-config.ts";

/** Headers that the connection or the program sets, each with why it is none of a definition's. */
const OUR_HEADERS: ReadonlyMap<string, keyof ProblemWords["headers"]["ours"]> = new Map([
  ["host", "address"],
  ["content-length", "body"],
  ["idempotency-key", "perRun"],
  ...["transfer-encoding", "connection", "keep-alive", "proxy-connection", "upgrade", "te", "trailer", "expect"].map((name) => [name, "connection"] as const),
]);
/** Headers that a secret would destroy the meaning of. */
const MEANT_OTHERWISE: ReadonlySet<string> = new Set(["content-type", "accept", "accept-encoding", "accept-language", "user-agent"]);

/** Whether `name` is a header that a definition may not set, and why not; null where it may. */
export function whyOurHeader(name: string, { headers }: ProblemWords = englishProblems): string | null {
  const why = OUR_HEADERS.get(name.toLowerCase());
  return why === undefined ? null : headers.ours[why];
}

/** Headers that collide: with the authentication's, with the connection's, with each other. */
export function headerProblems(config: DraftConfig, words: ProblemWords): readonly PathProblem[] {
  const auth = authHeader(config);
  const headers = own(config, "headers");
  const seen = new Map<string, string>();
  const problems: PathProblem[] = [];
  for (const [name, value] of isMap(headers) ? Object.entries(headers) : []) {
    const low = name.toLowerCase();
    const why = collision({ name: low, value, auth, twin: seen.get(low) }, words);
    if (why !== null) problems.push({ path: ["config", "headers", name], spot: "key", message: why });
    seen.set(low, name);
  }
  if (auth !== null) {
    const why = whyOurHeader(auth.header, words) ?? (MEANT_OTHERWISE.has(auth.header) ? words.headers.ownMeaning : null);
    if (why !== null) problems.push({ path: ["config", "auth_header_name"], spot: "value", message: words.headers.notForCredentials(textOf(config, "auth_header_name", "Authorization"), why) });
  }
  return problems;
}

interface Header {
  /** In lower case. */
  readonly name: string;
  readonly value: unknown;
  readonly auth: ReturnType<typeof authHeader>;
  /** The one of the same name before it. */
  readonly twin: string | undefined;
}

function collision({ name, value, auth, twin }: Header, words: ProblemWords): string | null {
  const ours = whyOurHeader(name, words);
  if (ours !== null) return words.headers.setAlready(ours);
  if (auth?.header === name) return words.headers.setByAuth(auth.type);
  if (twin !== undefined) return words.headers.twin(twin);
  if (name === "content-type" && typeof value === "string" && !isJsonType(value)) return words.headers.notJson;
  return null;
}

/** Whether a value of Content-Type stands for JSON. */
export function isJsonType(value: string): boolean {
  return /^\s*(?:application|text)\/(?:[\w.!#$&^-]+\+)?json\s*(?:;|$)/i.test(value);
}
