import { tellFault, type FaultText } from "../../shared/tell-fault.ts";
import type { Fault } from "../../shared/fault.ts";
import { general } from "./catalogue.ts";

/** A fault in the page's language: what happened, why it most likely did, and what to do now. */
export function describeFault(fault: Fault): FaultText {
  return tellFault(fault, general.faultWords);
}
