import type { Answerer } from "../../shared/bridge.ts";
import type { Fault } from "../../shared/fault.ts";
import type { InboxCounts, InboxItem, InboxOpening, Returned, Step, TakenMessage } from "./inbox.ts";

/** One call of an inbox. Times in ms since the Unix epoch. */
export type InboxCall =
  | { readonly kind: "take"; readonly message: TakenMessage; readonly step: Step; readonly resumePoint: number | null }
  | { readonly kind: "resume"; readonly point: number }
  | { readonly kind: "put"; readonly message: TakenMessage; readonly step: Step }
  | { readonly kind: "step"; readonly id: string; readonly step: Step }
  | { readonly kind: "answerer"; readonly conversationId: string; readonly answerer: Answerer; readonly at: number }
  | { readonly kind: "attended"; readonly id: string }
  | { readonly kind: "unfinished"; readonly after: number; readonly limit: number }
  | { readonly kind: "dead"; readonly limit: number }
  | { readonly kind: "with-agents"; readonly limit: number }
  | { readonly kind: "uncertain"; readonly limit: number }
  | { readonly kind: "find"; readonly id: string }
  | { readonly kind: "communication"; readonly conversationId: string }
  | { readonly kind: "counts" };

/** The answer to one call. */
export type InboxAnswer =
  | { readonly kind: "done" }
  | { readonly kind: "new" }
  | { readonly kind: "known" }
  | { readonly kind: "items"; readonly items: readonly InboxItem[] }
  | { readonly kind: "returned"; readonly returned: Returned }
  | { readonly kind: "communication"; readonly id: string | null }
  | { readonly kind: "counts"; readonly counts: InboxCounts }
  | { readonly kind: "failed"; readonly fault: Fault };

/**
 * What an inbox asks of its worker. `work`: in one transaction. `fold`: sweeps what is left of erased words, and writes the
 * log of changes into the file, so that they are gone from both. `safeTo`, where the thread before died: the highest position that is known to be safe.
 */
export type InboxRequest =
  | { readonly kind: "open"; readonly directory: string; readonly now: number; readonly safeTo: number | null }
  | { readonly kind: "work"; readonly calls: readonly InboxCall[] }
  | { readonly kind: "fold" }
  | { readonly kind: "close" };

/** The answer to one request. `position`: the highest that is on the disk now. */
export type InboxReply =
  | { readonly kind: "opened"; readonly opening: InboxOpening; readonly position: number }
  | { readonly kind: "worked"; readonly answers: readonly InboxAnswer[]; readonly position: number }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly fault: Fault };
