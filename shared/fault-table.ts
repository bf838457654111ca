import type { Fault } from "./fault.ts";
import { germanFaults } from "./fault-words-de.ts";
import { englishFaults } from "./fault-words-en.ts";
import type { Language } from "./language.ts";
import { tellFault, type FaultText } from "./tell-fault.ts";

const tables = { en: englishFaults, de: germanFaults } as const;

/** A fault in words, for main and the command line; the panel's page has its own way, which loads one language only. */
export function describeFault(fault: Fault, language: Language = "en"): FaultText {
  return tellFault(fault, tables[language]);
}
