import type { Fault, FaultCode } from "../../shared/fault.ts";
import { tellFault, type FaultText } from "../../shared/tell-fault.ts";
import { general } from "../texts/catalogue.ts";
import { setupTexts } from "../texts/setup-texts.ts";

/** A trial's fault in words. What the program tries again by itself while it works, a trial does not: a person has to. */
export function describeTrialFault(fault: Fault): FaultText {
  const { faultWords } = general;
  const remedies: Partial<Readonly<Record<FaultCode, string>>> = setupTexts.trial.remedies;
  const row = faultWords.rows[fault.code];
  return tellFault(fault, { ...faultWords, rows: { ...faultWords.rows, [fault.code]: { ...row, remedy: remedies[fault.code] ?? row.remedy } } });
}
