import { z } from "zod";
import type { Fault } from "../../shared/fault.ts";
import { parseTimestamp } from "../../shared/parse-timestamp.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { hostOf } from "../net/attempt.ts";
import { createHttp, type HttpOptions, type JsonRequest } from "../net/http.ts";
import { cleanText } from "./clean-text.ts";
import { conversationUrl, segment } from "./conversation-url.ts";
import { genesysCode } from "./genesys-code.ts";
import type { Replies, Search } from "./replies.ts";
import { watchTheirClock } from "./their-clock.ts";

const TIMEOUT_MS = 5_000;
/** All of the calls together. */
const BUDGET_MS = 30_000;
/** A conversation of a day refers to its messages in some hundred bytes each. */
const MAX_CONVERSATION_BYTES = 8_000_000;
/** A message older than the request by less may be the reply: clocks are read to the second, and may have been set meanwhile. */
const CLOCK_TOLERANCE_MS = 60_000;
/** So many messages are looked at; each is a request. */
export const MAX_LOOKED_AT = 100;

const anyId = z.union([z.string().min(1), z.int().transform(String)]);

/** A reference that cannot be read might be the reply's: then the conversation cannot be read. */
const conversationSchema = z.object({
  participants: z.array(
    z.object({
      messages: z.array(z.object({ messageId: anyId, messageTime: z.unknown().optional().transform(parseTimestamp) })).nullish(),
    }),
  ),
});

const messageSchema = z.object({
  /** A picture has none, or something else. */
  textBody: z.string().nullish().catch(null),
  direction: z.string().nullish().catch(null),
});

/**
 * Looks for a reply in its conversation (contract 3.6): an outbound message with its text, not older than the request and
 * not known to be another. Null says that it is not there; whatever keeps that from being sure is a fault: a call that
 * failed, an answer that cannot be read, more messages than are looked at, words that another reply of ours had too.
 * Times in the conversation are the platform's: where its clock is behind ours, so is what counts as older.
 */
export function createReadBack(options: HttpOptions & { readonly apiUrl: string }): Replies["readBack"] {
  const { clock, apiUrl } = options;
  return async (search, signal) => {
    const platform = watchTheirClock(options.fetch);
    const send = createHttp({ ...options, fetch: platform.fetch });
    const url = conversationUrl(apiUrl, search.conversationId);
    if (url === null) return err({ kind: "policy", code: "invalid-input", detail: "the id of the conversation cannot stand in an address" });
    const endsAt = clock.monotonic() + BUDGET_MS;

    const get = async <T>(address: string, schema: z.ZodType<T>, more: Partial<JsonRequest<T>> = {}): Promise<Result<T, Fault>> => {
      const budgetMs = endsAt - clock.monotonic();
      const reply = await send({ method: "GET", url: address, schema, timeoutMs: TIMEOUT_MS, retry: { attempts: 1 }, explain: genesysCode, signal, budgetMs, ...more });
      return reply.ok ? ok(reply.value.value) : reply;
    };

    const conversation = await get(url, conversationSchema, { maxBytes: MAX_CONVERSATION_BYTES });
    if (!conversation.ok) return conversation;
    const notBefore = search.notBefore - platform.behindMs(clock.now()) - CLOCK_TOLERANCE_MS;
    const candidates = candidatesOf(conversation.value, search, notBefore);
    const wanted = wordsOf(search.text);
    for (const id of candidates.slice(0, MAX_LOOKED_AT)) {
      const place = segment(id);
      if (place === null) return err(unsure(apiUrl, "a message has an id that cannot stand in an address"));
      const message = await get(`${url}/messages/${place}`, messageSchema);
      if (!message.ok) {
        // It was there a moment ago: deleted since.
        if (message.error.code === "not-found") continue;
        return message;
      }
      const { textBody, direction } = message.value;
      if (wordsOf(textBody ?? "") !== wanted) continue;
      if (direction?.toLowerCase() === "outbound") {
        return search.nameless ? err(unsure(apiUrl, "another reply of ours, whose id is not known, has the same words")) : ok(id);
      }
      if (direction?.toLowerCase() !== "inbound") return err(unsure(apiUrl, "a message with the reply's words does not say its direction"));
    }
    if (candidates.length <= MAX_LOOKED_AT) return ok(null);
    return err(unsure(apiUrl, `more than ${MAX_LOOKED_AT} messages may be the reply`));
  };
}

/**
 * The ids of messages that may be the reply; those nearest to the request in time first, because it is most likely among
 * them. `notBefore`: on the platform's clock, ms since the Unix epoch.
 */
function candidatesOf({ participants }: z.infer<typeof conversationSchema>, search: Search, notBefore: number): readonly string[] {
  const distances = new Map<string, number>();
  for (const { messages } of participants) {
    for (const { messageId, messageTime } of messages ?? []) {
      if (search.counted(messageId)) continue;
      if (messageTime !== undefined && messageTime < notBefore) continue;
      distances.set(messageId, messageTime === undefined ? Infinity : Math.abs(messageTime - search.notBefore));
    }
  }
  return Array.from(distances)
    .toSorted(([, one], [, other]) => (one === other ? 0 : one - other))
    .map(([id]) => id);
}

/** What is compared: platforms change line ends and white space, and may compose letters in another way. */
export function wordsOf(text: string): string {
  return cleanText(text).normalize("NFC").replaceAll(/\s+/gu, " ").trim();
}

function unsure(apiUrl: string, found: string): Fault {
  return { kind: "contract", code: "malformed-reply", detail: `${hostOf(apiUrl)}: ${found}` };
}
