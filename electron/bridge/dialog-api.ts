import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";

/** What the bot is asked. `key` is the same each time the same message is asked about. */
export interface Question {
  readonly conversationId: string;
  readonly text: string;
  readonly key: string;
}

/**
 * Asks the bot once (contract 3.4): no retry of its own, 5 s at most. `ms` is what it took. A `response` that is missing,
 * empty or no text is `malformed-reply` (kind `contract`): the bot has answered, so asking again would not help.
 */
export type AskBot = (question: Question, signal: AbortSignal) => Promise<Result<{ readonly text: string; readonly ms: number }, Fault>>;
