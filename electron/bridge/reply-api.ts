import { z } from "zod";
import { assertNever } from "../../shared/assert-never.ts";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import type { Fetch } from "../net/attempt.ts";
import { createHttp } from "../net/http.ts";
import type { BearerTokens } from "../net/oauth.ts";
import { conversationUrl, segment } from "./conversation-url.ts";
import { genesysCode } from "./genesys-code.ts";
import { createReadBack } from "./read-back.ts";
import type { Address, Replies } from "./replies.ts";
import { watchFate } from "./request-fate.ts";

export interface RepliesOptions {
  readonly fetch: Fetch;
  readonly tokens: BearerTokens;
  readonly clock: Clock;
  readonly random: () => number;
  /** The base of the API, without `/api/v2`. */
  readonly apiUrl: string;
}

/** Contract 0. */
const TIMEOUT_MS = 5_000;
/** Typing is worth nothing when it comes late. */
const TYPING_TIMEOUT_MS = 2_000;

/** The platform's calls into conversations, signed with its token; a 401 renews it and repeats the call once. */
export function createReplies(options: RepliesOptions): Replies {
  const { clock, apiUrl } = options;
  const quiet = createHttp(options);

  return {
    async send(to, text, key, signal) {
      const url = communicationUrl(apiUrl, to, "messages");
      if (url === null) return { kind: "refused", fault: unaddressable() };
      const startedAt = clock.monotonic();
      const watched = watchFate(options.fetch);
      const reply = await createHttp({ ...options, fetch: watched.fetch })({
        method: "POST",
        url,
        body: { kind: "json", value: { textBody: text } },
        // Whatever it says beside its status: the reply is in the conversation.
        schema: z.unknown(),
        allowText: true,
        timeoutMs: TIMEOUT_MS,
        retry: { attempts: 1 },
        idempotencyKey: key,
        explain: genesysCode,
        signal,
      });
      if (reply.ok) return { kind: "sent", replyId: readReplyId(reply.value.value), ms: reply.value.attemptMs };
      const fate = watched.fate();
      switch (fate) {
        case "taken":
          return { kind: "sent", replyId: null, ms: clock.monotonic() - startedAt };
        case "not-taken":
          return { kind: "refused", fault: reply.error };
        case "unclear":
          return { kind: "unknown", fault: reply.error };
        default:
          return assertNever(fate);
      }
    },
    readBack: createReadBack(options),
    async typing(to, signal) {
      const url = communicationUrl(apiUrl, to, "typing");
      if (url === null) return;
      await quiet({
        method: "POST",
        url,
        body: { kind: "json", value: {} },
        schema: z.unknown(),
        statusOnly: true,
        timeoutMs: TYPING_TIMEOUT_MS,
        budgetMs: TYPING_TIMEOUT_MS,
        retry: { attempts: 1 },
        signal,
      });
    },
  };
}

/** Where the event named no communication, the conversation's own id stands for it (platform's reply call). */
function communicationUrl(apiUrl: string, { conversationId, communicationId }: Address, what: "messages" | "typing"): string | null {
  const conversation = conversationUrl(apiUrl, conversationId);
  const communication = segment(communicationId ?? conversationId);
  return conversation === null || communication === null ? null : `${conversation}/communications/${communication}/${what}`;
}

function unaddressable(): Fault {
  return { kind: "policy", code: "invalid-input", detail: "the id of the conversation or communication cannot stand in an address" };
}

const replySchema = z.object({ id: z.union([z.string().min(1), z.int().transform(String)]) });

/** The id under which the platform keeps the reply; null where it names none that can be used. */
function readReplyId(reply: unknown): string | null {
  const read = replySchema.safeParse(reply);
  return read.success ? read.data.id : null;
}
