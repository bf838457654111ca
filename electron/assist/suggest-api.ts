import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { SendJson } from "../net/http.ts";
import { withScope } from "../net/scope-fault.ts";

/** The body of `POST /agentassist/suggest` (contract 2.3). */
export interface SuggestRequest {
  readonly interactionId: string;
  readonly transcript: string;
  readonly sentimentScore: number;
  readonly context: Readonly<Record<string, unknown>>;
}

/** What the platform answered: its items unjudged, and the time it took in milliseconds. */
export interface AskReply {
  readonly items: readonly unknown[];
  readonly upstreamMs: number;
}

/** Asks the platform within `budgetMs`; never throws. */
export type Ask = (
  request: SuggestRequest,
  options: { readonly budgetMs: number; readonly signal: AbortSignal },
) => Promise<Result<AskReply, Fault>>;

/** A set is judged item by item (policy), so that one bad suggestion does not cost the others. */
const replySchema = z.object({ suggestions: z.array(z.unknown()).max(1_000) });

/** Above it a reply is cut off: three suggestions are a few hundred bytes. */
const MAX_REPLY_BYTES = 1_000_000;

/**
 * The platform's suggest call (contract 2.3). The whole call, retries and waits included, stays within the budget; a
 * `Retry-After` beyond it fails at once. Every attempt carries the same body.
 */
export function createSuggestApi(options: { readonly send: SendJson; readonly apiUrl: string }): Ask {
  const url = `${options.apiUrl.replace(/\/+$/u, "")}/agentassist/suggest`;
  return async (request, { budgetMs, signal }) => {
    const reply = await options.send({
      method: "POST",
      url,
      body: { kind: "json", value: request },
      schema: replySchema,
      timeoutMs: budgetMs,
      budgetMs,
      maxBytes: MAX_REPLY_BYTES,
      signal,
    });
    if (!reply.ok) return err(withScope(reply.error, "agentassist:read"));
    return ok({ items: reply.value.value.suggestions, upstreamMs: reply.value.ms });
  };
}
