import type { Fault } from "../../shared/fault.ts";
import type { HistoryItem } from "./history-item.ts";
import type { HistoryCounts, InteractionRecord, InteractionSummary } from "./history-record.ts";

/** What the history asks of its worker. Times in ms since the Unix epoch. Both ends are built from one source. */
export type HistoryRequest =
  | { readonly kind: "open"; readonly file: string; readonly mask: boolean; readonly now: number }
  | { readonly kind: "write"; readonly items: readonly HistoryItem[]; readonly now: number }
  | { readonly kind: "expire"; readonly before: number }
  | { readonly kind: "interaction"; readonly id: string }
  | { readonly kind: "interactions"; readonly limit: number }
  | { readonly kind: "counts" }
  | { readonly kind: "close" };

/** The answer to one request. */
export type HistoryReply =
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly fault: Fault }
  | { readonly kind: "interaction"; readonly record: InteractionRecord | null }
  | { readonly kind: "interactions"; readonly summaries: readonly InteractionSummary[] }
  | { readonly kind: "counts"; readonly counts: HistoryCounts };

/** The file was damaged: it was renamed to `path`, and a new one begun. */
export interface SetAside {
  readonly kind: "set-aside";
  readonly path: string;
}

/** What goes over the port: requests are answered in order, by number; a set-aside comes unasked. */
export interface NumberedRequest {
  readonly number: number;
  readonly request: HistoryRequest;
}
export type FromWorker = { readonly kind: "reply"; readonly number: number; readonly reply: HistoryReply } | SetAside;
