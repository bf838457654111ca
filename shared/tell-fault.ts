import type { Fault, FaultCode } from "./fault.ts";

/** A fault in words for the person at the desk: what happened, why it most likely did, and what to do now. */
export interface FaultText {
  readonly what: string;
  readonly cause: string;
  readonly remedy: string;
}

/** The one error table (contract 0, "Errors") in one language. */
export interface FaultWords {
  readonly rows: Readonly<Record<FaultCode, FaultText>>;
  /** What is said otherwise of a service that an integration asks. */
  readonly serviceRows: Partial<Readonly<Record<FaultCode, FaultText>>>;
  /** What the close codes of RFC 6455 and of the IANA registry mean, for the codes a platform really sends. */
  readonly closeMeanings: Readonly<Record<number, string>>;
  readonly closed: (code: number, meaning: string) => string;
  readonly found: (detail: string) => string;
  readonly pause: Readonly<Record<"platform" | "service", (length: string) => string>>;
  readonly seconds: (count: number) => string;
  /** Two at least. */
  readonly minutes: (count: number) => string;
}

/**
 * Says a fault in words for an agent on a live call (contract 0, "Errors"). What was found (the fault's own detail,
 * its close code and its pause) is woven into the row of its code; the detail stays in the words in which it was found. Pure.
 */
export function tellFault(fault: Fault, words: FaultWords): FaultText {
  const row = (fault.from === "service" ? words.serviceRows[fault.code] : undefined) ?? words.rows[fault.code];
  return { what: row.what, cause: causeOf(fault, row, words), remedy: remedyOf(fault, row, words) };
}

function causeOf(fault: Fault, row: FaultText, words: FaultWords): string {
  const { closeCode } = fault;
  const meaning = fault.code === "closed-by-peer" && closeCode !== undefined ? words.closeMeanings[closeCode] : undefined;
  const cause = meaning === undefined || closeCode === undefined ? row.cause : words.closed(closeCode, meaning);
  const detail = fault.detail.trim();
  return detail === "" ? cause : `${cause} ${words.found(sentence(detail))}`;
}

function remedyOf(fault: Fault, row: FaultText, words: FaultWords): string {
  if (fault.retryAfterMs === undefined || fault.retryAfterMs <= 0) return row.remedy;
  return `${row.remedy} ${words.pause[fault.from ?? "platform"](duration(fault.retryAfterMs, words))}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function duration(ms: number, words: FaultWords): string {
  const seconds = Math.max(1, Math.ceil(ms / 1_000));
  return seconds < 120 ? words.seconds(seconds) : words.minutes(Math.ceil(seconds / 60));
}
