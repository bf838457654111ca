import type { Fault } from "../../shared/fault.ts";
import type { BatchSummary } from "../../shared/simulation.ts";
import type { Forgetting, Forgotten } from "./database.ts";
import type { HistoryItem } from "./history-item.ts";
import type { InteractionRecord } from "../../shared/history.ts";
import type { HistoryCounts, InteractionSummary, KeptCase } from "./history-record.ts";

/** What the history asks of its worker. Times in ms since the Unix epoch. Both ends are built from one source. */
export type HistoryRequest =
  | { readonly kind: "open"; readonly file: string; readonly mask: boolean; readonly now: number }
  | { readonly kind: "write"; readonly items: readonly HistoryItem[]; readonly now: number }
  | { readonly kind: "expire"; readonly before: number }
  | { readonly kind: "settle" }
  | { readonly kind: "forget"; readonly which: Forgetting; readonly now: number; readonly dry: boolean }
  /** No trace of what was removed may be left; answered with whether that is so now. */
  | { readonly kind: "erase" }
  | { readonly kind: "interaction"; readonly id: string }
  | { readonly kind: "interactions"; readonly limit: number }
  | { readonly kind: "counts" }
  | { readonly kind: "batch-begin"; readonly summary: BatchSummary; readonly now: number }
  | { readonly kind: "batch-add"; readonly batchId: string; readonly position: number; readonly cases: readonly KeptCase[] }
  | { readonly kind: "batch-finish"; readonly batchId: string }
  | { readonly kind: "batch-summary"; readonly batchId: string }
  | { readonly kind: "batch-cases"; readonly batchId: string; readonly position: number; readonly count: number }
  | { readonly kind: "batches"; readonly suite: string; readonly limit: number }
  | { readonly kind: "baseline-pin"; readonly suite: string; readonly batchId: string | null }
  | { readonly kind: "baseline"; readonly suite: string }
  | { readonly kind: "close" };

/** The answer to one request. */
export type HistoryReply =
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly fault: Fault }
  | { readonly kind: "expired"; readonly interactions: number; readonly erased: boolean }
  | { readonly kind: "forgotten"; readonly forgotten: Forgotten }
  | { readonly kind: "erased"; readonly erased: boolean }
  | { readonly kind: "interaction"; readonly record: InteractionRecord | null }
  | { readonly kind: "interactions"; readonly summaries: readonly InteractionSummary[] }
  | { readonly kind: "counts"; readonly counts: HistoryCounts }
  | { readonly kind: "batches"; readonly summaries: readonly BatchSummary[] }
  | { readonly kind: "batch-cases"; readonly cases: readonly KeptCase[] }
  | { readonly kind: "baseline"; readonly batchId: string | null };

/** The file was damaged: it was renamed to `path`, and a new one begun. */
export interface SetAside {
  readonly kind: "set-aside";
  readonly path: string;
}
