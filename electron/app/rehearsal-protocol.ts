import type { Fault } from "../../shared/fault.ts";
import type { Rehearsal, Rehearsed } from "../../shared/workshop.ts";
import type { Rules } from "../assist/compiled-rules.ts";

/** What is asked of the rehearsing thread. Both ends are built from one source. */
export type RehearsalRequest =
  /** `standing`: the rules that hold now. Whatever was asked before is given up. */
  | { readonly kind: "rehearse"; readonly file: string; readonly tried: Rules; readonly standing: Rules; readonly filter: Rehearsal["filter"]; readonly interactions: number }
  | { readonly kind: "close" };

/** The answer to one request. */
export type RehearsalReply =
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly fault: Fault }
  | { readonly kind: "rehearsed"; readonly rehearsed: Omit<Rehearsed, "tookMs"> };
