import type { HopName, Level } from "./bridge.ts";
import type { HopView } from "./bridge-view.ts";

/** What levels are judged by, in ms (contract 3.4). */
export interface Thresholds {
  readonly elevatedMs: number;
  readonly criticalMs: number;
}

/** A hop's level and the latency that it was judged on, in ms; `aboveMs`: the threshold that this is above. */
interface JudgedHop {
  readonly hop: HopName;
  readonly level: Level;
  readonly ms: number;
  readonly aboveMs: number | null;
}

/** The hop within a sentence, and whether it is one thing or several. */
const subjects: Readonly<Record<HopName, { readonly name: string; readonly several: boolean }>> = {
  genesys: { name: "Genesys", several: false },
  bot: { name: "the bot", several: false },
  reply: { name: "replies", several: true },
};

/**
 * Which hop is slow, in a sentence or two for panel, log and command line: "The bot takes 1.4 s (critical above 1 s);
 * Genesys and replies are normal." The worst comes first. What was not measured, or not often enough, is said to be so.
 */
export function hopWords(view: Thresholds & { readonly hops: readonly Pick<HopView, "hop" | "level" | "recentMs" | "count">[] }): string {
  const slow: JudgedHop[] = [];
  const normal: HopName[] = [];
  const few: HopName[] = [];
  const silent: HopName[] = [];
  for (const { hop, level, recentMs, count } of view.hops) {
    if (count === 0) silent.push(hop);
    else if (level === null || recentMs === null) few.push(hop);
    else if (level === "normal") normal.push(hop);
    else slow.push({ hop, level, ms: recentMs, aboveMs: thresholdOf(level, view) });
  }
  if (normal.length === 0 && slow.length === 0 && few.length === 0) return "Nothing has been measured yet.";

  const worstFirst = [...slow.filter(({ level }) => level === "critical"), ...slow.filter(({ level }) => level !== "critical")];
  const judged = [
    ...(slow.length === 0 ? [] : [listed(worstFirst.map((one) => slowWords(one)))]),
    ...(normal.length === 0 ? [] : [`${namesOf(normal)} ${isOrAre(normal)} normal`]),
  ];
  const sentences = [
    ...(judged.length === 0 ? [] : [judged.join("; ")]),
    ...(few.length === 0 ? [] : [`too few messages to judge ${namesOf(few)}`]),
    ...(silent.length === 0 ? [] : [`${namesOf(silent)} ${isOrAre(silent)} not measured`]),
  ];
  return sentences.map((one) => `${capitalised(one)}.`).join(" ");
}

/** A change of level in a sentence: "The bot takes 1.4 s (critical above 1 s)." or "The bot is normal again (120 ms)." */
export function levelWords(change: JudgedHop): string {
  const { hop, level, ms } = change;
  if (level !== "normal") return `${capitalised(slowWords(change))}.`;
  return `${capitalised(namesOf([hop]))} ${isOrAre([hop])} normal again (${latencyWords(ms)}).`;
}

/**
 * A latency in ms as it is read: "840 ms", "1.4 s". Rounded up, so that what is above a threshold never reads as equal to it.
 */
export function latencyWords(ms: number): string {
  return ms < 1_000 ? wholeWords(Math.ceil(ms)) : `${Math.ceil(ms / 10) / 100} s`;
}

/** 999.5 ms are a second when rounded up. */
function wholeWords(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : "1 s";
}

function slowWords({ hop, level, ms, aboveMs }: JudgedHop): string {
  const verb = subjects[hop].several ? "take" : "takes";
  const why = aboveMs === null ? level : `${level} above ${latencyWords(aboveMs)}`;
  return `${subjects[hop].name} ${verb} ${latencyWords(ms)} (${why})`;
}

function thresholdOf(level: Level, { elevatedMs, criticalMs }: Thresholds): number | null {
  return level === "normal" ? null : level === "elevated" ? elevatedMs : criticalMs;
}

function namesOf(hops: readonly HopName[]): string {
  return listed(hops.map((hop) => subjects[hop].name));
}

function isOrAre(hops: readonly HopName[]): string {
  return hops.length > 1 || hops.some((hop) => subjects[hop].several) ? "are" : "is";
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.slice(-1).join("")}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
