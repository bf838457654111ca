import type { PathProblem } from "../documents/issue-problem.ts";
import { authHeader, type DraftConfig, isMap, own, textOf } from "./draft-config.ts";

/** Headers that the connection or the program sets, each with why it is none of a definition's. */
const OUR_HEADERS: ReadonlyMap<string, string> = new Map([
  ["host", "it follows from the address"],
  ["content-length", "it follows from the body"],
  ["idempotency-key", "each run gets its own"],
  ...["transfer-encoding", "connection", "keep-alive", "proxy-connection", "upgrade", "te", "trailer", "expect"].map((name) => [name, "it belongs to the connection"] as const),
]);
/** Headers that a secret would destroy the meaning of. */
const MEANT_OTHERWISE: ReadonlySet<string> = new Set(["content-type", "accept", "accept-encoding", "accept-language", "user-agent"]);

/** Whether `name` is a header that a definition may not set, and why not; null where it may. */
export function whyOurHeader(name: string): string | null {
  return OUR_HEADERS.get(name.toLowerCase()) ?? null;
}

/** Headers that collide: with the authentication's, with the connection's, with each other. */
export function headerProblems(config: DraftConfig): readonly PathProblem[] {
  const auth = authHeader(config);
  const headers = own(config, "headers");
  const seen = new Map<string, string>();
  const problems: PathProblem[] = [];
  for (const [name, value] of isMap(headers) ? Object.entries(headers) : []) {
    const low = name.toLowerCase();
    const why = collision(low, value, auth, seen.get(low));
    if (why !== null) problems.push({ path: ["config", "headers", name], spot: "key", message: why });
    seen.set(low, name);
  }
  if (auth !== null) {
    const why = whyOurHeader(auth.header) ?? (MEANT_OTHERWISE.has(auth.header) ? "it has a meaning of its own" : null);
    if (why !== null) problems.push({ path: ["config", "auth_header_name"], spot: "value", message: `found ${textOf(config, "auth_header_name", "Authorization")}: ${why}; allowed: a header that is there for credentials, such as Authorization or X-Api-Key` });
  }
  return problems;
}

function collision(name: string, value: unknown, auth: ReturnType<typeof authHeader>, twin: string | undefined): string | null {
  const ours = whyOurHeader(name);
  if (ours !== null) return `found a header that is set already: ${ours}; allowed: every other header`;
  if (auth?.header === name) return `found the header that auth_type ${auth.type} sets; allowed: every other header (the secret's name belongs in config.secret)`;
  if (twin !== undefined) return `found the same header as ${twin}, upper and lower case do not count; allowed: each header once`;
  if (name === "content-type" && typeof value === "string" && !isJsonType(value)) return "found a type of content that is not JSON; allowed: application/json, or a type that ends in +json (what is sent is JSON)";
  return null;
}

/** Whether a value of Content-Type stands for JSON. */
export function isJsonType(value: string): boolean {
  return /^\s*(?:application|text)\/(?:[\w.!#$&^-]+\+)?json\s*(?:;|$)/i.test(value);
}
