import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";

/** Why there is no update, or why one that is there is not taken. */
export type UpdateProblem =
  /** The line, the server or the disk. */
  | { readonly kind: "fault"; readonly fault: Fault }
  /** Nothing is published at the address for this channel and platform. */
  | { readonly kind: "no-feed"; readonly name: string }
  | { readonly kind: "unsigned" }
  | { readonly kind: "wrong-signature" }
  /** Signed, and yet not what a feed has to be. */
  | { readonly kind: "malformed"; readonly detail: string }
  | { readonly kind: "wrong-channel"; readonly found: string; readonly allowed: string }
  | { readonly kind: "wrong-platform"; readonly found: string; readonly allowed: string }
  | { readonly kind: "no-version"; readonly found: string }
  | { readonly kind: "older"; readonly found: string; readonly running: string }
  /** The package is not the one that the feed names. */
  | { readonly kind: "checksum"; readonly version: string }
  /** The operating system does not vouch for who made the package. */
  | { readonly kind: "publisher"; readonly version: string }
  /** The operating system is older than the version asks for. */
  | { readonly kind: "system"; readonly version: string }
  /** The updater itself gave up; `code` is its own, never its words, which may hold addresses. */
  | { readonly kind: "updater"; readonly code: string }
  /** It was meant to be installed, and after the restart the old version runs. */
  | { readonly kind: "not-installed"; readonly version: string };

/** A problem in words: what happened, and what becomes of it or can be done. */
export interface ProblemWords {
  readonly what: string;
  readonly remedy: string;
}

const AGAIN = "It is tried again by itself.";
const NOT_LOADED = "Nothing was loaded. Tell your administrator.";
const NOT_KEPT = "It was thrown away and is loaded again by itself. If it stays, tell your administrator.";

/** What the panel says of a problem. */
export function describeProblem(problem: UpdateProblem): ProblemWords {
  switch (problem.kind) {
    case "fault":
      return faultWords(problem.fault);
    case "no-feed":
      return { what: `There is no ${problem.name} at the address for updates.`, remedy: `${AGAIN} If it stays, tell your administrator: the address or the channel is wrong, or nothing is published.` };
    case "unsigned":
      return { what: "The update is not signed.", remedy: NOT_LOADED };
    case "wrong-signature":
      return { what: "The update is not signed by its maker.", remedy: NOT_LOADED };
    case "malformed":
      return { what: `What is published for updates cannot be used: ${problem.detail}.`, remedy: NOT_LOADED };
    case "wrong-channel":
      return { what: `The update is for another channel: found ${problem.found}, allowed ${problem.allowed}.`, remedy: NOT_LOADED };
    case "wrong-platform":
      return { what: `The update is for another system: found ${problem.found}, allowed ${problem.allowed}.`, remedy: NOT_LOADED };
    case "no-version":
      return { what: `The update has no proper version: found ${problem.found}, allowed such as 1.2.3.`, remedy: NOT_LOADED };
    case "older":
      return { what: `Version ${problem.found} is older than ${problem.running}, which runs here.`, remedy: "It is not installed. To go back, your administrator installs the older version by hand." };
    case "checksum":
      return { what: `The package of version ${problem.version} is not the one that was signed.`, remedy: NOT_KEPT };
    case "publisher":
      return { what: `The system does not accept who signed the package of version ${problem.version}.`, remedy: NOT_KEPT };
    case "system":
      return { what: `Version ${problem.version} needs a newer operating system.`, remedy: "This version goes on working. Tell your administrator." };
    case "updater":
      return { what: `The update could not be made ready (${problem.code}).`, remedy: `${AGAIN} If it stays, tell your administrator.` };
    case "not-installed":
      return { what: `Version ${problem.version} was not installed.`, remedy: "This version goes on working. Try again; if it stays, tell your administrator." };
    default:
      return assertNever(problem);
  }
}

/** The table's words are of the platform that is talked to; here it is the place that updates come from. */
function faultWords(fault: Fault): ProblemWords {
  if (fault.code === "disk") return { what: `The update could not be kept on the disk. ${sentence(fault.detail)}`, remedy: `Make room or ask your administrator. ${AGAIN}` };
  if (fault.kind === "transport") return { what: `The place that updates come from cannot be reached. ${sentence(fault.detail)}`, remedy: `Nothing to do: ${AGAIN.charAt(0).toLowerCase()}${AGAIN.slice(1)}` };
  return { what: `Updates cannot be had. ${sentence(fault.detail)}`, remedy: describeFault(fault).remedy };
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/u.test(whole) ? whole : `${whole}.`;
}
