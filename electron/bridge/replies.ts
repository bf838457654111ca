import type { Fault } from "../../shared/fault.ts";
import type { Result } from "../../shared/result.ts";

/** Where a reply goes. */
export interface Address {
  readonly conversationId: string;
  readonly communicationId: string | null;
}

/** `refused`: surely not taken (a refusal, or no request came about). `unknown`: it may have arrived. `ms`: the request alone. */
export type SendOutcome =
  | { readonly kind: "sent"; readonly replyId: string | null; readonly ms: number }
  | { readonly kind: "refused"; readonly fault: Fault }
  | { readonly kind: "unknown"; readonly fault: Fault };

/**
 * What a reply that may have arrived is known by. `notBefore` in ms since the Unix epoch, on our clock; `counted`: ids that
 * are known to be other replies of ours; `nameless`: another reply of ours with the same words is there under an id that nobody knows.
 */
export interface Search {
  readonly conversationId: string;
  readonly text: string;
  readonly notBefore: number;
  readonly counted: (messageId: string) => boolean;
  readonly nameless: boolean;
}

/** The way back into a conversation (contract 3.5, `platforms`). Each call is one attempt. */
export interface Replies {
  send(to: Address, text: string, key: string, signal: AbortSignal): Promise<SendOutcome>;
  /** The id of the reply where it has arrived, null where it is not there; a fault where the conversation cannot be read. */
  readBack(search: Search, signal: AbortSignal): Promise<Result<string | null, Fault>>;
  /** Shows the customer that an answer is being written; nobody minds where it fails. */
  typing(to: Address, signal: AbortSignal): Promise<void>;
}
