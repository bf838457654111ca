import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";

/** A fault in the words of the error table (contract 0, "Errors"): what happened, why, what to do. */
export function faultMessage(fault: Fault): string {
  const { what, cause, remedy } = describeFault(fault);
  return `${what} ${cause} ${remedy}`;
}
