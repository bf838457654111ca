import { describeFault } from "../../shared/fault-table.ts";
import type { BatchEnd, CaseResult, Check, Turn, Verdict } from "../../shared/simulation.ts";
import { assertNever } from "../../shared/assert-never.ts";

/** A reason stands on one line, beside others. */
const MAX_REASON = 300;
const NOT_REPORTED = "not reported";

/** Every verdict as a person reads it. */
export const verdictWords = {
  passed: "Passed",
  failed: "Failed",
  flaky: "Flaky",
  inconclusive: "Inconclusive",
  error: "Error",
} as const satisfies Readonly<Record<Verdict, string>>;

/**
 * Why a case did not pass: what was expected and what was found instead, one line each; empty where it passed.
 * A flaky case says first how often it passed, a case that could not be run says what was in the way.
 */
export function reasonsOf(result: CaseResult): readonly string[] {
  switch (result.verdict) {
    case "passed":
      return [];
    case "error":
      return [oneLine(faultLine(result), MAX_REASON)];
    case "flaky":
      return [passedRuns(result), ...checkReasons(result)];
    case "failed":
    case "inconclusive": {
      const reasons = checkReasons(result);
      return reasons.length === 0 ? [result.verdict === "failed" ? "the platform gave no reason" : "the platform reported nothing to judge"] : reasons;
    }
    default:
      return assertNever(result.verdict);
  }
}

/** How often a case passed of all the times it ran: `passed 2 of 3 runs`. */
export function passedRuns({ runs }: CaseResult): string {
  return `passed ${runs.filter((run) => run === "passed").length} of ${counted(runs.length, "run")}`;
}

/** What a check looks at: the entity by its name, everything else by the field that asks for it. */
export function checkSubject(check: Check): string {
  switch (check.kind) {
    case "entity":
      return check.name ?? "entity";
    case "no_errors":
      return "errors";
    case "intent":
    case "next_flow":
    case "response_contains":
      return check.kind;
    default:
      return assertNever(check.kind);
  }
}

/** What was found, in words where nothing was reported. */
export function foundOf(check: Check): string {
  return check.actual ?? NOT_REPORTED;
}

/** Why a case could not be run: what happened and what was found. */
export function faultLine({ fault }: CaseResult): string {
  if (fault === undefined) return "could not be run";
  const detail = fault.detail.trim();
  const { what } = describeFault(fault);
  return detail === "" ? what : `${what.replace(/\.$/, "")}: ${detail}`;
}

/** The facts of a turn but for its words: flow, intent, entities. */
export function turnFacts({ flowId, intent, entities }: Turn): readonly string[] {
  const values = entities === null ? [] : Object.entries(entities).map(([name, value]) => `${name} = ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return [
    flowId === null ? "no flow reported" : `flow ${flowId}`,
    intent === null ? "no intent reported" : `intent ${intent}`,
    entities === null ? "no entities reported" : values.length === 0 ? "no entities found" : `entities ${values.join(", ")}`,
  ];
}

/** The platform's words for what went wrong in a turn; null where nothing did. */
export function turnError({ errorCode, errorMessage }: Turn): string | null {
  return errorCode === null && errorMessage === null ? null : [errorCode, errorMessage].filter((part) => part !== null).join(": ");
}

/** How a batch ended, in a few words. */
export function endWords(end: BatchEnd): string {
  switch (end.kind) {
    case "finished":
      return "ran to its end";
    case "cancelled":
      return "cancelled";
    case "stopped":
      return `stopped: ${describeFault(end.fault).what}`;
    default:
      return assertNever(end);
  }
}

/** A share as a percentage, never rounded up: 0.9999 is not 100 %. */
export function percent(share: number): string {
  const tenths = Math.floor(share * 1_000 + 1e-6);
  return `${tenths % 10 === 0 ? tenths / 10 : (tenths / 10).toFixed(1)} %`;
}

/** Milliseconds as a person reads them: `42 ms`, `0.8 s`, `38.2 s`, `4 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 100) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Milliseconds since the Unix epoch as `2026-01-05 09:00:38 UTC`. */
export function utcTime(ms: number): string {
  return `${isoTime(ms).slice(0, 19).replace("T", " ")} UTC`;
}

/** Milliseconds since the Unix epoch in ISO 8601, UTC with milliseconds (contract 0); a number that is no time is the epoch. */
export function isoTime(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? new Date(0).toISOString() : date.toISOString();
}

/** A count with its thousands apart: `10,000`. */
export function grouped(count: number): string {
  return count.toLocaleString("en");
}

/** `1 case`, `2 cases`, `10,000 cases`. */
export function counted(count: number, noun: string): string {
  return `${grouped(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** At most `max` UTF-16 code units, ending in `…` where something was cut off, and never through the middle of a character. */
export function cutText(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** The text on one line, cut to `max`. */
export function oneLine(text: string, max: number): string {
  return cutText(cutText(text, max * 4).replaceAll(/\s+/g, " ").trim(), max);
}

function checkReasons({ checks }: CaseResult): readonly string[] {
  return checks.flatMap((check) => {
    if (check.outcome === "passed") return [];
    const found = oneLine(foundOf(check), MAX_REASON);
    return [check.kind === "no_errors" && check.actual !== null ? found : `${checkSubject(check)} ${oneLine(check.expected, MAX_REASON)} → ${found}`];
  });
}
