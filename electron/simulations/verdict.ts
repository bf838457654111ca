import type { Check, JsonValue, SimulationCase, Turn, Verdict } from "../../shared/simulation.ts";
import { sameValue } from "./same-value.ts";
import { cutText, type Simulation } from "./simulate-reply.ts";

/** What a simulation that came to an end can be; `flaky` and `error` are the runner's to say. */
export type Judgement = Extract<Verdict, "passed" | "failed" | "inconclusive">;

/** What is shown of an expected or an actual value. */
const MAX_WORDS = 1_000;

/**
 * Holds a simulation against every expectation of its case (contract 5.4). The intent is that of the first turn that
 * has one; an entity may have been found in any turn; `next_flow` is among the flows visited; `response_contains` looks
 * at all outputs and ignores case. An error code in any turn, or a simulation that failed, fails the case. What was not
 * reported is inconclusive, never a pass; a failure outweighs it. Pure.
 */
export function judgeCase(one: SimulationCase, simulation: Simulation): { readonly verdict: Judgement; readonly checks: readonly Check[] } {
  const { intent, entities, next_flow: flow, response_contains: words } = one.expected_outcome;
  const turns = simulation.turns ?? [];
  const checks = [
    checkIntent(intent, turns),
    ...Object.entries(entities).map(([name, value]) => checkEntity(name, value, turns)),
    ...(flow === undefined ? [] : [checkFlow(flow, turns)]),
    ...(words === undefined ? [] : [checkResponse(words, turns)]),
    checkErrors(simulation),
  ];
  return { verdict: verdictOf(checks), checks };
}

function verdictOf(checks: readonly Check[]): Judgement {
  if (checks.some(({ outcome }) => outcome === "failed")) return "failed";
  return checks.some(({ outcome }) => outcome === "inconclusive") ? "inconclusive" : "passed";
}

function checkIntent(expected: string, turns: readonly Turn[]): Check {
  const actual = turns.find(({ intent }) => intent !== null)?.intent ?? null;
  return { kind: "intent", ...compared(expected, actual, actual === expected) };
}

function checkEntity(name: string, expected: JsonValue, turns: readonly Turn[]): Check {
  const reported = turns.flatMap(({ entities }) => (entities === null ? [] : [entities]));
  const wanted = name.toLowerCase();
  const all = reported.flatMap((entities) => Object.entries(entities));
  const values = all.filter(([found]) => found.toLowerCase() === wanted).map(([, value]) => value);
  const base = { kind: "entity", name } as const;
  if (reported.length === 0) return { ...base, ...compared(plain(expected), null, false) };
  if (values.length === 0) return { ...base, ...compared(plain(expected), instead(all.map(([found]) => found)), false) };
  const match = values.find((value) => sameValue(expected, value));
  if (match !== undefined) return { ...base, ...compared(plain(expected), plain(match), true) };
  const looksAlike = values.some((value) => plain(value) === plain(expected));
  const inWords = looksAlike ? (value: JsonValue): string => JSON.stringify(value) : plain;
  return { ...base, ...compared(inWords(expected), unique(values.map(inWords)).join(", "), false) };
}

function checkFlow(expected: string, turns: readonly Turn[]): Check {
  const visited = visitedFlows(turns);
  const actual = visited.length === 0 ? null : visited.join(", ");
  return { kind: "next_flow", ...compared(expected, actual, visited.includes(expected)) };
}

function checkResponse(expected: string, turns: readonly Turn[]): Check {
  const outputs = turns.flatMap(({ output }) => (output === null ? [] : [output]));
  const wanted = foldCase(expected);
  const actual = outputs.length === 0 ? null : outputs.join("\n");
  return { kind: "response_contains", ...compared(expected, actual, outputs.some((output) => foldCase(output).includes(wanted))) };
}

function checkErrors({ status, turns, words }: Simulation): Check {
  const errors = (turns ?? []).flatMap(({ turnIndex, errorCode, errorMessage }) =>
    errorCode === null ? [] : [`turn ${turnIndex}: ${errorCode}${errorMessage === null ? "" : `: ${errorMessage}`}`],
  );
  const whole = status === "failed" ? (words ?? (errors.length === 0 ? "the simulation failed, and no reason was given" : null)) : null;
  const found = whole === null ? errors : [...errors, whole];
  const base = { kind: "no_errors", expected: "no errors" } as const;
  if (found.length > 0) return { ...base, outcome: "failed", actual: cutText(found.join("; "), MAX_WORDS) };
  if (turns === null || turns.length === 0) return { ...base, outcome: "inconclusive", actual: null };
  return { ...base, outcome: "passed", actual: "no errors" };
}

/** The flows that turns went through, each once, in their order. */
export function visitedFlows(turns: readonly Turn[]): readonly string[] {
  return unique(turns.flatMap(({ flowId }) => (flowId === null ? [] : [flowId])));
}

function compared(expected: string, actual: string | null, same: boolean): Pick<Check, "outcome" | "expected" | "actual"> {
  const shown = { expected: cutText(expected, MAX_WORDS), actual: actual === null ? null : cutText(actual, MAX_WORDS) };
  if (actual === null) return { outcome: "inconclusive", ...shown };
  return { outcome: same ? "passed" : "failed", ...shown };
}

function instead(names: readonly string[]): string {
  return names.length === 0 ? "no entity was found" : `not found, only ${unique(names).join(", ")}`;
}

function plain(value: JsonValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}

/**
 * Letters without their case in any script: upper case of the lower case brings ß and SS, ς and Σ together. White space
 * of any kind and length is one space, and composed letters equal decomposed ones: nobody sees the difference.
 */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().normalize("NFC").replaceAll(/\s+/gu, " ");
}
