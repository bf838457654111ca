import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";

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
 * empty, too long or no text is `no-answer` (kind `contract`): the bot has answered, so asking again would not help.
 */
export type AskBot = (question: Question, signal: AbortSignal) => Promise<Result<{ readonly text: string; readonly ms: number }, Fault>>;
