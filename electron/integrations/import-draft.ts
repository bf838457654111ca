import type { DefinitionProblem, JsonValue } from "../../shared/integration.ts";
import type { Draft, ImportResult } from "../../shared/integration-view.ts";
import { isLoopback } from "../net/loopback-address.ts";
import { checkDraft, pathText } from "./definition.ts";
import type { PathProblem } from "../documents/issue-problem.ts";

/** How the service was asked for credentials, without them. `of`: what the secret is, for the note: "the token". */
export interface ImportedAuth {
  readonly type: "bearer" | "basic" | "api_key";
  readonly header: string;
  readonly of: string;
}

/** What an import found, before it is a draft. */
export interface ImportedRequest {
  readonly name: string;
  readonly description?: string;
  readonly url: string;
  readonly method: string;
  readonly auth: ImportedAuth | null;
  readonly headers: Readonly<Record<string, string>>;
  /** The keys of the body; null where none is sent. */
  readonly body: Readonly<Record<string, JsonValue>> | null;
  readonly extract?: string;
  readonly timeoutSeconds?: number;
  readonly notes: readonly string[];
}

/**
 * The draft of an imported request, checked: what a definition may not hold is refused, `explain` says where it came from.
 * `bot_id` is left empty, since no import knows it.
 */
export function draftImport(found: ImportedRequest, explain: (problem: PathProblem) => DefinitionProblem): ImportResult {
  const notes = [...found.notes];
  const secret = found.auth === null ? null : secretName(found.url, found.auth.type);
  if (found.auth !== null && secret !== null) notes.push(`Store ${found.auth.of} as the secret ${secret}. A value is never taken over.`);
  const draft: Draft = {
    name: nameOf(found.name),
    ...(found.description === undefined || found.description.trim() === "" ? {} : { description: cut(found.description.trim(), 1_000) }),
    bot_id: "",
    config: {
      url: found.url,
      method: found.method,
      ...authKeys(found.auth, secret),
      ...(Object.keys(found.headers).length === 0 ? {} : { headers: { ...found.headers } }),
      ...(found.body === null ? {} : { request_mapping: { body: bodyKeys(found.body, notes) } }),
      ...(found.extract === undefined ? {} : { response_mapping: { extract: found.extract } }),
      ...(found.timeoutSeconds === undefined ? {} : { timeout_seconds: found.timeoutSeconds }),
    },
  };
  const checked = checkDraft({ ...draft, bot_id: "unknown" });
  if (checked.problems.length > 0) return { kind: "refused", problems: checked.problems.map(explain) };
  return { kind: "draft", draft, notes: [...notes, ...checked.notes, "Set bot_id: the bot that the integration belongs to."] };
}

/** A problem as the draft's check tells it. */
export function asTold({ path, message }: PathProblem): DefinitionProblem {
  return { path: pathText(path), message };
}

function authKeys(auth: ImportedAuth | null, secret: string | null): Readonly<Record<string, string>> {
  if (auth === null || secret === null) return { auth_type: "none" };
  return { auth_type: auth.type, ...(auth.header.toLowerCase() === "authorization" ? {} : { auth_header_name: auth.header }), secret };
}

/** The body's own keys, and the bot's payload merged into them; where a key of the service's own is in the way, without it. */
function bodyKeys(body: Readonly<Record<string, JsonValue>>, notes: string[]): Record<string, JsonValue> {
  if (Object.hasOwn(body, "$input") || Object.hasOwn(body, "transform")) {
    notes.push("The body has a key transform or $input of its own, so the bot's payload is not merged into it: the values are sent as they stand.");
    return { ...body };
  }
  if (Object.keys(body).length > 0) notes.push("The values of the body are examples: each is sent as it stands unless the bot's payload has the same key.");
  return { ...body, $input: "bot.payload", transform: "json_merge" };
}

/** A name for the secret of a host, so that the secret of one service never goes to another. The practice service has the default's. */
function secretName(url: string, type: ImportedAuth["type"]): string {
  const host = URL.parse(url)?.hostname ?? "";
  if (isLoopback(url) || host === "") return "EXTERNAL_API_KEY";
  const what = { bearer: "TOKEN", basic: "LOGIN", api_key: "KEY" }[type];
  const name = cut(host.toUpperCase().replace(/[^A-Z0-9]+/g, "_").replace(/^_+|_+$/g, ""), 80);
  return `${/^\d/.test(name) ? "HOST_" : ""}${name}_${what}`;
}

/** At least 3 characters, at most 100. */
function nameOf(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  return plain.length < 3 ? `Integration ${plain}`.trim() : cut(plain, 100);
}

function cut(text: string, most: number): string {
  return text.length <= most ? text : text.slice(0, most).trimEnd();
}
