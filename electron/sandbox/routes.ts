/** A request as a platform sees it: the body is read, the query is parsed. */
export interface SandboxRequest {
  readonly body: string;
  readonly contentType: string;
  readonly authorization: string;
  /** Aborts when the client hangs up or the sandbox closes. */
  readonly signal: AbortSignal;
}

/**
 * What a platform answers. `silence` never answers (the client has to give up), `cut` sends half of the body and breaks
 * the connection.
 */
export type SandboxReply =
  | { readonly kind: "json"; readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | { readonly kind: "cut"; readonly body: unknown }
  | { readonly kind: "silence" };

/** One row of a platform's routing table. */
export interface Route {
  readonly method: "GET" | "POST";
  readonly path: string;
  handle(request: SandboxRequest): SandboxReply | Promise<SandboxReply>;
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
