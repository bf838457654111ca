import { z } from "zod";
import type { Clock } from "../../shared/clock.ts";
import type { Fault } from "../../shared/fault.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Fetch, hostOf } from "../net/attempt.ts";
import { createHttp } from "../net/http.ts";
import { cleanText } from "./clean-text.ts";

/**
 * What the bot is asked. `key` is the same each time the same message is asked about; so must be `at` then (receipt of the
 * message, ms since the Unix epoch), because a request that is sent again carries the same body (contract 0). Now unless given.
 */
export interface Question {
  readonly conversationId: string;
  readonly text: string;
  readonly key: string;
  readonly at?: number;
}

/**
 * Asks the bot once (contract 3.4): no retry of its own, 5 s at most. `ms` is what it took. A `response` that is missing,
 * empty, too long or no text is `no-answer` (kind `contract`): the bot has answered, so asking again would not help. A body
 * that is no JSON is of kind `transport`, and may be asked for again.
 */
export type AskBot = (question: Question, signal: AbortSignal) => Promise<Result<{ readonly text: string; readonly ms: number }, Fault>>;

export interface AskBotOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: () => number;
  /** The whole address. */
  readonly dialogUrl: string;
  readonly dialogKey: string;
}

/** Contract 0. */
const TIMEOUT_MS = 5_000;
/** Far more than a person reads in a chat; in UTF-16 code units. */
const MAX_ANSWER_LENGTH = 10_000;

/** Asks the bot over its dialog endpoint, signed with the API key. */
export function createAskBot(options: AskBotOptions): AskBot {
  const { clock, dialogUrl, dialogKey } = options;
  const send = createHttp(options);
  return async ({ conversationId, text, key, at }, signal) => {
    const timestamp = new Date(at ?? clock.now()).toISOString();
    const reply = await send({
      method: "POST",
      url: dialogUrl,
      headers: { authorization: `Bearer ${dialogKey}` },
      body: { kind: "json", value: { userId: conversationId, message: text, context: { source: "genesys-cloud", timestamp } } },
      schema: z.unknown(),
      timeoutMs: TIMEOUT_MS,
      retry: { attempts: 1 },
      idempotencyKey: key,
      signal,
    });
    if (!reply.ok) return err(askFault(reply.error));
    const answer = readAnswer(reply.value.value);
    if (answer.ok) return ok({ text: answer.value, ms: reply.value.attemptMs });
    return err({ ...answer.error, detail: `${hostOf(dialogUrl)}: ${answer.error.detail}` });
  };
}

/** The bot's words, cleaned, or in what way there are none. */
function readAnswer(reply: unknown): Result<string, Fault> {
  if (reply === undefined) return noAnswer("the reply is empty");
  if (typeof reply !== "object" || reply === null || Array.isArray(reply)) {
    return err({ kind: "contract", code: "malformed-reply", detail: `found ${kindOf(reply)}, not an object` });
  }
  const response: unknown = "response" in reply ? reply.response : undefined;
  if (response === undefined) return noAnswer("response is missing");
  if (typeof response !== "string") return noAnswer(`response is ${kindOf(response)}`);
  const text = cleanText(response);
  if (text.trim() === "") return noAnswer("response is empty");
  if (text.length > MAX_ANSWER_LENGTH) return noAnswer(`the answer is too long: ${text.length} characters, up to ${MAX_ANSWER_LENGTH} are allowed`);
  return ok(text);
}

function noAnswer(detail: string): Result<never, Fault> {
  return err({ kind: "contract", code: "no-answer", detail });
}

/** What a value is, for a person. */
function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

function askFault(fault: Fault): Fault {
  // The key is not one that can be renewed, and the table's row speaks of client id and secret.
  if (fault.status === 401) return { ...fault, detail: `${fault.detail}; the API key (COGNIGY_API_KEY) is not accepted` };
  if (fault.status === 403) return { ...fault, detail: `${fault.detail}; the API key (COGNIGY_API_KEY) may not ask this bot` };
  // No JSON at all is a proxy's error page, whatever its status: the bot was not heard, so it is asked again.
  if (fault.code === "malformed-reply") return { ...fault, kind: "transport" };
  // The bot has answered; asking again would bring the same.
  if (fault.code === "reply-too-large") return { ...fault, code: "no-answer", detail: `the answer is too long: ${fault.detail}` };
  return fault;
}
