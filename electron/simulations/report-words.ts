import type { BatchEnd, CaseResult, Check, Turn } from "../../shared/simulation.ts";
import { assertNever } from "../../shared/assert-never.ts";
import { englishWords, type Words } from "../words/en.ts";

/** The words that reports are told in: English unless others are given, as for pipelines and on the command line. */
export type ReportWords = Words["report"];

const english = englishWords.report;

/** A reason stands on one line, beside others. */
const MAX_REASON = 300;

/**
 * Why a case did not pass: what was expected and what was found instead, one line each; empty where it passed.
 * A flaky case says first how often it passed, a case that could not be run says what was in the way.
 */
export function reasonsOf(result: CaseResult, words: ReportWords = english): readonly string[] {
  switch (result.verdict) {
    case "passed":
      return [];
    case "error":
      return [oneLine(faultLine(result, words), MAX_REASON)];
    case "flaky":
      return [passedRuns(result, words), ...checkReasons(result, words)];
    case "failed":
    case "inconclusive": {
      const reasons = checkReasons(result, words);
      return reasons.length === 0 ? [result.verdict === "failed" ? words.reasons.none : words.reasons.nothingToJudge] : reasons;
    }
    default:
      return assertNever(result.verdict);
  }
}

/** How often a case passed of all the times it ran: `passed 2 of 3 runs`. */
export function passedRuns({ runs }: CaseResult, words: ReportWords = english): string {
  return words.reasons.passedRuns(runs.filter((run) => run === "passed").length, runs.length);
}

/** What a check looks at: the entity by its name, everything else by the field that asks for it, which has the same name everywhere. */
export function checkSubject(check: Check): string {
  if (check.kind === "entity") return check.name ?? "entity";
  return check.kind === "no_errors" ? "errors" : check.kind;
}

/** What was found, in words where nothing was reported. */
export function foundOf(check: Check, words: ReportWords = english): string {
  return check.actual ?? words.reasons.notReported;
}

/** Why a case could not be run: what happened and what was found. */
export function faultLine({ fault }: CaseResult, words: ReportWords = english): string {
  if (fault === undefined) return words.reasons.notRun;
  const detail = fault.detail.trim();
  const { what } = words.fault(fault);
  return detail === "" ? what : `${what.replace(/\.$/, "")}: ${detail}`;
}

/** The facts of a turn but for its words: flow, intent, entities. */
export function turnFacts({ flowId, intent, entities }: Turn, { turn: words }: ReportWords = english): readonly string[] {
  const values = entities === null ? [] : Object.entries(entities).map(([name, value]) => `${name} = ${typeof value === "string" ? value : JSON.stringify(value)}`);
  return [
    flowId === null ? words.noFlow : words.flow(flowId),
    intent === null ? words.noIntent : words.intent(intent),
    entities === null ? words.noEntities : values.length === 0 ? words.noEntitiesFound : words.entities(values.join(", ")),
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
    case "cancelled":
      return english.head.ends[end.kind];
    case "stopped":
      return `${english.head.ends.stopped}: ${english.fault(end.fault).what}`;
    default:
      return assertNever(end);
  }
}

/** A share as a percentage, never rounded up: 0.9999 is not 100 %. */
export function percent(share: number, words: ReportWords = english): string {
  const tenths = Math.floor(share * 1_000 + 1e-6);
  return words.amount(tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1), "%");
}

/** Milliseconds as a person reads them: `42 ms`, `0.8 s`, `38.2 s`, `4 min 5 s`. */
export function duration(ms: number, { amount }: ReportWords = english): string {
  if (ms < 100) return amount(String(Math.round(ms)), "ms");
  if (ms < 59_950) return amount((ms / 1_000).toFixed(1), "s");
  const seconds = Math.round(ms / 1_000);
  const minutes = amount(String(Math.floor(seconds / 60)), "min");
  return seconds % 60 === 0 ? minutes : `${minutes} ${amount(String(seconds % 60), "s")}`;
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

/** `1 case`, `2 cases`, `10,000 cases`, in English. */
export function counted(count: number, noun: string): string {
  return `${english.figure(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** At most `max` UTF-16 code units, ending in `…` where something was cut off, and never through the middle of a character. */
export function cutText(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}

/** The text on one line, cut to `max`. */
export function oneLine(text: string, max: number): string {
  return cutText(cutText(text, max * 4).replaceAll(/\s+/g, " ").trim(), max);
}

function checkReasons({ checks }: CaseResult, words: ReportWords): readonly string[] {
  return checks.flatMap((check) => {
    if (check.outcome === "passed") return [];
    const found = oneLine(foundOf(check, words), MAX_REASON);
    return [check.kind === "no_errors" && check.actual !== null ? found : `${checkSubject(check)} ${oneLine(check.expected, MAX_REASON)} → ${found}`];
  });
}
