import { assertNever } from "../../shared/assert-never.ts";
import type { Fault } from "../../shared/fault.ts";
import { describeFault } from "../../shared/fault-table.ts";
import type { ProblemWords } from "../words/en/update-words.ts";
import { englishSpeech, type Speech } from "../words/speech.ts";

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

/** In which language problems are told. */
export type ProblemSpeech = Pick<Speech, "words" | "language">;

/** What the panel says of a problem, in English unless `speech` is given. */
export function describeProblem(problem: UpdateProblem, speech: ProblemSpeech = englishSpeech): ProblemWords {
  const words = speech.words().updates;
  switch (problem.kind) {
    case "fault":
      return faultWords(problem.fault, speech);
    case "no-feed":
      return words.noFeed(problem.name);
    case "unsigned":
      return words.unsigned;
    case "wrong-signature":
      return words.wrongSignature;
    case "malformed":
      return words.malformed(problem.detail);
    case "wrong-channel":
      return words.wrongChannel(problem.found, problem.allowed);
    case "wrong-platform":
      return words.wrongPlatform(problem.found, problem.allowed);
    case "no-version":
      return words.noVersion(problem.found);
    case "older":
      return words.older(problem.found, problem.running);
    case "checksum":
      return words.checksum(problem.version);
    case "publisher":
      return words.publisher(problem.version);
    case "system":
      return words.system(problem.version);
    case "updater":
      return words.updater(problem.code);
    case "not-installed":
      return words.notInstalled(problem.version);
    default:
      return assertNever(problem);
  }
}

/** The table's words are of the platform that is talked to; here it is the place that updates come from. */
function faultWords(fault: Fault, speech: ProblemSpeech): ProblemWords {
  const words = speech.words().updates;
  if (fault.code === "disk") return words.notStored(sentence(fault.detail));
  if (fault.kind === "transport") return words.unreachable(sentence(fault.detail));
  return words.unavailable(sentence(fault.detail), describeFault(fault, speech.language()).remedy);
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/u.test(whole) ? whole : `${whole}.`;
}
