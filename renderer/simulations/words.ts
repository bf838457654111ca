import type { CaseRow } from "../../shared/simulation-view.ts";
import type { Counts, SuiteProblem } from "../../shared/simulation.ts";
import { simulationTexts } from "../texts/simulation-texts.ts";
import { texts } from "../texts.ts";
import { formatDuration, formatElapsed, formatFixed, formatMinutes, formatSeconds } from "../ui/format.ts";

/** How a state is coloured; its word stands beside the colour. */
export type Tone = "ok" | "bad" | "warn" | "none" | "busy";

const tones: Readonly<Record<CaseRow["state"], Tone>> = {
  passed: "ok",
  failed: "bad",
  flaky: "warn",
  inconclusive: "none",
  error: "bad",
  waiting: "none",
  running: "busy",
};

export function toneOf(state: CaseRow["state"]): Tone {
  return tones[state];
}

/** A share between 0 and 1 in whole percent. It is 0 or 100 only where the share is exactly that. */
export function wholePercent(share: number): number {
  if (share <= 0) return 0;
  return share >= 1 ? 100 : Math.min(99, Math.max(1, Math.round(share * 100)));
}

/** How long a case or a batch took, in ms: `340 ms`, `1.2 s`, `12.0 s`, `1:05`; a dash where it is not known. */
export function spentTime(ms: number | null): string {
  if (ms === null) return texts.none;
  if (ms < 995) return texts.latency(String(Math.round(ms)));
  return ms < 59_950 ? formatElapsed(ms) : formatDuration(ms);
}

/** A wait that is only estimated, in steps that do not jump with every case: 5 s below a minute, then 15 s, then a minute. */
export function roughTime(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds <= 60) return formatSeconds(Math.max(5, Math.ceil(seconds / 5) * 5));
  return seconds <= 300 ? formatDuration(Math.ceil(seconds / 15) * 15_000) : formatMinutes(Math.ceil(seconds / 60));
}

/** Cases per second with as many decimals as say something. */
export function rateWords(perSecond: number): string {
  return perSecond < 10 ? formatFixed(perSecond, 1) : String(Math.round(perSecond));
}

/** Where in a suite something is wrong: `suite.yaml:12:5`. */
export function problemPlace({ file, line, column }: SuiteProblem): string {
  return [file, ...(line === null ? [] : [line, ...(column === null ? [] : [column])])].join(":");
}

/** One part of the bar of a batch. */
export interface BarPart {
  readonly state: Exclude<CaseRow["state"], "running" | "waiting">;
  readonly count: number;
  /** Of all cases, in percent. */
  readonly width: number;
}

/** The parts of a batch's bar, from well to worst, those of nothing left out. */
export function barParts(counts: Counts): readonly BarPart[] {
  const { total, passed, failed, flaky, inconclusive, errors } = counts;
  const all: readonly (readonly [BarPart["state"], number])[] = [
    ["passed", passed],
    ["flaky", flaky],
    ["inconclusive", inconclusive],
    ["failed", failed],
    ["error", errors],
  ];
  return all.flatMap(([state, count]) => (count === 0 || total === 0 ? [] : [{ state, count, width: (count / total) * 100 }]));
}

/** The bar in words: `54 passed, 4 failed`. */
export function barWords(counts: Counts): string {
  const { figures, states, figure } = simulationTexts;
  return figures.bar(barParts(counts).map(({ state, count }) => `${figure(count)} ${states[state].toLocaleLowerCase()}`).join(", "));
}
