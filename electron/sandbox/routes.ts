/** A request as a platform sees it: the body is read, the query is parsed. */
export interface SandboxRequest {
  /** As it stood in the request line, without the query. */
  readonly path: string;
  /** By name in lower case; of those that came twice, joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly contentType: string;
  readonly authorization: string;
  /** Of a request that may be sent twice and should be done once; empty where there is none. */
  readonly idempotencyKey: string;
  /** What stood in the place of the path's `{name}` segments, decoded, in their order. */
  readonly ids: readonly string[];
  /** Aborts when the client hangs up or the sandbox closes. */
  readonly signal: AbortSignal;
}

/**
 * What a platform answers. `silence` never answers (the client has to give up), `cut` sends half of the body and breaks
 * the connection, `hang-up` breaks it without a word. `bytes` is anything that is no JSON of ours; `endless` sends `chunk`
 * again and again until the client has had enough, and waits for `next` before each.
 */
export type SandboxReply =
  | { readonly kind: "json"; readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: "empty"; readonly status: 204 }
  | { readonly kind: "cut"; readonly body: unknown }
  | { readonly kind: "bytes"; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: Buffer }
  | { readonly kind: "endless"; readonly head: string; readonly chunk: string; readonly next: () => Promise<void> }
  | { readonly kind: "silence" }
  | { readonly kind: "hang-up" };

/** One row of a platform's routing table. */
export interface Route {
  readonly method: "GET" | "POST";
  /** Matched segment by segment; a segment `{name}` takes any one that is not empty. */
  readonly path: string;
  handle(request: SandboxRequest): SandboxReply | Promise<SandboxReply>;
}

/**
 * Whether `path` (as it stood in the request line, without the query) is `pattern`: what its `{name}` segments took,
 * decoded, or null. Split before it is decoded, so an encoded slash is part of its segment and never parts two.
 */
export function matchPath(pattern: string, path: string): readonly string[] | null {
  const wanted = pattern.split("/");
  const found = path.split("/");
  if (wanted.length !== found.length) return null;
  const ids: string[] = [];
  for (const [at, segment] of wanted.entries()) {
    const here = found[at] ?? "";
    if (!/^\{\w+\}$/.test(segment)) {
      if (segment !== here) return null;
      continue;
    }
    const id = decoded(here);
    if (id === null || id === "") return null;
    ids.push(id);
  }
  return ids;
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}

/** An answer in JSON. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): SandboxReply {
  return { kind: "json", status, body, headers };
}

/** A refusal in the words of the platform. */
export function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): SandboxReply {
  return json(status, { code: status, message }, headers);
}

/** Parses a JSON body; in `error` why it is none. */
export function readJson(
  request: SandboxRequest,
): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string } {
  // Insisting on the type also keeps web pages out: a page cannot send it to another origin without being asked first.
  if (!/^application\/json\b/i.test(request.contentType)) {
    return { ok: false, error: `content-type: found "${request.contentType}", allowed: application/json` };
  }
  try {
    const value: unknown = JSON.parse(request.body);
    return { ok: true, value };
  } catch {
    return { ok: false, error: "body: is not valid JSON" };
  }
}
