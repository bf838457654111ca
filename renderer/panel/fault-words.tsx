import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../texts/fault-words.ts";

/** A fault in a banner: what happened and what to do; the likely cause for whoever rests the pointer on it. */
export function FaultWords({ fault }: { readonly fault: Fault }) {
  const { what, cause, remedy } = describeFault(fault);
  return (
    <span className="banner-detail">
      <span title={cause}>{what}</span> {remedy}
    </span>
  );
}
